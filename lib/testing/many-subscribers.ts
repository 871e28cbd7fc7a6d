import type { Pool } from 'pg';
import { newId } from '@/lib/core/ids';

interface Many {
  accounts: number;
  /** When all of them subscribed to Pro by the month. */
  start: Date;
  /** Messages of `ai_chat` that each used in the first month. */
  usage: bigint;
}

/**
 * A seller of its own with many customers on Pro, each with a counter of usage in the first month, written by SQL as the
 * engine would have left them. The default catalog must be published.
 */
export async function seedManySubscribers(pool: Pool, { accounts, start, usage }: Many): Promise<{ sellerId: string }> {
  const sellerId = newId('sel');
  await pool.query(
    `INSERT INTO seller (id, name, legal_name, address_lines, country, email, invoice_prefix, created_at)
     VALUES ($1, 'Demo Seller', 'Demo Seller Ltd', '{}', 'US', 'billing@demo.example', 'MANY', $2)`,
    [sellerId, start],
  );
  await pool.query(
    `INSERT INTO account (id, seller_id, name, contact_email, created_at, updated_at)
     SELECT 'acc_' || $1 || '_' || n, $1, 'Demo Customer ' || n, 'owner@demo.example', $2, $2 FROM generate_series(1, $3::int) n`,
    [sellerId, start, accounts],
  );
  await pool.query(
    `INSERT INTO subscription (id, account_id, price_id, status, anchor_at, current_period_start, current_period_end, started_at, created_at, updated_at)
     SELECT 'sub_' || a.id, a.id, p.id, 'active', $2::timestamptz, $2, ($2::timestamptz AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC', $2, $2, $2
     FROM account a, (
       SELECT price.id FROM price JOIN plan_version v ON v.id = price.plan_version_id JOIN plan ON plan.id = v.plan_id
       WHERE plan.key = 'pro' AND price.currency = 'USD' AND price.interval = 'month' AND price.interval_count = 1 ORDER BY v.version DESC LIMIT 1
     ) p
     WHERE a.seller_id = $1`,
    [sellerId, start],
  );
  await pool.query(
    `INSERT INTO quota_counter (account_id, feature_key, period_start, period_end, used, events, limit_quantity, policy, overage_amount, updated_at)
     SELECT s.account_id, 'ai_chat', s.current_period_start, s.current_period_end, $2::bigint, 1, 5000, 'overage', 0.01, s.current_period_start
     FROM subscription s JOIN account a ON a.id = s.account_id WHERE a.seller_id = $1`,
    [sellerId, usage],
  );
  await pool.query('ANALYZE');
  return { sellerId };
}
