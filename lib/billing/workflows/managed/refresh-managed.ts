import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { clockFor } from '../../accounts/test-clocks/account-clock';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import { readManaged } from './read-managed';
import { recordManaged } from './record-managed';
import { takeDueManaged } from './store';

const together = 20;

/**
 * Asks the gateways how the subscriptions stand that they renew, those first of all whose period is over: with this nothing waits
 * for a notice that never comes. In real time, in which gateways live, for every account.
 */
export async function refreshDueManaged(realTime: Clock): Promise<{ asked: number; failed: number }> {
  const counts = { asked: 0, failed: 0 };
  const gateways = paymentGateways().flatMap(({ name, managedSubscriptions }) => (managedSubscriptions ? [name] : []));
  if (gateways.length === 0) return counts;
  for (;;) {
    const taken = await takeDueManaged(database(), { gateways, now: realTime.now(), most: together });
    if (taken.length === 0) return counts;
    for (const { id, accountId, gateway, reference } of taken) {
      try {
        const context: Context = { actor: { kind: 'system', id: 'payments' }, accountId, clock: await clockFor(accountId, realTime), requestId: newId('req') };
        await recordManaged(context, gateway, await readManaged(gatewayNamed(gateway), reference));
        counts.asked += 1;
      } catch (error) {
        log('payments').warn({ err: error, subscription: id }, 'how a subscription stands at its gateway could not be asked for; it is asked for again');
        counts.failed += 1;
      }
    }
  }
}
