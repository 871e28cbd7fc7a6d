import type { Feature, LimitPolicy } from '../catalog/catalog';
import type { Quota } from '../quota/quota';
import type { Period } from '../time/period';
import type { UsageDimensions } from '../quota/engine/meter-item';

/** A piece of usage that has happened. */
export interface NewUsage extends UsageDimensions {
  feature: string;
  /** Units; 1 unless said. */
  quantity?: bigint;
  /** When it happened; now unless said. */
  occurredAt?: Date;
  /** Sent again with the same key it counts once. */
  idempotencyKey: string;
}

/** What became of one piece of usage. */
export type UsageReceipt =
  | { idempotencyKey: string; status: 'recorded' | 'duplicate' }
  | { idempotencyKey: string; status: 'refused'; code: UsageRefusal };

export type UsageRefusal =
  | 'unknown_feature'
  | 'feature_not_metered'
  | 'event_too_old'
  | 'event_in_future'
  | 'idempotency_key_reused'
  | 'counter_overflow';

/** How far ahead of our clock a product's clock may be. */
export const clockTolerance = 5 * 60_000;

/** One recorded piece of usage. */
export interface UsageEvent extends UsageDimensions {
  id: string;
  feature: string;
  quantity: bigint;
  occurredAt: Date;
  recordedAt: Date;
  idempotencyKey: string | null;
}

/** How much of one feature was used in a period, against what the plan gave then. */
export interface FeatureUsage {
  feature: Feature;
  /** False when the plan did not include the feature. */
  included: boolean;
  used: bigint;
  events: bigint;
  /** Null: unlimited, or not included. */
  limit: bigint | null;
  policy: LimitPolicy | null;
  remaining: bigint | null;
  overage: bigint | null;
}

export interface UsageSummary {
  period: Period;
  /** True when the period holds the present moment, so that its figures still move. */
  running: boolean;
  /** Start of the running period. */
  runningStart: Date;
  timeZone: string;
  /** The metered features, in the order of the catalog. */
  items: FeatureUsage[];
  /** Levels, switches and lists of the plan as it is now; only with the running period. */
  grants: Quota[];
  /** Every period with usage and the running one, newest first. */
  periods: Period[];
}

/** Quantity of one feature in one day (`2026-11-21`) or one hour (its first moment). */
export interface UsagePoint {
  at: string;
  quantity: bigint;
  events: bigint;
}

export interface UsageSeries {
  feature: Feature;
  total: bigint;
  /** One a day or hour of the range, those without usage too. */
  points: UsagePoint[];
}
