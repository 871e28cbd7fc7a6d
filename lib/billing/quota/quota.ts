import type { Entitlement, Feature, LimitPolicy } from '../catalog/catalog';
import { isActive, type Subscription } from '../subscriptions/subscription';
import type { RefusalReason } from './engine/meter-item';

export type { RefusalReason };

/** What an account is granted of one feature at a moment. */
export interface Grant {
  feature: Feature;
  /** Why nothing at all is granted, or null. */
  refusal: RefusalReason | null;
  enabled: boolean;
  /** Units a period (metered) or at once (level); null: unlimited, or not counted. */
  limit: bigint | null;
  /** Null when the feature is not included. */
  policy: LimitPolicy | null;
  /** The members of a list feature. */
  allowed: string[];
}

/** How one feature stands. `used`, `remaining` and `overage` are null for features that are not counted. */
export interface Quota {
  feature: Feature;
  enabled: boolean;
  reason: RefusalReason | null;
  limit: bigint | null;
  policy: LimitPolicy | null;
  allowed: string[];
  used: bigint | null;
  /** Null: unlimited or not counted. */
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
  remaining: bigint | null;
  overage: bigint | null;
  resetsAt: Date | null;
}

/** What the subscription grants of the feature. Pure. */
export function grantOf(feature: Feature, subscription: Subscription | null): Grant {
  const nothing = { feature, enabled: false, limit: null, policy: null, allowed: [] };
  if (!subscription) return { ...nothing, refusal: 'no_subscription' };
  const entitlement: Entitlement | undefined = subscription.plan.entitlements.find((one) => one.feature.key === feature.key);
  if (!entitlement || !entitlement.enabled) return { ...nothing, refusal: 'feature_not_included' };
  return {
    feature,
    refusal: isActive(subscription) ? null : 'subscription_paused',
    enabled: true,
    limit: entitlement.limit,
    policy: entitlement.policy,
    allowed: entitlement.allowed,
  };
}

/** The total that a counter must not pass: the limit where it blocks, nothing at all where nothing is granted, else null. */
export function ceilingOf(grant: Grant): bigint | null {
  if (grant.refusal) return 0n;
  return grant.policy === 'block' ? grant.limit : null;
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);

/** What is left of the limit and what is past it; both null without a limit. */
export function standing(limit: bigint | null, used: bigint): { remaining: bigint | null; overage: bigint | null } {
  if (limit === null) return { remaining: null, overage: null };
  return { remaining: atLeastZero(limit - used), overage: atLeastZero(used - limit) };
}
