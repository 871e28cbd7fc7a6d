import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { readAccountsToResume } from '../../subscriptions/store';
import { resumeWhenDue } from './pause';

const batchSize = 100;

/**
 * Ends every pause whose date has come, in batches. One that fails is logged and left for the next run; it holds up no
 * other. Any number of workers may run this at once. Of accounts that live by that test clock; null: by real time.
 */
export async function resumeDueSubscriptions(clock: Clock, testClockId: string | null = null): Promise<{ resumed: number; failed: number }> {
  const outcome = { resumed: 0, failed: 0 };
  let after = '';
  for (;;) {
    const accountIds = await readAccountsToResume(database(), { now: clock.now(), testClockId }, after, batchSize);
    for (const accountId of accountIds) {
      after = accountId;
      try {
        if (await resumeWhenDue({ actor: { kind: 'system', id: 'resumption' }, accountId, clock, requestId: newId('req') })) outcome.resumed += 1;
      } catch (error) {
        outcome.failed += 1;
        log('resumption').error({ err: error, accountId }, 'a pause could not be ended');
      }
    }
    if (accountIds.length < batchSize) return outcome;
  }
}
