import type { Entitlement, Feature, Plan } from '../../catalog/catalog';

/** One feature that a change of plan limits more than before. A quantity of null is unlimited. */
export interface LimitChange {
  feature: Feature;
  before: bigint | null;
  after: bigint | null;
  /** Members of a list feature that are no longer granted. */
  removed: string[];
}

function quantity(granted: Entitlement | undefined): bigint | null {
  if (!granted?.enabled) return 0n;
  return granted.feature.kind === 'boolean' || granted.feature.kind === 'list' ? 1n : granted.limit;
}

const isLess = (one: bigint | null, other: bigint | null): boolean => one !== null && (other === null || one < other);

/** The features of which the plan moved to grants less, in the order of the catalog. */
export function shrinkingLimits(from: Plan, to: Plan): LimitChange[] {
  return from.entitlements.flatMap((granted) => {
    const next = to.entitlements.find(({ feature }) => feature.key === granted.feature.key);
    const kept = next?.enabled ? next.allowed : [];
    const removed = granted.enabled ? granted.allowed.filter((member) => !kept.includes(member)) : [];
    const change = { feature: granted.feature, before: quantity(granted), after: quantity(next), removed };
    return isLess(change.after, change.before) || removed.length > 0 ? [change] : [];
  });
}
