import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { grantCredit } from '../../credits/grant-credit';
import { readTopUp, writeTopUp } from '../../credits/top-ups/store';
import { topUpTransitions, type TopUp } from '../../credits/top-ups/top-up';
import type { InvoiceDraft } from '../../invoices/invoice';
import { issueInvoice } from '../../invoices/issue-invoice';
import { applyMove } from '../../invoices/move-invoice';
import { tellOfInvoice } from '../../invoices/tell-of-invoice';
import { toMajor } from '../../money/money';
import type { PaymentAttempt } from '../../payments/attempt';
import { refundSurplus } from '../refund/request-refund';
import { pauseAutomaticTopUp } from './pause-automatic-top-up';

/** The receipt for credit that was bought. */
function receiptOf({ accountId, amountMinor, currency }: TopUp, at: Date): InvoiceDraft {
  return {
    accountId, subscriptionId: null, reason: 'top_up', currency, period: { start: at, end: at },
    lines: [{ kind: 'prepaid_credit', description: { en: 'Prepaid credit', zh: '预付余额充值' }, quantity: 1n, unitAmount: toMajor(amountMinor, currency), amountMinor }],
  };
}

/**
 * What follows when the payment of a top-up has gone through, under the account's lock: the credit is there, with a receipt
 * that is paid. A second payment of the same top-up is given back.
 */
async function complete(transaction: Database, context: Context, topUp: TopUp, attempt: PaymentAttempt): Promise<void> {
  const { amountMinor, currency } = topUp;
  const { id: attemptId, gateway } = attempt;
  if (!topUpTransitions[topUp.status].includes('completed')) {
    await refundSurplus(transaction, context, attempt, amountMinor);
    return;
  }
  const now = context.clock.now();
  const grant = await grantCredit(transaction, context, { cause: 'purchase', reference: topUp.id, currency, amountMinor });
  const invoice = await issueInvoice(transaction, context, { ...receiptOf(topUp, now), sentOncePaid: true });
  await applyMove(context, invoice, { action: 'invoice.paid', status: 'paid', paidAt: now, through: { gateway, attemptId } });
  await tellOfInvoice(transaction, context, { ...invoice, status: 'paid' });
  await writeTopUp(transaction, { ...topUp, status: 'completed', failureCode: null, invoiceId: invoice.id, grantId: grant.id, finishedAt: now });
  await recordAudit(transaction, context, { action: 'top_up.completed', subject: topUp.id, before: { status: topUp.status }, after: { status: 'completed', invoice: invoice.number, grant: grant.id } });
}

/** What follows when the payment of a top-up did not go through: it ends, and nothing is bought by itself until the customer acts. */
async function fail(transaction: Database, context: Context, topUp: TopUp, status: 'failed' | 'canceled', failureCode: string | null): Promise<void> {
  if (!topUpTransitions[topUp.status].includes(status)) return;
  await writeTopUp(transaction, { ...topUp, status, failureCode, finishedAt: context.clock.now() });
  await recordAudit(transaction, context, { action: `top_up.${status}`, subject: topUp.id, before: { status: topUp.status }, after: { status, failureCode } });
}

/** Carries on with a top-up by what became of its payment, under the account's lock. */
export async function settleTopUp(transaction: Database, context: Context, attempt: PaymentAttempt & { topUpId: string }): Promise<void> {
  const topUp = found(await readTopUp(transaction, context.accountId, attempt.topUpId), 'top-up');
  const { status, failureCode } = attempt;
  if (status === 'succeeded') await complete(transaction, context, topUp, attempt);
  if (status === 'failed' || status === 'canceled') await fail(transaction, context, topUp, status, failureCode);
  // Nobody is there to confirm what is bought by itself.
  if (topUp.cause === 'automatic' && (status === 'failed' || status === 'canceled' || status === 'requires_action')) {
    await pauseAutomaticTopUp(transaction, context, topUp, failureCode ?? 'authentication_failed');
  }
}
