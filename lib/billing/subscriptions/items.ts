import type { Addon, AddonPrice, Entitlement, Feature, Price, UnitPrice } from '../catalog/catalog';
import type { Offer } from './subscription';

/** What a subscription holds beside its plan: units that are sold with it, such as seats, or an add-on. */
export interface SubscriptionItem {
  id: string;
  sold: { kind: 'units'; feature: Feature } | { kind: 'addon'; addon: Addon };
  /** Of units all told, with those that the plan includes. Zero: it is no longer held. */
  quantity: bigint;
  /** The smaller quantity that it falls to when the next period begins; null: it stays. */
  pendingQuantity: bigint | null;
  /** The quantity that the running period is charged by, where more turned out cheaper in all; null: the one that is held. */
  chargedQuantity: bigint | null;
  createdAt: Date;
}

/** The price of further units of the feature, where the price of the plan sells them. */
export function unitPriceOf(price: Price, featureKey: string): UnitPrice | undefined {
  return price.unitPrices?.find(({ feature }) => feature === featureKey);
}

/** The add-on's price beside that price of a plan: the same currency and recurrence. */
export function addonPriceOf(addon: Addon, { plan, price }: Offer): AddonPrice | undefined {
  if (addon.plans.length > 0 && !addon.plans.includes(plan.key)) return undefined;
  return addon.prices.find(
    ({ currency, interval, intervalCount }) => currency === price.currency && interval === price.interval && intervalCount === price.intervalCount,
  );
}

/** Whether it can be held beside that price of a plan. */
export function isSoldWith({ sold }: Pick<SubscriptionItem, 'sold'>, offer: Offer): boolean {
  if (sold.kind === 'units') return unitPriceOf(offer.price, sold.feature.key) !== undefined;
  return addonPriceOf(sold.addon, offer) !== undefined;
}

/** The items on another price or in another period, charged by what is held: what is not sold with the price is no longer held. */
export function itemsOn(items: readonly SubscriptionItem[], offer: Offer): SubscriptionItem[] {
  const charged = items.map((item) => ({ ...item, chargedQuantity: null }));
  return charged.map((item) => (isSoldWith(item, offer) ? item : { ...item, quantity: 0n, pendingQuantity: null }));
}

/** The items once the quantities that wait for the next period have come. */
export function withPendingQuantities(items: readonly SubscriptionItem[]): SubscriptionItem[] {
  return items.map((item) => (item.pendingQuantity === null ? item : { ...item, quantity: item.pendingQuantity, pendingQuantity: null }));
}

/** Of the quantity, the units that are charged: those beyond what the plan includes. */
export function unitsBeyond({ included }: Pick<UnitPrice, 'included'>, quantity: bigint): bigint {
  return quantity > included ? quantity - included : 0n;
}

/** Units of a feature that the items grant beside the plan. */
export function unitsGranted(items: readonly SubscriptionItem[], price: Price, featureKey: string): bigint {
  return items.reduce((sum, { sold, quantity }) => {
    if (sold.kind === 'addon') return sum + quantity * (sold.addon.grants[featureKey] ?? 0n);
    const unitPrice = sold.feature.key === featureKey ? unitPriceOf(price, featureKey) : undefined;
    return unitPrice ? sum + unitsBeyond(unitPrice, quantity) : sum;
  }, 0n);
}

/** What the plan grants together with the items: limits that are higher by their units, and switches that they turn on. */
export function entitlementsWith(entitlements: readonly Entitlement[], items: readonly SubscriptionItem[], price: Price): Entitlement[] {
  if (items.length === 0) return [...entitlements];
  return entitlements.map((entitlement) => {
    const units = unitsGranted(items, price, entitlement.feature.key);
    if (units === 0n) return entitlement;
    return { ...entitlement, enabled: true, limit: entitlement.limit === null ? null : entitlement.limit + units };
  });
}
