import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { readInvoice } from '../../invoices/store';
import type { PaymentAttempt } from '../../payments/attempt';
import type { RefundResult } from '../../payments/gateway/charges';
import { hasMoved, isLive, withOutcome, type Refund, type RefundOutcome } from '../../payments/refunds/refund';
import { findRefund, insertRefund, readInvoiceOfAttempt, readRefund, readRefundsOfAttempt, writeRefund } from '../../payments/refunds/store';
import { readAttempt } from '../../payments/store';
import { bookRefund, unbookRefund } from './book';
import { noteFor } from './decide';
import { loadRefund } from './load';

/**
 * Records what became of a refund: the one place where a gateway's word changes it, be it the answer to our question or
 * told later. Said twice, late or out of order, it counts once. Throws `not_found`.
 */
export function recordRefund(context: Context, refundId: string, outcome: RefundOutcome): Promise<Refund> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readRefund(transaction, context.accountId, refundId), 'refund');
    const after = withOutcome(before, outcome, context.clock.now());
    if (!after) return before;
    await writeRefund(transaction, after, after.status === 'pending' ? context.clock.now() : null);
    const { status, reference, failure } = after;
    await recordAudit(transaction, context, { action: `refund.${status}`, subject: refundId, before: { status: before.status }, after: { status, reference, failure } });
    if (hasMoved(after) && !hasMoved(before)) await bookRefund(transaction, context, after);
    if (hasMoved(before) && !hasMoved(after)) await unbookRefund(transaction, context, after);
    return after;
  });
}

/**
 * Records a refund that was made at the gateway itself, with the credit note that it needs. Told again, it is recorded as
 * any other. What gives a surplus back needs no note.
 */
export function recordForeignRefund(context: Context, attemptId: string, result: RefundResult): Promise<Refund> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const attempt = found(await readAttempt(transaction, context.accountId, attemptId), 'payment attempt');
    const known = await findRefund(transaction, attempt.gateway, { refundId: null, reference: result.reference });
    if (known) return recordRefund(context, known.id, result);

    const now = context.clock.now();
    const status = result.outcome;
    const reason = 'Refunded at the payment provider';
    const base: Refund = {
      id: newId('rfd'), accountId: context.accountId, invoiceId: await readInvoiceOfAttempt(transaction, attempt), attemptId, creditNoteId: null, replacesId: null, destination: 'method', cause: 'gateway',
      amountMinor: result.amountMinor, currency: result.currency, reason, status, gateway: attempt.gateway, reference: result.reference, failure: null, requestedAt: now,
      finishedAt: status === 'pending' ? null : now,
    };
    const refund = isLive(base) ? await coveredRefund(transaction, context, attempt, base) : base;
    await insertRefund(transaction, refund);
    const { id, cause, amountMinor, currency, invoiceId, creditNoteId } = refund;
    await recordAudit(transaction, context, { action: `refund.${status}`, subject: id, after: { invoiceId, attemptId, creditNoteId, cause, amountMinor, currency, reason } });
    if (hasMoved(refund)) await bookRefund(transaction, context, refund);
    return refund;
  });
}

/** The refund as one of a surplus where the payment has one to give back, else with the credit note that is missing for it. */
async function coveredRefund(transaction: Database, context: Context, attempt: PaymentAttempt, refund: Refund): Promise<Refund> {
  const surplus = await failedSurplus(transaction, attempt.id);
  if (surplus && surplus.amountMinor === refund.amountMinor) return { ...refund, cause: 'surplus', replacesId: surplus.id };
  if (!refund.invoiceId) return refund;
  const invoice = found(await readInvoice(transaction, context.accountId, refund.invoiceId), 'invoice');
  const amountMinor = noteFor(await loadRefund(transaction, invoice), refund.amountMinor);
  if (amountMinor <= 0n) return refund;
  // The money is gone: what was spent of the credit that it bought is owed by the customer, and settled by the next credit.
  const note = await issueCreditNote(context, { invoiceId: invoice.id, reason: refund.reason, wanted: { scope: 'amount', amountMinor }, overdraw: true });
  return { ...refund, creditNoteId: note.id };
}

/** A refund of a surplus that failed and that nothing has taken the place of: what is given back at the gateway is that. */
async function failedSurplus(transaction: Database, attemptId: string): Promise<Refund | null> {
  const refunds = await readRefundsOfAttempt(transaction, attemptId);
  return refunds.find((one) => one.cause === 'surplus' && !isLive(one) && !refunds.some(({ replacesId }) => replacesId === one.id)) ?? null;
}
