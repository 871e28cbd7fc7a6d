import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { setupFeeLine } from '../invoices/period-lines';
import { createSubscription, type NewSubscription } from '../subscriptions/create-subscription';
import type { ChangedPlan } from './change-plan/change-plan';
import { bill } from './collect-payment/bill';
import { readBillingTerms } from '../subscriptions/store';
import { hasPaymentMethod } from './payment-method';
import { assertNotUnpaid } from './pay-first/pays-first';
import { openingFee } from './plan-lines';
import { isSetupFeeDue } from './setup-fee';

/**
 * Begins the account's subscription now and issues the invoice of its first period, if the plan costs anything. A trial
 * costs nothing until it ends. Throws what `createSubscription` throws.
 */
export function subscribe(context: Context, input: NewSubscription): Promise<ChangedPlan> {
  return inTransaction(async (transaction) => {
    const subscription = await createSubscription(context, input, await hasPaymentMethod(context));
    const period = subscription.currentPeriod;
    const { prorationUnit, timeZone } = await readBillingTerms(transaction, context.accountId);
    const setupFee = (await isSetupFeeDue(context, subscription)) ? setupFeeLine(subscription, period) : [];
    const lines = subscription.status === 'trialing' ? [] : [...openingFee(subscription, { unit: prorationUnit, timeZone }), ...setupFee];
    if (lines.length === 0) return { subscription, invoice: null };
    const invoice = await bill(transaction, context, {
      accountId: context.accountId,
      subscriptionId: subscription.id,
      reason: 'subscribe',
      currency: subscription.price.currency,
      period,
      lines,
    });
    return { subscription, invoice };
  });
}

/** The same for a caller who could leave the invoice unpaid. Throws `payment_first` as well, where the plan has to be paid first. */
export function subscribePaid(context: Context, input: NewSubscription): Promise<ChangedPlan> {
  return inTransaction(async (transaction) => {
    const begun = await subscribe(context, input);
    await assertNotUnpaid(transaction, context, begun.invoice);
    return begun;
  });
}
