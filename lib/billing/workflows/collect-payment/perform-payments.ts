import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { readInvoice } from '../../invoices/store';
import { withCancel } from '../../payments/attempt';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import type { Charge } from '../../payments/gateway';
import { postponeAttempt, readAttempt, readCustomerReference, readMethodReference, takeDueAttempts, writeAttempt } from '../../payments/store';
import { recordResult } from './record-result';
import { requestPayment } from './request-payment';

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
    const prepared = await prepare(context, attemptId);
    if (prepared) await recordResult(context, attemptId, await gatewayNamed(prepared.gateway).charge(prepared.charge));
    return true;
  } catch (error) {
    log('payments').error({ err: error, attempt: attemptId }, 'the outcome of a charge is unknown; it is asked for again');
    const sends = (await readAttempt(database(), context.accountId, attemptId))?.sends ?? 1;
    const wait = waits[Math.min(sends, waits.length) - 1] ?? 1;
    await postponeAttempt(database(), attemptId, new Date(context.clock.now().getTime() + wait * minute));
    return false;
  }
}

/**
 * What to ask of the gateway, or null when the attempt has ended. An attempt that was never sent and asks for what is owed
 * no longer is taken back, and what is owed instead is asked for anew. One that was sent keeps its amount: the money may
 * be on its way.
 */
function prepare(context: Context, attemptId: string): Promise<{ gateway: string; charge: Charge } | null> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const attempt = await readAttempt(transaction, context.accountId, attemptId);
    if (attempt?.status !== 'requested' || !attempt.paymentMethodId || !attempt.invoiceId) return null;
    const invoice = await readInvoice(transaction, context.accountId, attempt.invoiceId);
    if (attempt.sends === 1 && invoice?.dueMinor !== attempt.amountMinor) {
      await writeAttempt(transaction, withCancel(attempt, context.clock.now()));
      await recordAudit(transaction, context, { action: 'payment.canceled', subject: attempt.id, before: { status: attempt.status }, after: { status: 'canceled' } });
      if (invoice) await requestPayment(transaction, context, invoice);
      return null;
    }
    const paymentMethod = await readMethodReference(transaction, attempt.paymentMethodId);
    const { gateway, amountMinor, currency, accountId, onSession } = attempt;
    const customer = await readCustomerReference(transaction, accountId, gateway);
    return {
      gateway,
      charge: { idempotencyKey: attempt.id, customer, paymentMethod, amountMinor, currency, accountId, onSession, description: invoice?.number ?? '' },
    };
  });
}
