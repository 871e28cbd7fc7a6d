import type { SubscriptionItem } from './items';
import { isManaged, type Offer, type Subscription } from './subscription';

function nameOf({ plan, price }: Offer): string {
  return `${plan.key} v${plan.version}, ${price.amountMinor} ${price.currency} every ${price.intervalCount} ${price.interval}`;
}

function itemView({ sold, quantity, pendingQuantity }: SubscriptionItem): Record<string, unknown> {
  return { item: sold.kind === 'units' ? sold.feature.key : `${sold.addon.key} v${sold.addon.version}`, quantity, pendingQuantity };
}

/** What the audit log keeps of a subscription. */
export function auditView(subscription: Subscription): Record<string, unknown> {
  return {
    status: subscription.status,
    plan: subscription.plan.key,
    price: nameOf(subscription),
    periodStart: subscription.currentPeriod.start,
    periodEnd: subscription.currentPeriod.end,
    cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
    ...(subscription.trialEndAt && { trialEnd: subscription.trialEndAt }),
    ...(subscription.items.length > 0 && { items: subscription.items.map(itemView) }),
    ...(subscription.coupon && { coupon: subscription.coupon.coupon.code, couponCycles: subscription.coupon.cyclesUsed }),
    ...(subscription.cancellationCause && { cancellationCause: subscription.cancellationCause }),
    ...(subscription.cancellationReason && { cancellationReason: subscription.cancellationReason }),
    ...(subscription.pausedAt && { pausedAt: subscription.pausedAt, resumesAt: subscription.resumesAt, unusedRest: subscription.pauseRest }),
    ...(isManaged(subscription) && { managedBy: subscription.managedBy }),
    pendingPlan: subscription.pendingPrice?.plan.key ?? null,
    pendingPrice: subscription.pendingPrice && nameOf(subscription.pendingPrice),
  };
}
