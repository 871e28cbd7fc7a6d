import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { readInvoice } from '../../invoices/store';
import { confirmationTime, refreshAfter, type PaymentAttempt } from '../../payments/attempt';
import { paymentGateways } from '../../payments/configured-gateway';
import { putOffRefresh, readAttempt, takeDueRefreshes } from '../../payments/store';
import { chargeFailed } from '../dunning/charge-failed';
import { stoodIn } from './record-result';
import { cancelAttempt, refreshAttempt } from './refresh-attempt';

const together = 20;
const minute = 60_000;

/**
 * Asks the gateways what became of charges that they have not finished: with this nothing waits for a notice that never
 * comes. What the customer does not confirm within a day, or has no need to any more, is taken back. `testClockId`: for
 * accounts of that clock; null: of real time.
 */
export async function refreshOpenAttempts(clock: Clock, testClockId: string | null = null): Promise<{ ended: number; waiting: number }> {
  const counts = { ended: 0, waiting: 0 };
  const gateways = paymentGateways().map(({ name }) => name);
  if (gateways.length === 0) return counts;
  for (;;) {
    const now = clock.now();
    const taken = await takeDueRefreshes(database(), { gateways, testClockId, now, again: new Date(now.getTime() + minute), most: together });
    if (taken.length === 0) return counts;
    for (const { id, accountId } of taken) {
      const context: Context = { actor: { kind: 'system', id: 'payments' }, accountId, clock, requestId: newId('req') };
      counts[(await refresh(context, id)) ? 'ended' : 'waiting'] += 1;
    }
  }
}

/** Whether it has ended. Never throws: what cannot be asked for is asked for later. */
async function refresh(context: Context, attemptId: string): Promise<boolean> {
  const before = await readAttempt(database(), context.accountId, attemptId);
  if (!before) return true;
  let after = before;
  try {
    after = (await refreshAttempt(context, before)).attempt;
    if (after.status === 'requires_action' && (await isWaitedForInVain(context, after))) after = await giveUp(context, after);
  } catch (error) {
    log('payments').warn({ err: error, attempt: attemptId }, 'what became of a charge could not be asked for; it is asked for again');
  }
  const again = refreshAfter(after, context.clock.now());
  if (again) await putOffRefresh(database(), attemptId, again);
  return again === null;
}

async function isWaitedForInVain({ accountId, clock }: Context, { requestedAt, invoiceId }: PaymentAttempt): Promise<boolean> {
  if (clock.now().getTime() - requestedAt.getTime() >= confirmationTime) return true;
  const invoice = invoiceId === null ? null : await readInvoice(database(), accountId, invoiceId);
  return invoice !== null && invoice.dueMinor <= 0n;
}

async function giveUp(context: Context, attempt: PaymentAttempt): Promise<PaymentAttempt> {
  const after = await cancelAttempt(context, attempt);
  if (after.status !== 'canceled' || !after.onSession || after.invoiceId === null) return after;
  const { invoiceId } = after;
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const invoice = await readInvoice(transaction, context.accountId, invoiceId);
    if (invoice && (await stoodIn(transaction, invoiceId))) await chargeFailed(transaction, context, invoice, 'authentication_failed');
  });
  return after;
}
