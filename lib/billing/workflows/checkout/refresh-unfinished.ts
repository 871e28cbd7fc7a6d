import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { clockFor } from '../../accounts/test-clocks/account-clock';
import { takeDueCheckouts } from '../../payments/checkout/store';
import { paymentGateways } from '../../payments/configured-gateway';
import { expireCheckout, refreshCheckout } from './refresh-checkout';

const together = 20;

/**
 * Asks the gateways about pages that nobody has come back from, seldomer the older they are. One whose time is over, or
 * whose invoice is owed no longer, is closed there and ends as canceled, unless it turns out to have been finished. In real
 * time, in which these pages live, for every account.
 */
export async function refreshUnfinishedCheckouts(realTime: Clock): Promise<{ ended: number; waiting: number }> {
  const counts = { ended: 0, waiting: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  if (gateways.length === 0) return counts;
  for (;;) {
    const taken = await takeDueCheckouts(database(), { gateways, now: realTime.now(), most: together });
    if (taken.length === 0) return counts;
    for (const { id, accountId, isOver } of taken) {
      try {
        const context: Context = { actor: { kind: 'system', id: 'payments' }, accountId, clock: await clockFor(accountId, realTime), requestId: newId('req') };
        const { session } = await (isOver ? expireCheckout : refreshCheckout)(context, id);
        counts[session.status === 'in_progress' ? 'waiting' : 'ended'] += 1;
      } catch (error) {
        log('payments').warn({ err: error, checkout: id }, 'what became of a checkout could not be asked for; it is asked for again');
        counts.waiting += 1;
      }
    }
  }
}
