import type { CurrentDto, HeldCouponDto, HeldItemDto, PastSubscriptionDto } from '@/components/subscription/types';
import type { Price } from '@/lib/billing/catalog/catalog';
import { countsFor, isRunning, type AppliedCoupon } from '@/lib/billing/catalog/coupons/coupon';
import { gatewayTitle } from '@/lib/billing/payments/configured-gateway';
import { nextChargeOf } from '@/lib/billing/subscriptions/charges';
import type { SubscriptionItem } from '@/lib/billing/subscriptions/items';
import { isManaged, type Subscription } from '@/lib/billing/subscriptions/subscription';
import { toPlain } from '@/lib/http/plain';
import type { MoneyDto } from '@/lib/i18n/format';
import type { Language } from '@/lib/i18n/languages';

const moneyOf = (price: Price): MoneyDto => ({ minor: price.amountMinor.toString(), currency: price.currency });

function scheduledDto({ cancelAtPeriodEnd, pendingPrice }: Subscription, locale: Language): CurrentDto['scheduled'] {
  if (cancelAtPeriodEnd) return { kind: 'cancellation' };
  return pendingPrice && { kind: 'change', plan: pendingPrice.plan.name[locale], price: moneyOf(pendingPrice.price) };
}

function heldItemDto({ sold, quantity, pendingQuantity }: SubscriptionItem, locale: Language): HeldItemDto {
  const { key, name } = sold.kind === 'units' ? sold.feature : sold.addon;
  return { key: `${sold.kind} ${key}`, name: name[locale], quantity: quantity.toString(), pendingQuantity: pendingQuantity?.toString() ?? null };
}

/** For how many periods to come it counts; null: for all. */
function leftOf(applied: AppliedCoupon): number | null {
  if (!isRunning(applied)) return 0;
  return applied.coupon.cycles === null ? null : applied.coupon.cycles - applied.cyclesUsed;
}

/** The coupon while it counts for the running period or for one to come. */
function heldCouponDto({ coupon: applied, currentPeriod, price }: Subscription, locale: Language): HeldCouponDto | null {
  if (!applied || (!isRunning(applied) && !countsFor(applied, currentPeriod.start))) return null;
  const { code, name, percentage, amounts } = applied.coupon;
  const off = percentage === null ? { amount: { minor: (amounts[price.currency] ?? 0n).toString(), currency: price.currency } } : { share: Number(percentage) / 100 };
  return { name: name[locale], code, off, left: leftOf(applied) };
}

/** The running subscription as the page shows it. `newestVersion` is that of its plan on sale, if it is. */
export function currentDto(subscription: Subscription, newestVersion: number | undefined, locale: Language): CurrentDto {
  const { plan, price } = subscription;
  return {
    plan: plan.name[locale],
    status: subscription.status,
    interval: price.interval,
    intervalCount: price.intervalCount,
    price: moneyOf(price),
    next: { minor: nextChargeOf(subscription).toString(), currency: price.currency },
    items: subscription.items.filter(({ quantity }) => quantity > 0n).map((item) => heldItemDto(item, locale)),
    coupon: heldCouponDto(subscription, locale),
    period: toPlain(subscription.currentPeriod),
    startedAt: subscription.startedAt.toISOString(),
    byCalendar: subscription.alignment === 'calendar',
    pause: subscription.pauseRest && { rest: subscription.pauseRest, until: subscription.resumesAt?.toISOString() ?? null },
    earlierVersion: newestVersion !== undefined && newestVersion !== plan.version,
    managedBy: isManaged(subscription) ? gatewayTitle(subscription.managedBy) : null,
    scheduled: scheduledDto(subscription, locale),
  };
}

/** A subscription that has ended as the page shows it. */
export function pastDto({ id, plan, price, status, startedAt, endedAt, currentPeriod }: Subscription, locale: Language): PastSubscriptionDto {
  return {
    id,
    plan: plan.name[locale],
    status,
    interval: price.interval,
    intervalCount: price.intervalCount,
    price: moneyOf(price),
    period: toPlain({ start: startedAt, end: endedAt ?? currentPeriod.end }),
  };
}

/** Whether a coupon could be redeemed for it: it is billed here, costs something, and no other coupon still reduces it. */
export function takesCoupon(subscription: Subscription): boolean {
  const { coupon, price, status } = subscription;
  return !isManaged(subscription) && status !== 'paused' && price.amountMinor > 0n && !(coupon && isRunning(coupon));
}
