import type { Database } from '@/lib/core/database';

/** The first moment after `after` at which something of the clock's accounts falls due; null when nothing will. */
export async function readNextDue(db: Database, testClockId: string, after: Date): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(due.at) AS at FROM account a, LATERAL (
      SELECT current_period_end AS at FROM subscription WHERE account_id = a.id AND status IN ('trialing', 'active', 'past_due')
      UNION ALL SELECT resumes_at FROM subscription WHERE account_id = a.id AND status = 'paused' AND resumes_at IS NOT NULL
      UNION ALL SELECT send_at FROM payment_attempt WHERE account_id = a.id AND send_at IS NOT NULL
      UNION ALL SELECT requested_at + interval '1 day' FROM payment_attempt WHERE account_id = a.id AND status = 'requires_action'
      UNION ALL SELECT held_until FROM quote WHERE account_id = a.id AND held_until IS NOT NULL AND used_at IS NULL
      UNION ALL SELECT next_attempt_at FROM dunning WHERE account_id = a.id AND next_attempt_at IS NOT NULL
      UNION ALL SELECT next_expiry FROM quota_counter WHERE account_id = a.id AND next_expiry IS NOT NULL
      UNION ALL SELECT expires_at FROM credit_grant WHERE account_id = a.id AND left_minor > 0 AND expires_at IS NOT NULL
    ) due
    WHERE a.test_clock_id = ${testClockId} AND due.at > ${after}`;
  return row?.at ?? null;
}

/** The clock's accounts with a period that is over. */
export async function readDueAccounts(db: Database, testClockId: string, now: Date): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { status: { in: ['trialing', 'active', 'past_due'] }, currentPeriodEnd: { lte: now }, account: { testClockId } },
    select: { accountId: true },
    orderBy: [{ currentPeriodEnd: 'asc' }, { accountId: 'asc' }],
  });
  return rows.map(({ accountId }) => accountId);
}
