import { DomainError, type FieldIssue } from '@/lib/core/errors';
import type { EntitlementDefinition, Feature, PlanDefinition, PriceDefinition } from './catalog';

const rhythmOf = ({ currency, interval, intervalCount = 1 }: PriceDefinition): string => `${currency} every ${intervalCount} ${interval}`;

function priceIssues(plan: PlanDefinition, features: ReadonlyMap<string, Feature>): FieldIssue[] {
  const seen = new Set<string>();
  return plan.prices.flatMap((price, index) => {
    const issues: FieldIssue[] = [];
    if (seen.has(rhythmOf(price))) issues.push({ field: `prices.${index}`, message: `There is another price in ${rhythmOf(price)}: name each once.` });
    seen.add(rhythmOf(price));
    const sold = new Set<string>();
    for (const [place, { feature, included }] of (price.unitPrices ?? []).entries()) {
      const field = `prices.${index}.unitPrices.${place}.feature`;
      const granted = plan.entitlements[feature];
      if (features.get(feature)?.kind !== 'level') issues.push({ field, message: `Units are sold of levels only, such as seats: "${feature}" is none.` });
      else if (!granted || granted.enabled === false) issues.push({ field, message: `The plan grants no "${feature}", so no units of it can be sold. Add an entitlement.` });
      else if (typeof granted.limit === 'bigint' && granted.limit !== included) issues.push({ field, message: `The plan's limit of "${feature}" is ${granted.limit}: include as many units, so that what is paid for is what is granted.` });
      if (sold.has(feature)) issues.push({ field, message: `Units of "${feature}" have another price already: name each once.` });
      sold.add(feature);
    }
    return issues;
  });
}

function entitlementIssues(key: string, granted: EntitlementDefinition, plan: PlanDefinition, feature: Feature | undefined): FieldIssue[] {
  const field = `entitlements.${key}`;
  if (!feature) return [{ field, message: `The catalog has no feature "${key}".` }];
  if (granted.policy !== 'overage') return [];
  if (feature.kind !== 'metered') return [{ field: `${field}.policy`, message: 'Use past the limit is charged of metered features only.' }];
  const missing = [...new Set(plan.prices.map(({ currency }) => currency))].filter((currency) => granted.overage?.[currency] === undefined);
  return missing.map((currency) => ({ field: `${field}.overage.${currency}`, message: `Name a price past the limit in ${currency}, in which the plan is sold.` }));
}

/** Throws `invalid_request` with every field that keeps the plan from being sold as it is written. */
export function assertSellable(plan: PlanDefinition, features: readonly Feature[]): void {
  const byKey = new Map(features.map((feature) => [feature.key, feature]));
  const issues = [
    ...priceIssues(plan, byKey),
    ...Object.entries(plan.entitlements).flatMap(([key, granted]) => entitlementIssues(key, granted, plan, byKey.get(key))),
  ];
  if (issues.length > 0) throw new DomainError('invalid_request', undefined, { issues });
}
