import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { issueInvoice } from '../../invoices/issue-invoice';
import { applyMove } from '../../invoices/move-invoice';
import { tellOfInvoice } from '../../invoices/tell-of-invoice';
import type { PaymentAttempt } from '../../payments/attempt';
import type { ManagedSubscription } from '../../payments/gateway/subscriptions';
import { insertManagedAttempt } from '../../payments/store';
import type { Subscription } from '../../subscriptions/subscription';
import { planFee } from '../plan-lines';

/**
 * Records a payment that the gateway took for a period, in the transaction under way and under the account's lock: an invoice of
 * that amount to the minor unit, with its tax in it, that is paid. What was paid there in another way than by a charge never lay
 * at the gateway.
 */
export async function recordManagedPayment(transaction: Database, context: Context, subscription: Subscription, payment: ManagedSubscription['payments'][number], isFirst: boolean): Promise<void> {
  const { id: subscriptionId, accountId, plan, price, managedBy: gateway } = subscription;
  const { amountMinor, currency, period, charge, paidAt } = payment;
  const invoice = await issueInvoice(transaction, context, {
    accountId, subscriptionId, reason: isFirst ? 'subscribe' : 'renewal', currency, period, isPaid: true,
    lines: planFee({ plan, price: { ...price, amountMinor, currency } }, period),
  });
  const attempt: PaymentAttempt = {
    id: newId('att'), accountId, invoiceId: invoice.id, topUpId: null, paymentMethodId: null, checkoutSessionId: null, requestKey: null, gateway,
    amountMinor, currency, status: 'succeeded', onSession: isFirst, reference: charge, failureCode: null, retryable: null, sends: 0, requestedAt: paidAt, finishedAt: paidAt,
  };
  await insertManagedAttempt(transaction, attempt, payment.reference);
  await recordAudit(transaction, context, { action: 'payment.succeeded', subject: attempt.id, after: { invoice: invoice.number, amountMinor, currency, gateway, reference: charge, takenBy: gateway } });
  const through = charge === null ? 'other' : { gateway, attemptId: attempt.id };
  await applyMove(context, invoice, { action: 'invoice.paid', status: 'paid', paidAt: context.clock.now(), through });
  await tellOfInvoice(transaction, context, { ...invoice, status: 'paid' });
}
