import type { Database } from '@/lib/core/database';
import type { OwedInvoices } from './attention';

/**
 * The open invoices of the account with something to pay, added up by how they stand. One whose charge is under way is left
 * out. It costs by the number of open invoices.
 */
export function readOwed(db: Database, accountId: string, now: Date): Promise<OwedInvoices[]> {
  return db.$queryRaw<OwedInvoices[]>`
    SELECT state, currency, count(*)::int AS count, sum(due)::bigint AS "dueMinor", min(due_at) AS "dueAt",
      (array_agg(id ORDER BY due_at, id))[1] AS "invoiceId", (array_agg(number ORDER BY due_at, id))[1] AS "invoiceNumber",
      min(next_attempt_at) AS "nextAttemptAt", min(held_until) AS "heldUntil"
    FROM (
      SELECT i.id, i.number, i.currency, i.due_at, i.total_minor - i.credited_minor + i.refundable_minor AS due, d.next_attempt_at, q.held_until,
        CASE WHEN d.invoice_id IS NOT NULL THEN 'failed' WHEN q.id IS NOT NULL THEN 'awaited' WHEN i.due_at < ${now} THEN 'overdue' ELSE 'due' END AS state
      FROM invoice i
        LEFT JOIN dunning d ON d.invoice_id = i.id AND d.status = 'retrying'
        LEFT JOIN quote q ON q.invoice_id = i.id AND q.account_id = i.account_id AND q.held_until > ${now} AND q.used_at IS NULL
      WHERE i.account_id = ${accountId} AND i.status = 'open' AND i.total_minor - i.credited_minor + i.refundable_minor > 0
        AND NOT EXISTS (
          SELECT FROM payment_attempt a
          WHERE a.invoice_id = i.id AND (a.status = 'processing' OR (a.status = 'requested' AND a.checkout_session_id IS NULL))
        )
    ) owed
    GROUP BY state, currency ORDER BY state, currency`;
}
