import type { Feature } from '../../catalog/catalog';
import { isActive, type Subscription } from '../../subscriptions/subscription';
import { grantOf, type Grant } from '../quota';

type Grants = ReadonlyMap<string, Grant>;

// Goes with the catalog's own objects, so it is never older than they are.
const known = new WeakMap<readonly Feature[], WeakMap<object, Map<string, Grants>>>();
const byKey = new WeakMap<readonly Feature[], ReadonlyMap<string, Feature>>();

function inMap<Key, Value>(map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown }, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** The features by key: one object for all accounts. */
export const featuresByKey = (features: readonly Feature[]): ReadonlyMap<string, Feature> =>
  inMap(byKey, features, () => new Map(features.map((feature) => [feature.key, feature])));

/**
 * What the subscription grants of each feature, without what an account has besides: one object for all accounts that are
 * granted the same, which must not be changed. Whoever bought units or add-ons beside the plan has one of their own.
 */
export function planGrants(features: readonly Feature[], subscription: Subscription | null): Grants {
  const grants = (): Grants => new Map(features.map((feature) => [feature.key, grantOf(feature, subscription, new Date(0))]));
  if (subscription && subscription.items.length > 0) return grants();
  const plans = inMap(known, features, () => new WeakMap<object, Map<string, Grants>>());
  const ofPlan = inMap(plans, subscription?.plan ?? features, () => new Map<string, Grants>());
  const kind = subscription ? `${subscription.price.currency} ${isActive(subscription)}` : '';
  return inMap(ofPlan, kind, grants);
}
