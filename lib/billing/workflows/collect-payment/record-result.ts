import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { applyMove } from '../../invoices/move-invoice';
import { readInvoice } from '../../invoices/store';
import type { Invoice } from '../../invoices/invoice';
import { refreshAfter, withResult, type PaymentAttempt } from '../../payments/attempt';
import type { ChargeResult } from '../../payments/gateway/charges';
import { readAttempt, readAttempts, readDunning, writeAttempt } from '../../payments/store';
import { chargeFailed } from '../dunning/charge-failed';
import { reviewDunning } from '../dunning/review-dunning';
import { carryOutHeld } from '../pay-first/carry-out-held';
import { refundSurplus } from '../refund/request-refund';
import { settleTopUp } from '../top-up/settle-top-up';

/**
 * Records what became of a charge: the one place where a gateway's word changes an invoice or a top-up, be it the answer to our
 * question or told later. Said twice, late or out of order, it counts once. A charge that went through pays the invoice
 * and ends its dunning; one that failed while the customer was away begins or goes on with it. Throws `not_found`.
 */
export function recordResult(context: Context, attemptId: string, result: ChargeResult): Promise<PaymentAttempt> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readAttempt(transaction, context.accountId, attemptId), 'payment attempt');
    const now = context.clock.now();
    const after = withResult(before, result, now);
    if (!after) return before;
    await writeAttempt(transaction, after, refreshAfter(after, now));
    const { status, reference, failureCode } = after;
    await recordAudit(transaction, context, { action: `payment.${status}`, subject: attemptId, before: { status: before.status }, after: { status, reference, failureCode } });

    if (after.topUpId !== null) await settleTopUp(transaction, context, { ...after, topUpId: after.topUpId });
    if (!after.invoiceId) return after;
    const invoice = found(await readInvoice(transaction, context.accountId, after.invoiceId), 'invoice');
    if (status === 'succeeded') await settle(transaction, context, invoice, after);
    else if (after.onSession) await failedOnSession(transaction, context, invoice, { before, after });
    // What waits for the customer counts as a failure when it begins to wait, not again when the wait was in vain.
    else if (status === 'requires_action') await chargeFailed(transaction, context, invoice, 'authentication_failed', 'action_required');
    else if (status === 'failed' && before.status !== 'requires_action') await chargeFailed(transaction, context, invoice, failureCode ?? 'declined');
    return after;
  });
}

/**
 * A charge that fails in front of the customer is theirs to make again, and nobody is past due for it. It counts like any
 * other where they have left, as with a bank debit that comes back, or where it stood in for a charge of the portal's own.
 */
async function failedOnSession(transaction: Database, context: Context, invoice: Invoice, { before, after }: { before: PaymentAttempt; after: PaymentAttempt }): Promise<void> {
  if (after.status !== 'failed') return;
  if (before.status === 'processing' || (await stoodIn(transaction, invoice.id))) await chargeFailed(transaction, context, invoice, after.failureCode ?? 'declined');
}

/** Whether the portal would be collecting the invoice by itself, were it not for a charge in front of the customer. */
export async function stoodIn(transaction: Database, invoiceId: string): Promise<boolean> {
  const dunning = await readDunning(transaction, invoiceId);
  if (dunning?.status === 'retrying') return dunning.nextAttemptAt === null;
  return !dunning && (await readAttempts(transaction, invoiceId)).some(({ onSession }) => !onSession);
}

async function settle(transaction: Database, context: Context, told: Invoice, attempt: PaymentAttempt): Promise<void> {
  const invoice = await carryOutHeld(transaction, context, told);
  // Paid by hand, credited or declared void while the charge was under way: what is owed no longer is the customer's.
  const surplusMinor = attempt.amountMinor - invoice.dueMinor;
  if (surplusMinor > 0n) await refundSurplus(transaction, context, attempt, surplusMinor);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') return;
  const paid = await applyMove(context, invoice, { action: 'invoice.paid', status: 'paid', paidAt: context.clock.now(), through: { gateway: attempt.gateway, attemptId: attempt.id } });
  await reviewDunning(transaction, context, paid);
}
