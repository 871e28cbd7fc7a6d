import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { clockFor } from '../../accounts/test-clocks/account-clock';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import { GatewayRefusal } from '../../payments/gateway/failures';
import type { Refund, RefundOutcome } from '../../payments/refunds/refund';
import { postponeRefund, readRefund, takeDueRefunds } from '../../payments/refunds/store';
import { readAttempt } from '../../payments/store';
import { recordRefund } from './record-refund';

const together = 20;
const minute = 60_000;
/** Minutes until the gateway is asked again, of one whose outcome is unknown and of one that is on its way; the last is kept to. */
const waits = { requested: [1, 2, 5, 15, 60], pending: [60, 360, 1440] };

/**
 * Asks the gateway for every refund that is due, and what became of those on their way. A process that dies on the way
 * leaves its refunds to be asked for again, with the same key. Money goes back in real time, whatever time the account lives in.
 */
export async function performRefunds(clock: Clock): Promise<{ known: number; unknown: number }> {
  const counts = { known: 0, unknown: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  if (gateways.length === 0) return counts;
  for (;;) {
    const now = clock.now();
    const taken = await takeDueRefunds(database(), { gateways, now, again: new Date(now.getTime() + 5 * minute), most: together });
    if (taken.length === 0) return counts;
    await Promise.all(
      taken.map(async ({ id, accountId, sends }) => {
        const context: Context = { actor: { kind: 'system', id: 'refunds' }, accountId, clock: await clockFor(accountId, clock), requestId: newId('req') };
        const refund = await performRefund(context, id);
        if (!refund || (refund.status !== 'requested' && refund.status !== 'pending')) return void (counts.known += 1);
        counts[refund.status === 'pending' ? 'known' : 'unknown'] += 1;
        const steps = waits[refund.status];
        await postponeRefund(database(), id, new Date(now.getTime() + (steps[Math.min(sends, steps.length) - 1] ?? 1) * minute));
      }),
    );
  }
}

/** The refund as it stands afterwards. Never throws: what cannot be asked now is asked later. */
async function performRefund(context: Context, refundId: string): Promise<Refund | null> {
  const refund = await readRefund(database(), context.accountId, refundId);
  if (!refund?.attemptId) return refund;
  try {
    return await recordRefund(context, refundId, await ask(context, refund, refund.attemptId));
  } catch (error) {
    log('payments').error({ err: error, refund: refundId }, 'the outcome of a refund is unknown; it is asked for again');
    return refund;
  }
}

async function ask(context: Context, refund: Refund, attemptId: string): Promise<RefundOutcome> {
  const { id, gateway: name, reference, accountId, amountMinor, currency } = refund;
  const gateway = gatewayNamed(name ?? '');
  if (reference !== null) return gateway.readRefund(reference);
  const charge = (await readAttempt(database(), context.accountId, attemptId))?.reference ?? '';
  try {
    return await gateway.refund({ idempotencyKey: id, charge, amountMinor, currency, accountId });
  } catch (error) {
    if (error instanceof GatewayRefusal) return { outcome: 'failed', reference: null, failure: error.message };
    throw error;
  }
}
