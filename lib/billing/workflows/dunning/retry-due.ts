import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { readInvoice } from '../../invoices/store';
import { readAttempts, readDueDunnings, readDunning, readOpenAttempt, writeDunning } from '../../payments/store';
import { chargeableMethod, requestCharge } from '../collect-payment/request-payment';
import { releaseAttempt } from '../checkout/release-attempt';
import { chargeFailed } from './charge-failed';
import { reviewDunning } from './review-dunning';

const together = 100;

/**
 * Charges every invoice again whose day has come; the gateway is asked afterwards. Any number of workers may run it: under
 * the account's lock whoever comes second finds nothing due. `testClockId`: accounts of that clock; null: of real time.
 */
export async function retryDueDunnings(clock: Clock, testClockId: string | null = null): Promise<{ retried: number; failed: number }> {
  const counts = { retried: 0, failed: 0 };
  const skipped = new Set<string>();
  for (;;) {
    const due = (await readDueDunnings(database(), testClockId, clock.now(), together + skipped.size)).filter(({ invoiceId }) => !skipped.has(invoiceId));
    if (due.length === 0) return counts;
    for (const { invoiceId, accountId } of due) {
      try {
        const context: Context = { actor: { kind: 'system', id: 'dunning' }, accountId, clock, requestId: newId('req') };
        await releaseUnconfirmed(context, invoiceId);
        await retry(context, invoiceId);
        counts.retried += 1;
      } catch (error) {
        // One that cannot be retried holds up no other; it stays due and is looked at in the next round.
        log('dunning').error({ err: error, invoice: invoiceId }, 'an invoice could not be charged again');
        skipped.add(invoiceId);
        counts.failed += 1;
      }
    }
  }
}

/** What waits for the customer to confirm it waits no longer: else it could go through beside the next charge. */
async function releaseUnconfirmed(context: Context, invoiceId: string): Promise<void> {
  const open = await readOpenAttempt(database(), invoiceId);
  if (open?.status === 'requires_action' || open?.checkoutSessionId) await releaseAttempt(context, open);
}

/** One further try, under the account's lock. A method that is not to be charged again is not, but the day counts. */
function retry(context: Context, invoiceId: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const now = context.clock.now();
    const dunning = await readDunning(transaction, invoiceId);
    if (dunning?.status !== 'retrying' || !dunning.nextAttemptAt || dunning.nextAttemptAt > now) return;
    const invoice = await readInvoice(transaction, context.accountId, invoiceId);
    if (!invoice) return;
    if (invoice.status !== 'open') return reviewDunning(transaction, context, invoice);

    const open = await readOpenAttempt(transaction, invoiceId);
    if (open) {
      await writeDunning(transaction, { ...dunning, nextAttemptAt: null }); // Its result moves the dunning on.
      return;
    }
    const method = await chargeableMethod(transaction, context.accountId, invoice.currency);
    if (!method) return chargeFailed(transaction, context, invoice, 'no_payment_method');
    const last = (await readAttempts(transaction, invoiceId)).findLast(({ status }) => status === 'failed');
    if (last?.retryable === false && last.paymentMethodId === method.id) return chargeFailed(transaction, context, invoice, last.failureCode ?? 'declined');
    await writeDunning(transaction, { ...dunning, nextAttemptAt: null });
    await requestCharge(transaction, context, invoice, { gateway: method.gateway, paymentMethodId: method.id });
  });
}
