import { DomainError } from '@/lib/core/errors';
import type { Entitlement, Localized } from '../catalog/catalog';
import { averageUnitAmount, rate } from '../catalog/pricing/rate';
import type { Period } from '../time/period';
import type { DraftLine } from './invoice';

const englishNumber = new Intl.NumberFormat('en-US');
const chineseNumber = new Intl.NumberFormat('zh-CN');

function descriptionOf({ feature }: Entitlement, limit: bigint): Localized {
  if (limit === 0n) return feature.name;
  const chineseUnit = feature.unit.zh === '' ? '' : ` ${feature.unit.zh}`;
  return {
    en: `${feature.name.en} beyond the ${englishNumber.format(limit)} included`,
    zh: `${feature.name.zh}（超出套餐内含的 ${chineseNumber.format(limit)}${chineseUnit}）`,
  };
}

/**
 * The charge for what was used past the limits in one quota period, a line for each feature that the plan lets run over.
 * `used` holds the whole use of the period by feature key. Each line is priced exactly and rounded once; a line by tiers or
 * packages shows what a unit costs on average, and its working.
 * Throws `price_not_offered` when a feature runs over that has no price in the currency.
 */
export function usageLines(entitlements: readonly Entitlement[], used: ReadonlyMap<string, bigint>, period: Period, currency: string): DraftLine[] {
  return entitlements.flatMap((entitlement) => {
    const { feature, limit, policy, overage, overageSchemes, enabled } = entitlement;
    if (feature.kind !== 'metered' || policy !== 'overage' || !enabled || limit === null) return [];
    const over = (used.get(feature.key) ?? 0n) - limit;
    if (over <= 0n) return [];
    const unitAmount = overage[currency];
    if (unitAmount === undefined) {
      throw new DomainError('price_not_offered', `${feature.name.en} has no price past its limit in ${currency}.`);
    }
    const scheme = overageSchemes?.[currency];
    const rated = rate(scheme ?? { kind: 'per_unit', unitAmount }, over, currency);
    return [{
      kind: 'usage',
      description: descriptionOf(entitlement, limit),
      featureKey: feature.key,
      quantity: over,
      unitAmount: scheme ? averageUnitAmount(rated, over) : unitAmount,
      amountMinor: rated.amountMinor,
      period,
      ...(scheme && { working: rated.steps }),
    }];
  });
}
