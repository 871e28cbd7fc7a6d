import type { Database } from '@/lib/core/database';

/** What the ledger says of an account of the house beside what the thing itself says, in minor units. */
export interface Comparison {
  accountId: string;
  currency: string;
  bookedMinor: bigint;
  heldMinor: bigint;
}

/** Transactions of the ledger whose entries do not sum to zero. */
export async function readUnbalanced(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`SELECT transaction_id AS id FROM ledger_entry GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0`;
  return rows.map(({ id }) => id);
}

/** Credit that the ledger has another amount of than what is left of the grants: paid for, or given away. */
export function compareCredit(db: Database, ledgerAccount: 'customer_credit' | 'promotional_credit'): Promise<Comparison[]> {
  const isPaidFor = ledgerAccount === 'customer_credit';
  return db.$queryRaw`
    WITH booked AS (SELECT account_id, currency, -sum(amount_minor) AS minor FROM ledger_entry WHERE ledger_account = ${ledgerAccount} GROUP BY account_id, currency),
    held AS (SELECT account_id, currency, sum(left_minor) AS minor FROM credit_grant WHERE (cause IN ('purchase', 'refund')) = ${isPaidFor} GROUP BY account_id, currency)
    SELECT account_id AS "accountId", currency, COALESCE(booked.minor, 0)::bigint AS "bookedMinor", COALESCE(held.minor, 0)::bigint AS "heldMinor"
    FROM booked FULL JOIN held USING (account_id, currency) WHERE COALESCE(booked.minor, 0) <> COALESCE(held.minor, 0)`;
}

/** What is owed by the ledger other than by the invoices: by those that are open, or by those that were given up. */
export function compareOwed(db: Database, ledgerAccount: 'receivable' | 'written_off'): Promise<Comparison[]> {
  const status = ledgerAccount === 'receivable' ? 'open' : 'uncollectible';
  return db.$queryRaw`
    WITH booked AS (SELECT account_id, currency, sum(amount_minor) AS minor FROM ledger_entry WHERE ledger_account = ${ledgerAccount} GROUP BY account_id, currency),
    held AS (SELECT account_id, currency, sum(total_minor - credited_minor + refundable_minor) AS minor FROM invoice WHERE status = ${status}::invoice_status GROUP BY account_id, currency)
    SELECT account_id AS "accountId", currency, COALESCE(booked.minor, 0)::bigint AS "bookedMinor", COALESCE(held.minor, 0)::bigint AS "heldMinor"
    FROM booked FULL JOIN held USING (account_id, currency) WHERE COALESCE(booked.minor, 0) <> COALESCE(held.minor, 0)`;
}

/** Grants of which another amount is left than their movements come to. */
export function compareGrants(db: Database): Promise<Comparison[]> {
  return db.$queryRaw`
    SELECT g.account_id AS "accountId", g.currency, COALESCE(sum(m.amount_minor), 0)::bigint AS "bookedMinor", g.left_minor AS "heldMinor"
    FROM credit_grant g LEFT JOIN credit_movement m ON m.grant_id = g.id
    GROUP BY g.id HAVING COALESCE(sum(m.amount_minor), 0) <> g.left_minor`;
}

export async function countTransactions(db: Database): Promise<number> {
  return db.ledgerTransaction.count();
}
