import { countedFor, countsFor, discountOf, reduces, type AppliedCoupon } from '../catalog/coupons/coupon';
import { averageUnitAmount, rate } from '../catalog/pricing/rate';
import type { Step } from '../catalog/pricing/scheme';
import { toMajor } from '../money/money';
import { addonPriceOf, itemsOn, unitPriceOf, unitsBeyond, withPendingQuantities, type SubscriptionItem } from './items';
import type { Offer, Subscription } from './subscription';

/** What decides what a period costs in advance: a price, and what is held beside it. */
export interface Sold extends Offer {
  items?: readonly SubscriptionItem[];
  coupon?: AppliedCoupon | null;
  /** An earlier one that still counts for the period that has begun. */
  formerCoupon?: AppliedCoupon | null;
}

/** One thing that a whole period costs in advance. A discount is negative. */
export interface Charge {
  what: { kind: 'plan' } | { kind: 'item'; item: SubscriptionItem; included: bigint } | { kind: 'discount'; coupon: AppliedCoupon };
  quantity: bigint;
  /** Exact, in major units; on average where units do not all cost the same. */
  unitAmount: string;
  /** Minor units, rounded once. */
  amountMinor: bigint;
  /** The way to the amount, where it takes more than quantity × unit amount. */
  working?: Step[];
}

function itemCharge(sold: Sold, item: SubscriptionItem): Charge[] {
  const { currency } = sold.price;
  const unitPrice = item.sold.kind === 'units' ? unitPriceOf(sold.price, item.sold.feature.key) : undefined;
  const scheme = item.sold.kind === 'units' ? unitPrice?.scheme : addonPriceOf(item.sold.addon, sold)?.scheme;
  if (!scheme) return [];
  const included = unitPrice?.included ?? 0n;
  const quantity = unitsBeyond({ included }, item.chargedQuantity ?? item.quantity);
  const { amountMinor, amount, steps } = rate(scheme, quantity, currency);
  if (amountMinor === 0n) return [];
  const unitAmount = scheme.kind === 'per_unit' ? scheme.unitAmount : averageUnitAmount({ amount }, quantity);
  return [{ what: { kind: 'item', item, included }, quantity, unitAmount, amountMinor, ...(scheme.kind !== 'per_unit' && { working: steps }) }];
}

/** The coupon that counts for the period that starts then; null: none does. */
export function couponFor({ coupon, formerCoupon }: Pick<Sold, 'coupon' | 'formerCoupon'>, periodStart: Date): AppliedCoupon | null {
  return [coupon, formerCoupon].find((held) => held && countsFor(held, periodStart)) ?? null;
}

/**
 * All that a whole period costs in advance: the plan, the items, and less the coupon that counts for the period that
 * starts then. Every invoice, preview and proration comes from here. Pure.
 */
export function chargesOf(sold: Sold, periodStart: Date): Charge[] {
  const { price } = sold;
  const plan: Charge[] = price.amountMinor === 0n ? [] : [{ what: { kind: 'plan' }, quantity: 1n, unitAmount: toMajor(price.amountMinor, price.currency), amountMinor: price.amountMinor }];
  const charges = [...plan, ...(sold.items ?? []).flatMap((item) => itemCharge(sold, item))];
  const coupon = couponFor(sold, periodStart);
  if (!coupon || !reduces(coupon.coupon, sold.plan.key, price.currency)) return charges;
  const off = discountOf(coupon.coupon, charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n), price.currency);
  if (off === 0n) return charges;
  return [...charges, { what: { kind: 'discount', coupon }, quantity: 1n, unitAmount: toMajor(-off, price.currency), amountMinor: -off }];
}

/** The subscription in the period after the current one, by what is known now: a plan and quantities that wait have come. Pure. */
export function inNextPeriod(subscription: Subscription): Subscription {
  const { pendingPrice, currentPeriod } = subscription;
  const period = { start: currentPeriod.end, end: currentPeriod.end };
  return beginPeriod({ ...subscription, ...(pendingPrice ?? {}), status: 'active', currentPeriod: period });
}

/** What the period after the current one costs in advance, in minor units: before tax, and without usage. Pure. */
export function nextChargeOf(subscription: Subscription): bigint {
  const next = inNextPeriod(subscription);
  return chargesOf(next, next.currentPeriod.start).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

/**
 * The subscription as its current period begins: quantities that waited have come, what is not sold with its price is
 * gone, and the coupon counts for the period where it reduces something. A trial costs nothing, so no coupon counts. Pure.
 */
export function beginPeriod(subscription: Subscription): Subscription {
  const items = itemsOn(withPendingQuantities(subscription.items), subscription);
  const begun = { ...subscription, items };
  const { coupon } = subscription;
  if (!coupon || subscription.status === 'trialing') return begun;
  const { start } = subscription.currentPeriod;
  const counted = { ...begun, coupon: countedFor(coupon, start) };
  return chargesOf(counted, start).some(({ what }) => what.kind === 'discount') ? counted : begun;
}
