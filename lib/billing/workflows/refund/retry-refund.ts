import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readInvoice } from '../../invoices/store';
import { isLive, type Refund, type RefundDestination } from '../../payments/refunds/refund';
import { readRefund, readReplacement } from '../../payments/refunds/store';
import { decideRefund } from './decide';
import { loadRefund } from './load';
import { requestRefund } from './request-refund';

/**
 * Makes a refund that failed again, by a new one: to the method once more, or as credit. Said again, it answers the one
 * that was made. Throws `not_found`, `invalid_transition` unless it failed or was canceled, and as `refundInvoice` does where
 * the money was given back in another way since.
 */
export function retryRefund(context: Context, { refundId, to }: { refundId: string; to: RefundDestination }): Promise<Refund> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const refund = found(await readRefund(transaction, context.accountId, refundId), 'refund');
    const made = await readReplacement(transaction, refundId);
    if (made) return made;
    if (isLive(refund)) throw new DomainError('invalid_transition', `A refund that is ${refund.status} cannot be made again.`);
    if (refund.cause !== 'surplus' && refund.invoiceId) await assertStillOwed(transaction, { ...refund, invoiceId: refund.invoiceId }, to);
    const { invoiceId, attemptId, creditNoteId, amountMinor, currency, reason, gateway } = refund;
    const cause = refund.cause === 'gateway' ? 'seller' : refund.cause;
    return requestRefund(transaction, context, { invoiceId, attemptId, creditNoteId, replacesId: refundId, destination: to, cause, amountMinor, currency, reason, gateway });
  });
}

/** Throws unless what the refund was to give back is still the customer's: it may have been given back in another way. */
async function assertStillOwed(transaction: Database, { accountId, invoiceId, amountMinor }: Refund & { invoiceId: string }, to: RefundDestination): Promise<void> {
  const invoice = found(await readInvoice(transaction, accountId, invoiceId), 'invoice');
  const { noteMinor } = decideRefund(await loadRefund(transaction, invoice), { amountMinor, to });
  if (noteMinor > 0n) throw new DomainError('not_refundable', 'What this refund was for has been given back in another way.');
}
