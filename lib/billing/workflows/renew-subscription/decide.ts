import type { DraftLine, InvoiceDraft } from '../../invoices/invoice';
import { setupFeeLine } from '../../invoices/period-lines';
import { beginPeriod } from '../../subscriptions/charges';
import { beginSubscription } from '../../subscriptions/create-subscription';
import { firstPeriod, nextPeriod, nextPeriodAt } from '../../subscriptions/next-period';
import { bySecond, type ProrationRule } from '../../subscriptions/proration';
import { withNothingScheduled } from '../../subscriptions/schedule';
import { moveTo, type Offer, type Subscription } from '../../subscriptions/subscription';
import { isTrialPeriod, lapses } from '../../subscriptions/trial';
import { openingFee } from '../plan-lines';

/** All that the end of a period depends on. */
export interface Facts {
  subscription: Subscription;
  timeZone: string;
  /** By what a first period by the calendar is charged; by the second unless said. */
  proration?: ProrationRule;
  /** What the account falls back to when the subscription ends here. */
  fallback: Offer | null;
  /** What usage past the limits of the closed period costs. */
  closingUsage: DraftLine[];
  /** Whether the plan to come has a setup fee that the account has not paid yet. */
  setupFeeDue?: boolean;
  /** Whether the account has a way to pay, which a trial may ask for before it becomes paid. */
  hasPaymentMethod?: boolean;
  now: Date;
}

/** The end of a period as plain data. */
export interface Renewal {
  action: 'subscription.renewed' | 'subscription.downgraded' | 'subscription.ended';
  before: Subscription;
  after: Subscription;
  /** The subscription that begins where this one ended. */
  successor: Subscription | null;
  /** The new period ahead and the usage of the closed one; null when neither costs anything. */
  invoice: InvoiceDraft | null;
}

/**
 * Decides what happens at the end of a period: a subscription that is to be cancelled ends and the account falls back to
 * the free plan, and so does a trial that lacks the payment method it asks for; one that waits for another price moves to
 * it; every other goes on for another period, and a trial becomes a paid subscription, billed from its end on. Pure.
 */
export function decideRenewal({ subscription, timeZone, proration = bySecond, fallback, closingUsage, setupFeeDue, hasPaymentMethod, now }: Facts): Renewal {
  const border = subscription.currentPeriod.end;
  const draft = (lines: DraftLine[], period: InvoiceDraft['period']): InvoiceDraft | null =>
    lines.length === 0
      ? null
      : {
          accountId: subscription.accountId,
          subscriptionId: subscription.id,
          reason: 'renewal',
          currency: subscription.price.currency,
          period,
          lines,
        };

  const lapsed = !subscription.cancelAtPeriodEnd && lapses(subscription, hasPaymentMethod ?? false);
  if (subscription.cancelAtPeriodEnd || lapsed) {
    return {
      action: 'subscription.ended',
      before: subscription,
      after: { ...subscription, status: moveTo(subscription.status, lapsed ? 'expired' : 'canceled'), endedAt: border, updatedAt: now },
      successor: fallback && { ...beginSubscription(subscription.accountId, fallback, timeZone, border), createdAt: now, updatedAt: now },
      invoice: draft(closingUsage, subscription.currentPeriod),
    };
  }
  const offer = subscription.pendingPrice ?? { plan: subscription.plan, price: subscription.price };
  const placement = isTrialPeriod(subscription)
    ? firstPeriod(offer.price, timeZone, border, subscription.alignment)
    : subscription.pendingPrice ? nextPeriodAt(offer, subscription, timeZone) : nextPeriod(subscription, timeZone);
  const status = subscription.status === 'trialing' ? moveTo('trialing', 'active') : subscription.status;
  const after = beginPeriod({ ...withNothingScheduled(subscription, now), ...offer, ...placement, status });
  const setupFee = setupFeeDue ? setupFeeLine(after, after.currentPeriod) : [];
  return {
    action: subscription.pendingPrice ? 'subscription.downgraded' : 'subscription.renewed',
    before: subscription,
    after,
    successor: null,
    invoice: draft([...openingFee(after, proration), ...setupFee, ...closingUsage], after.currentPeriod),
  };
}
