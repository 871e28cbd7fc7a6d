import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { readDueAccounts } from '../../subscriptions/store';
import { renewUntilCurrent } from './renew-subscription';

const batchSize = 100;

/**
 * Renews every subscription whose period is over, in batches. One that fails is logged and left for the next run; it
 * holds up no other. Any number of workers may run this at once. Returns how many accounts were renewed and failed.
 */
export async function renewDueSubscriptions(clock: Clock): Promise<{ renewed: number; failed: number }> {
  const outcome = { renewed: 0, failed: 0 };
  let after = '';
  for (;;) {
    const accountIds = await readDueAccounts(database(), clock.now(), after, batchSize);
    for (const accountId of accountIds) {
      after = accountId;
      try {
        await renewUntilCurrent({ actor: { kind: 'system', id: 'renewal' }, accountId, clock, requestId: newId('req') });
        outcome.renewed += 1;
      } catch (error) {
        outcome.failed += 1;
        log('renewal').error({ err: error, accountId }, 'renewal failed');
      }
    }
    if (accountIds.length < batchSize) return outcome;
  }
}
