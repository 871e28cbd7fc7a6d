import type { Addon, Feature, Plan, Price } from '@/lib/billing/catalog/catalog';
import type { AppliedCoupon, Coupon } from '@/lib/billing/catalog/coupons/coupon';
import type { PriceScheme } from '@/lib/billing/catalog/pricing/scheme';
import type { SubscriptionItem } from '@/lib/billing/subscriptions/items';
import type { Offer } from '@/lib/billing/subscriptions/subscription';

const name = { en: 'Test', zh: '测试' };
const seats: Feature = { key: 'agent_seats', kind: 'level', name: { en: 'Agent seats', zh: '坐席' }, unit: { en: 'seats', zh: '个' } };
const at = new Date('2026-01-01T00:00:00Z');

/** A made-up price of a plan, nothing of which is in a database. */
export function madeUpOffer(price: Partial<Price> & { key?: string; rank?: number } = {}): Offer {
  const { key = 'team', rank = 1, ...rest } = price;
  const plan: Plan = { id: key, key, version: 1, versionId: key, name: { en: key, zh: key }, description: name, rank, prices: [], entitlements: [] };
  return { plan, price: { id: key, planVersionId: key, currency: 'USD', interval: 'month', intervalCount: 1, amountMinor: 3_000n, ...rest } };
}

export const perUnit = (unitAmount: string): PriceScheme => ({ kind: 'per_unit', unitAmount });

/** Seats that a price sells beyond those it includes. */
export const seatPrice = (included: bigint, scheme: PriceScheme) => ({ unitPrices: [{ feature: seats.key, included, scheme }] });

export function seatItem(quantity: bigint, pendingQuantity: bigint | null = null): SubscriptionItem {
  return { id: 'item_seats', sold: { kind: 'units', feature: seats }, quantity, pendingQuantity, chargedQuantity: null, createdAt: at };
}

/** An add-on that is sold with every plan at the recurrence and in the currency of the price. */
export function addonItem(quantity: bigint, scheme: PriceScheme, { price }: Offer): SubscriptionItem {
  const addon: Addon = {
    id: 'addon', key: 'storage', version: 1, versionId: 'storage', name: { en: 'Storage', zh: '存储' }, description: name, plans: [], grants: {},
    prices: [{ currency: price.currency, interval: price.interval, intervalCount: price.intervalCount, scheme }],
  };
  return { id: 'item_addon', sold: { kind: 'addon', addon }, quantity, pendingQuantity: null, chargedQuantity: null, createdAt: at };
}

/** A coupon that has counted for the period that starts then; with null, for none yet. */
export function appliedCoupon(coupon: Partial<Coupon>, lastPeriodStart: Date | null): AppliedCoupon {
  return {
    redemptionId: 'rdm', redeemedAt: at, cyclesUsed: lastPeriodStart ? 1 : 0, lastPeriodStart, removedAt: null,
    coupon: { id: 'coup', code: 'TEST', name, percentage: null, amounts: {}, cycles: null, plans: [], expiresAt: null, redemptionCap: null, redeemed: 1, endedAt: null, ...coupon },
  };
}
