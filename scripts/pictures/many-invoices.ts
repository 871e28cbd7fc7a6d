import { openCustomer } from '@/e2e/support/customer';
import { withDatabase } from '@/e2e/support/database';

let archive: Promise<string> | undefined;

/** An account with 10 000 invoices, opened when it is first asked for. Resolves with who owns it. */
export const archiveOwner = (): Promise<string> => (archive ??= openWithManyInvoices(10_000));

/** Opens an account and gives it copies of its first invoice, a day between each, the newest still open. Returns who owns it. */
async function openWithManyInvoices(count: number): Promise<string> {
  const { accountId, email } = await openCustomer({ planKey: 'pro', accountName: 'Demo Archive' });
  await withDatabase(async (client) => {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO invoice (id, seller_id, account_id, subscription_id, status, reason, currency, period_start, period_end, subtotal_minor, tax_minor, total_minor,
         seller_details, customer_details, issued_at, due_at, created_at)
       SELECT account_id || '_' || n, seller_id, account_id, subscription_id, 'draft', reason, currency, at, at + interval '1 day', subtotal_minor, tax_minor, total_minor,
         seller_details, customer_details, at, at + interval '14 days', at
       FROM invoice, generate_series(1, $2::int) n, LATERAL (SELECT now() - ($2::int + 1 - n) * interval '1 day' AS at) moment WHERE account_id = $1`,
      [accountId, count],
    );
    await client.query(
      `INSERT INTO invoice_line (id, invoice_id, position, kind, description_en, description_zh, quantity, unit_amount, amount_minor, net_minor, tax_minor)
       SELECT invoice.id || '_line', invoice.id, 1, 'subscription', 'Pro plan', '专业版套餐', 1, subtotal_minor / 100.0, subtotal_minor, subtotal_minor, tax_minor
       FROM invoice WHERE account_id = $1 AND status = 'draft'`,
      [accountId],
    );
    await client.query(
      `UPDATE invoice SET number = 'DEMO-' || upper(right(account_id, 4)) || '-' || lpad(right(id, -length(account_id) - 1), 5, '0'), status = CASE WHEN issued_at > now() - interval '4 days' THEN 'open' ELSE 'paid' END::invoice_status,
         paid_at = CASE WHEN issued_at > now() - interval '4 days' THEN NULL ELSE issued_at END WHERE account_id = $1 AND status = 'draft'`,
      [accountId],
    );
    await client.query('ANALYZE invoice, invoice_line');
    await client.query('COMMIT');
  });
  return email;
}
