import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { paymentGateways } from '../../payments/configured-gateway';
import { postponeAttempt, readAttempt, takeDueAttempts } from '../../payments/store';
import { sendAttempt } from './send-attempt';

const together = 20;
const minute = 60_000;
/** Minutes until the gateway is asked again when its answer is unknown; the last is kept to. */
const waits = [1, 2, 5, 15, 60];

/**
 * Asks the gateway about every charge that is due, and records what became of it. A process that dies on the way leaves
 * its attempts to be asked about again, with the same key. `testClockId`: for accounts of that clock; null: of real time.
 */
export async function performPayments(clock: Clock, testClockId: string | null = null): Promise<{ charged: number; unknown: number }> {
  const counts = { charged: 0, unknown: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  if (gateways.length === 0) return counts;
  for (;;) {
    const now = clock.now();
    const taken = await takeDueAttempts(database(), { gateways, testClockId, now, again: new Date(now.getTime() + minute), most: together });
    if (taken.length === 0) return counts;
    await Promise.all(
      taken.map(async ({ id, accountId }) => {
        const context: Context = { actor: { kind: 'system', id: 'payments' }, accountId, clock, requestId: newId('req') };
        counts[(await performPayment(context, id)) ? 'charged' : 'unknown'] += 1;
      }),
    );
  }
}

/** Whether the outcome is known. Never throws: an attempt that cannot be made is made again later. */
async function performPayment(context: Context, attemptId: string): Promise<boolean> {
  try {
    await sendAttempt(context, attemptId);
    return true;
  } catch (error) {
    log('payments').error({ err: error, attempt: attemptId }, 'the outcome of a charge is unknown; it is asked for again');
    const sends = (await readAttempt(database(), context.accountId, attemptId))?.sends ?? 1;
    const wait = waits[Math.min(sends, waits.length) - 1] ?? 1;
    await postponeAttempt(database(), attemptId, new Date(context.clock.now().getTime() + wait * minute));
    return false;
  }
}
