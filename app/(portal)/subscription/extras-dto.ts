import type { ExtraDto, ExtraPriceDto } from '@/components/subscription/extras/types';
import type { Addon, Feature } from '@/lib/billing/catalog/catalog';
import { dearestUnitAmount } from '@/lib/billing/catalog/pricing/rate';
import type { PriceScheme } from '@/lib/billing/catalog/pricing/scheme';
import { addonPriceOf, type SubscriptionItem } from '@/lib/billing/subscriptions/items';
import type { Subscription } from '@/lib/billing/subscriptions/subscription';
import type { Language } from '@/lib/i18n/languages';

function priceOf(scheme: PriceScheme, currency: string): ExtraPriceDto {
  switch (scheme.kind) {
    case 'per_unit': return { kind: 'each', amount: scheme.unitAmount };
    case 'flat': return { kind: 'flat', amount: scheme.amount };
    case 'package': return { kind: 'package', amount: scheme.amount, size: scheme.size.toString() };
    default: return { kind: 'from', amount: dearestUnitAmount(scheme, currency) };
  }
}

const heldOf = (item: SubscriptionItem | undefined, included: bigint) => ({
  included: included.toString(),
  quantity: (item?.quantity ?? included).toString(),
  pendingQuantity: item?.pendingQuantity?.toString() ?? null,
});

/** Everything that is sold beside the plan at its price: units first, then add-ons on offer, and those that are held though they are no longer. */
export function extrasOf(subscription: Subscription, features: readonly Feature[], offered: readonly Addon[], locale: Language): ExtraDto[] {
  const { price, items } = subscription;
  const units = (price.unitPrices ?? []).flatMap(({ feature: key, included, scheme }): ExtraDto[] => {
    const feature = features.find((one) => one.key === key);
    const item = items.find(({ sold, quantity }) => quantity > 0n && sold.kind === 'units' && sold.feature.key === key);
    if (!feature) return [];
    return [{ kind: 'units', key, name: feature.name[locale], description: '', unit: feature.unit[locale], price: priceOf(scheme, price.currency), ...heldOf(item, included) }];
  });
  const held = items.flatMap((item) => (item.quantity > 0n && item.sold.kind === 'addon' ? [{ item, addon: item.sold.addon }] : []));
  const others = offered.filter(({ key }) => !held.some(({ addon }) => addon.key === key)).map((addon) => ({ item: undefined, addon }));
  const addons = [...held, ...others].flatMap(({ item, addon }): ExtraDto[] => {
    const sold = addonPriceOf(addon, subscription);
    if (!sold) return [];
    return [{ kind: 'addon', key: addon.key, name: addon.name[locale], description: addon.description[locale], unit: '', price: priceOf(sold.scheme, price.currency), ...heldOf(item, 0n) }];
  });
  return [...units, ...addons];
}
