import type { Entitlement, Feature, Plan, QuotaReset, RateWindow } from '../../catalog/catalog';

/** One feature that a change of plan limits more than before. A quantity of null is unlimited. */
export interface LimitChange {
  feature: Feature;
  before: bigint | null;
  after: bigint | null;
  /** The stretch of time that both are for, where it is a limit of pace that shrinks. */
  window: RateWindow | null;
  /** What each is for, where that is not the same. */
  resets: { before: QuotaReset; after: QuotaReset } | null;
  /** Members of a list feature that are no longer granted. */
  removed: string[];
}

function quantity(granted: Entitlement | undefined): bigint | null {
  if (!granted?.enabled) return 0n;
  const { kind } = granted.feature;
  return kind === 'boolean' || kind === 'list' || kind === 'rate' ? 1n : granted.limit;
}

/** The first window in which the plan moved to allows less, with what each allows. */
function slowerPace(from: Entitlement, to: Entitlement): Pick<LimitChange, 'before' | 'after' | 'window'> | null {
  for (const { window, quantity: before } of from.rates) {
    const next = to.rates.find((rate) => rate.window === window);
    if (next && next.quantity < before) return { before, after: next.quantity, window };
  }
  return null;
}

const isLess = (one: bigint | null, other: bigint | null): boolean => one !== null && (other === null || one < other);

/** The features of which the plan moved to grants less, in the order of the catalog. */
export function shrinkingLimits(from: Plan, to: Plan): LimitChange[] {
  return from.entitlements.flatMap((granted): LimitChange[] => {
    const next = to.entitlements.find(({ feature }) => feature.key === granted.feature.key);
    const kept = next?.enabled ? next.allowed : [];
    const removed = granted.enabled ? granted.allowed.filter((member) => !kept.includes(member)) : [];
    const stays = granted.enabled && next?.enabled ? next : null;
    const resets = stays && stays.reset !== granted.reset ? { before: granted.reset, after: stays.reset } : null;
    const change = { feature: granted.feature, before: quantity(granted), after: quantity(next), window: null, resets, removed };
    if (isLess(change.after, change.before) || removed.length > 0) return [change];
    const slower = stays && slowerPace(granted, stays);
    return slower ? [{ ...change, ...slower, resets: null }] : [];
  });
}
