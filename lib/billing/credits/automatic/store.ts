import type { Database } from '@/lib/core/database';
import type { AutomaticTopUp } from './automatic-top-up';

/** The account's settings; null when it never set any. */
export async function readAutomaticTopUp(db: Database, accountId: string): Promise<AutomaticTopUp | null> {
  return db.automaticTopUp.findUnique({ where: { accountId }, omit: { accountId: true, createdAt: true, updatedAt: true } });
}

export async function writeAutomaticTopUp(db: Database, accountId: string, settings: AutomaticTopUp, now: Date): Promise<void> {
  await db.automaticTopUp.upsert({ where: { accountId }, create: { accountId, ...settings, createdAt: now, updatedAt: now }, update: { ...settings, updatedAt: now } });
}

/**
 * Accounts whose credit is below their threshold and that buy by themselves, in the order of their ids from one on, that
 * live by that test clock; null: by real time.
 */
export function readLowAccounts(db: Database, { testClockId, now, after, most }: { testClockId: string | null; now: Date; after: string; most: number }): Promise<{ accountId: string }[]> {
  return db.$queryRaw`
    SELECT s.account_id AS "accountId" FROM automatic_top_up s JOIN account a ON a.id = s.account_id
    WHERE s.enabled AND s.paused_at IS NULL AND s.account_id > ${after} AND a.test_clock_id IS NOT DISTINCT FROM ${testClockId}
      AND NOT EXISTS (SELECT 1 FROM top_up t WHERE t.account_id = s.account_id AND t.cause = 'automatic' AND t.status = 'pending')
      AND COALESCE((
        SELECT sum(g.left_minor) FROM credit_grant g
        WHERE g.account_id = s.account_id AND g.currency = s.currency AND g.left_minor > 0 AND g.revoked_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > ${now})
      ), 0) < s.threshold_minor
    ORDER BY s.account_id LIMIT ${most}`;
}
