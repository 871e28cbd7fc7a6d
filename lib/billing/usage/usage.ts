import type { Feature, LimitPolicy, QuotaReset } from '../catalog/catalog';
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
  | { idempotencyKey: string; status: 'recorded' | 'duplicate'; /** Public id of the event. */ event: string }
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

/** Usage, a level that went up or down, or a correction of an earlier event. */
export type UsageKind = 'usage' | 'level' | 'correction';

/** One recorded piece of usage. */
export interface UsageEvent extends UsageDimensions {
  /** Such as `evt_0f3k…`. */
  id: string;
  kind: UsageKind;
  /** The event that a correction changes; null for the others. */
  corrects: string | null;
  feature: string;
  /** Negative where a level fell or a correction takes away. */
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
  /** What the limit is for: the period, or the newest calendar month or day that it holds. */
  reset: QuotaReset;
  /** Units counted against the limit. */
  used: bigint;
  /** Units of open reservations and leases. */
  held: bigint;
  /** Null: unlimited, or not included. */
  limit: bigint | null;
  policy: LimitPolicy | null;
  remaining: bigint | null;
  overage: bigint | null;
  /** Units and events of the whole period; to the hour where the limit is for a month or day. */
  total: bigint;
  events: bigint;
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

/** Use of one feature in one hour (its first moment), day (`2026-11-21`) or month (`2026-11`). */
export interface UsagePoint {
  at: string;
  /** Units used; of a level, where it stood at the end. */
  quantity: bigint;
  events: bigint;
}

export interface UsageSeries {
  feature: Feature;
  /** Units used; of a level, where it stood at the end. */
  total: bigint;
  /** One a day, hour or month of the range, those without usage too. */
  points: UsagePoint[];
}
