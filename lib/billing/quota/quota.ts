import type { Entitlement, Feature, LimitPolicy, QuotaReset, RateLimit, RateWindow } from '../catalog/catalog';
import { entitlementsWith } from '../subscriptions/items';
import { isActive, type Subscription } from '../subscriptions/subscription';
import type { Period } from '../time/period';
import { noAdjustments, type Adjustments } from './adjustments/adjustment';
import type { RefusalReason } from './engine/meter-item';

export type { RefusalReason };

/** What an account is granted of one feature at a moment. */
export interface Grant {
  feature: Feature;
  /** Why nothing at all is granted, or null. */
  refusal: RefusalReason | null;
  enabled: boolean;
  /** Units a period (metered) or at once (level), all told; null: unlimited, or not counted. */
  limit: bigint | null;
  /** Null when the feature is not included. */
  policy: LimitPolicy | null;
  /** The members of a list feature. */
  allowed: string[];
  reset: QuotaReset;
  rates: readonly RateLimit[];
  rolloverCap: bigint | null;
  /** Exact price in major units of one unit past the limit, where it is charged. */
  overageAmount: string | null;
}

/** One limit of pace and how it stands. */
export interface RateStanding {
  window: RateWindow;
  limit: bigint;
  /** Units taken within the window that ends now. */
  used: bigint;
  remaining: bigint;
}

/** How one feature stands. `used`, `held`, `remaining` and `overage` are null for features that are not counted. */
export interface Quota {
  feature: Feature;
  enabled: boolean;
  reason: RefusalReason | null;
  limit: bigint | null;
  policy: LimitPolicy | null;
  allowed: string[];
  /** When the limit begins anew; null for features that are not metered. */
  reset: QuotaReset | null;
  rates: RateStanding[];
  used: bigint | null;
  /** Units of open reservations and leases. */
  held: bigint | null;
  /** What is left of the limit beside what is used and held. Null: unlimited or not counted. */
  remaining: bigint | null;
  /** Units past the limit. */
  overage: bigint | null;
  /** When a metered limit begins anew. */
  resetsAt: Date | null;
}

/** The answer to "may this happen?". */
export interface Decision {
  feature: string;
  allowed: boolean;
  /** Null when allowed. */
  reason: RefusalReason | null;
  quantity: bigint;
  policy: LimitPolicy | null;
  limit: bigint | null;
  used: bigint | null;
  held: bigint | null;
  remaining: bigint | null;
  overage: bigint | null;
  resetsAt: Date | null;
  /** When refused for its pace: whole seconds until there is room again. Null: not so, or there never will be. */
  retryAfterSeconds: number | null;
  /** Public id of the event that was recorded, by which it can be voided or corrected. */
  event: string | null;
}

/** Whether usage of it is added up in a counter. */
export const isCounted = ({ kind }: Feature): boolean => kind === 'metered' || kind === 'rate' || kind === 'level';

/** What the plan of the subscription grants of the feature, with the units that are sold beside it; null where it grants nothing. */
export function entitlementOf(feature: Feature, subscription: Subscription | null): Entitlement | null {
  if (!subscription) return null;
  const granted = subscription.plan.entitlements.filter((one) => one.feature.key === feature.key);
  const [entitlement] = entitlementsWith(granted, subscription.items, subscription.price);
  return entitlement?.enabled ? entitlement : null;
}

/** When its counter begins anew: levels never, features that only rates limit with the quota period. */
export function resetOf(feature: Feature, subscription: Subscription | null): QuotaReset {
  if (feature.kind === 'level') return 'never';
  return feature.kind === 'metered' ? (entitlementOf(feature, subscription)?.reset ?? 'period') : 'period';
}

/** The counter that a limit is asked for. */
export interface CountedPeriod {
  period: Period;
  /** Units that the period before left over. */
  rolledOver: bigint;
}

/**
 * The limit at the moment: the override or else the plan's, with the boosts and what rolled over. What ends takes the units
 * away at its end where the limit blocks. Where usage past the limit is charged or warned of, it counts to the end of the
 * period: nothing that was within the limit is charged in hindsight. Null: unlimited. Pure.
 */
export function limitAt(entitlement: Pick<Entitlement, 'feature' | 'limit' | 'policy' | 'rolloverCap'>, adjustments: Adjustments, counted: CountedPeriod, moment: Date): bigint | null {
  const { key, kind } = entitlement.feature;
  const lasts = (endsAt: Date | null): boolean =>
    endsAt === null || endsAt > moment || (kind !== 'level' && entitlement.policy !== 'block' && endsAt > counted.period.start);
  const override = adjustments.overrides.find(({ feature, endsAt }) => feature === key && lasts(endsAt));
  const base = override ? override.limit : entitlement.limit;
  if (base === null) return null;
  const boosts = adjustments.boosts.filter(({ feature, startsAt, endsAt }) => feature === key && startsAt <= moment && lasts(endsAt));
  const rolledOver = entitlement.rolloverCap === null ? 0n : counted.rolledOver;
  return boosts.reduce((sum, { quantity }) => sum + quantity, base + rolledOver);
}

/** What the subscription grants of the feature at the moment, with what the account has besides. Pure. */
export function grantOf(
  feature: Feature,
  subscription: Subscription | null,
  moment: Date,
  adjustments: Adjustments = noAdjustments,
  counted: CountedPeriod = { period: { start: moment, end: moment }, rolledOver: 0n },
): Grant {
  const reset = resetOf(feature, subscription);
  const nothing = { feature, enabled: false, limit: null, policy: null, allowed: [], reset, rates: [], rolloverCap: null, overageAmount: null };
  if (!subscription) return { ...nothing, refusal: 'no_subscription' };
  const refusal = isActive(subscription) ? null : 'subscription_paused';
  const entitlement = entitlementOf(feature, subscription);
  if (!entitlement) {
    const policy = 'block' as const;
    const overridden = adjustments.overrides.some((override) => override.feature === feature.key && (override.endsAt === null || override.endsAt > moment));
    if (!overridden) return { ...nothing, refusal: 'feature_not_included' };
    const limit = limitAt({ feature, limit: 0n, policy, rolloverCap: null }, adjustments, counted, moment);
    return { ...nothing, refusal, enabled: true, policy, limit };
  }
  const { policy, allowed, rates, rolloverCap, overage } = entitlement;
  const limit = isCounted(feature) ? limitAt(entitlement, adjustments, counted, moment) : entitlement.limit;
  const overageAmount = policy === 'overage' && feature.kind === 'metered' ? (overage[subscription.price.currency] ?? null) : null;
  return { feature, refusal, enabled: true, limit, policy, allowed, reset, rates, rolloverCap, overageAmount };
}

/** The total that a counter must not pass: the limit where it blocks, nothing at all where nothing is granted, else null. */
export function ceilingOf(grant: Pick<Grant, 'refusal' | 'policy' | 'limit'>): bigint | null {
  if (grant.refusal) return 0n;
  return grant.policy === 'block' ? grant.limit : null;
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);

/** What is left of the limit beside what is used and held, and what is past it; both null without a limit. */
export function standing(limit: bigint | null, used: bigint, held = 0n): { remaining: bigint | null; overage: bigint | null } {
  if (limit === null) return { remaining: null, overage: null };
  return { remaining: atLeastZero(limit - used - held), overage: atLeastZero(used - limit) };
}
