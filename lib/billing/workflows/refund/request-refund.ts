import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { surplusPaid } from '../../ledger/bookings';
import { post } from '../../ledger/post';
import type { PaymentAttempt } from '../../payments/attempt';
import type { Refund } from '../../payments/refunds/refund';
import { insertRefund } from '../../payments/refunds/store';
import { bookRefund } from './book';

export type WantedRefund = Pick<Refund, 'invoiceId' | 'attemptId' | 'creditNoteId' | 'replacesId' | 'destination' | 'cause' | 'amountMinor' | 'currency' | 'reason' | 'gateway'>;

/**
 * Writes the intent to give money back, in the transaction under way with the account locked. The gateway is asked once
 * that commits. What becomes credit is given at once.
 */
export async function requestRefund(transaction: Database, context: Context, wanted: WantedRefund): Promise<Refund> {
  const now = context.clock.now();
  const isCredit = wanted.destination === 'credit';
  const refund: Refund = {
    ...wanted, id: newId('rfd'), accountId: context.accountId, status: isCredit ? 'succeeded' : 'requested', reference: null, failure: null, requestedAt: now,
    finishedAt: isCredit ? now : null,
  };
  await insertRefund(transaction, refund);
  const { id, status, destination, cause, amountMinor, currency, invoiceId, attemptId, reason } = refund;
  await recordAudit(transaction, context, { action: `refund.${status}`, subject: id, after: { invoiceId, attemptId, destination, cause, amountMinor, currency, reason } });
  if (isCredit) await bookRefund(transaction, context, refund);
  return refund;
}

/** Has what was charged although it was owed no longer given back, to where it came from. */
export async function refundSurplus(transaction: Database, context: Context, attempt: PaymentAttempt, amountMinor: bigint): Promise<void> {
  await recordAudit(transaction, context, { action: 'payment.surplus', subject: attempt.id, after: { invoice: attempt.invoiceId, topUp: attempt.topUpId, amountMinor } });
  const { invoiceId, id: attemptId, gateway, currency } = attempt;
  await post(transaction, context, surplusPaid({ attemptId, gateway, currency, amountMinor }));
  await requestRefund(transaction, context, {
    invoiceId, attemptId, creditNoteId: null, replacesId: null, destination: 'method', cause: 'surplus', amountMinor, currency, reason: 'Charged although it was owed no longer', gateway,
  });
}
