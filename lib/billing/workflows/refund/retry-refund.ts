import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { isLive, type Refund, type RefundDestination } from '../../payments/refunds/refund';
import { readRefund, readReplacement } from '../../payments/refunds/store';
import { requestRefund } from './request-refund';

/**
 * Makes a refund that failed again, by a new one: to the method once more, or as credit. Said again, it answers the one
 * that was made. Throws `not_found`, and `invalid_transition` unless it failed or was canceled.
 */
export function retryRefund(context: Context, { refundId, to }: { refundId: string; to: RefundDestination }): Promise<Refund> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const refund = found(await readRefund(transaction, context.accountId, refundId), 'refund');
    const made = await readReplacement(transaction, refundId);
    if (made) return made;
    if (isLive(refund)) throw new DomainError('invalid_transition', `A refund that is ${refund.status} cannot be made again.`);
    const { invoiceId, attemptId, creditNoteId, amountMinor, currency, reason, gateway } = refund;
    const cause = refund.cause === 'gateway' ? 'seller' : refund.cause;
    return requestRefund(transaction, context, { invoiceId, attemptId, creditNoteId, replacesId: refundId, destination: to, cause, amountMinor, currency, reason, gateway });
  });
}
