import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Invoice } from '../../invoices/invoice';
import { applyMove } from '../../invoices/move-invoice';
import { readInvoice } from '../../invoices/store';
import type { Dispute } from '../../payments/disputes/dispute';
import { isLive } from '../../payments/refunds/refund';
import { readRefundsOfAttempt } from '../../payments/refunds/store';
import { requestRefund } from '../refund/request-refund';
import { bookReopening, bookSettlement } from './book';

/**
 * The invoice of a lost dispute where it can be owed again: the whole of what was paid was lost, and nothing of it was
 * given back or credited since, so that what is owed again is what was paid. Null otherwise, and where the invoice was paid
 * by another payment, so that this one was given back as surplus.
 */
export async function readReopenable(transaction: Database, dispute: Dispute): Promise<Invoice | null> {
  const invoice = dispute.invoiceId && (await readInvoice(transaction, dispute.accountId, dispute.invoiceId));
  if (!invoice || invoice.status !== 'paid' || invoice.refundableMinor > 0n || invoice.paidMinor !== dispute.withdrawnMinor) return null;
  const refunds = await readRefundsOfAttempt(transaction, dispute.attemptId);
  return refunds.some((refund) => refund.cause === 'surplus' && isLive(refund)) ? null : invoice;
}

/** Makes the invoice owed again, under the account's lock. It is charged to no stored method by itself: the customer pays it, or it is given up. */
export async function reopenInvoice(transaction: Database, context: Context, dispute: Dispute, invoice: Invoice): Promise<void> {
  await applyMove(context, invoice, { action: 'invoice.reopened', status: 'open', paidAt: null });
  await bookReopening(transaction, context, dispute);
}

/**
 * What follows when a dispute is won whose loss had made its invoice owed again, under the account's lock: the money that
 * came back pays what is still owed of it, also where it was given up. What is not owed any more, because the customer paid
 * again or less was owed in the end, is given back.
 */
export async function settleReopened(transaction: Database, context: Context, dispute: Dispute, returnedMinor: bigint): Promise<void> {
  const { accountId, attemptId, invoiceId, gateway, currency } = dispute;
  const invoice = found(await readInvoice(transaction, accountId, invoiceId ?? ''), 'invoice');
  const isOwed = (invoice.status === 'open' || invoice.status === 'uncollectible') && invoice.dueMinor <= returnedMinor;
  const settledMinor = isOwed ? invoice.dueMinor : 0n;
  const surplusMinor = returnedMinor - settledMinor;
  await bookSettlement(transaction, context, dispute, { settledMinor, surplusMinor, isGivenUp: invoice.status === 'uncollectible' });
  if (isOwed) await applyMove(context, invoice, { action: 'invoice.paid_by_won_dispute', status: 'paid', paidAt: context.clock.now() });
  if (surplusMinor === 0n) return;
  await recordAudit(transaction, context, { action: 'payment.surplus', subject: attemptId, after: { invoice: invoiceId, dispute: dispute.id, amountMinor: surplusMinor } });
  await requestRefund(transaction, context, {
    invoiceId, attemptId, creditNoteId: null, replacesId: null, destination: 'method', cause: 'surplus', amountMinor: surplusMinor, currency, reason: 'A dispute was won after its invoice had been paid again', gateway,
  });
}
