import type { Offer, Subscription } from './subscription';

function nameOf({ plan, price }: Offer): string {
  return `${plan.key} v${plan.version}, ${price.amountMinor} ${price.currency} every ${price.intervalCount} ${price.interval}`;
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
    ...(subscription.cancellationReason && { cancellationReason: subscription.cancellationReason }),
    ...(subscription.pausedAt && { pausedAt: subscription.pausedAt, resumesAt: subscription.resumesAt, unusedRest: subscription.pauseRest }),
    pendingPlan: subscription.pendingPrice?.plan.key ?? null,
    pendingPrice: subscription.pendingPrice && nameOf(subscription.pendingPrice),
  };
}
