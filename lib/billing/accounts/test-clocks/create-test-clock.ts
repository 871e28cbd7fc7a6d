import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { insertTestClock, readTestClock } from './store';
import type { TestClock } from './test-clock';

/** Throws `test_clock_unavailable` in production, where time is real for everybody. */
export function assertTestClocks(): void {
  if (!settings().demo) throw new DomainError('test_clock_unavailable');
}

/**
 * Has the account live by a clock of its own from now on: what falls due waits until the clock is moved there. There is no
 * way back to real time, since time never goes back. Throws `test_clock_unavailable`, `conflict` when it has a clock, and
 * `invalid_request` for a time in its past.
 */
export function createTestClock(context: Context, { name, time }: { name: string; time?: Date | undefined }): Promise<TestClock> {
  assertTestClocks();
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const now = context.clock.now();
    if (time && time < now) throw new DomainError('invalid_request', undefined, { issues: [{ field: 'time', message: 'Use now or a later moment: time does not go back.' }] });
    const clock = { id: newId('clock'), name, time: time ?? now, createdAt: now };
    if (!(await insertTestClock(transaction, clock, context.accountId))) throw new DomainError('conflict', 'The account has a test clock already. Advance it instead.');
    await recordAudit(transaction, context, { action: 'test_clock.created', subject: clock.id, after: { name, time: clock.time } });
    return found(await readTestClock(transaction, context.accountId, clock.id), 'test clock');
  });
}

/** A test clock of the account's seller. Throws `not_found`. */
export async function getTestClock(context: Context, id: string): Promise<TestClock> {
  return found(await readTestClock(database(), context.accountId, id), 'test clock');
}
