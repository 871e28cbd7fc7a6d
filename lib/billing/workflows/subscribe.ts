import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { issueInvoice } from '../invoices/issue-invoice';
import { createSubscription, type NewSubscription } from '../subscriptions/create-subscription';
import type { ChangedPlan } from './change-plan/change-plan';
import { readBillingTerms } from '../subscriptions/store';
import { openingFee } from './plan-lines';

/**
 * Begins the account's subscription now and issues the invoice of its first period, if the plan costs anything.
 * Throws `already_subscribed`, `unknown_plan`, `price_not_offered`.
 */
export function subscribe(context: Context, input: NewSubscription): Promise<ChangedPlan> {
  return inTransaction(async (transaction) => {
    const subscription = await createSubscription(context, input);
    const period = subscription.currentPeriod;
    const { prorationUnit, timeZone } = await readBillingTerms(transaction, context.accountId);
    const lines = openingFee(subscription, { unit: prorationUnit, timeZone });
    if (lines.length === 0) return { subscription, invoice: null };
    const invoice = await issueInvoice(transaction, context, {
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
