import type { Recurrence } from '../time/period';

/** `rate` is a feature that only its rates limit. */
export type FeatureKind = 'metered' | 'rate' | 'level' | 'boolean' | 'list';
/** Past the limit: refuse, accept and charge, or accept and warn. */
export type LimitPolicy = 'block' | 'overage' | 'warn';

/** When a limit begins anew: with the quota period, with the calendar month or day of the account's time zone, or never. */
export type QuotaReset = 'period' | 'month' | 'day' | 'never';
export type RateWindow = 'second' | 'minute' | 'hour' | 'day';

/** No more than so many units within any stretch of that length. */
export interface RateLimit {
  window: RateWindow;
  quantity: bigint;
}

/** A text in both languages of the product. */
export interface Localized {
  en: string;
  zh: string;
}

export interface Feature {
  key: string;
  kind: FeatureKind;
  name: Localized;
  unit: Localized;
}

/** What a plan version grants of one feature. */
export interface Entitlement {
  feature: Feature;
  /** Units a period (metered) or at once (level); null: unlimited. */
  limit: bigint | null;
  enabled: boolean;
  allowed: string[];
  policy: LimitPolicy;
  reset: QuotaReset;
  /** What was left of the limit is added to the next one, up to this; null: nothing is. */
  rolloverCap: bigint | null;
  /** Short windows first, at most one of each. */
  rates: RateLimit[];
  /** Exact price in major units of one unit past the limit, by currency. */
  overage: Record<string, string>;
}

export interface Price extends Recurrence {
  id: string;
  planVersionId: string;
  currency: string;
  amountMinor: bigint;
}

/** A plan as it is offered (its newest version) or as it was sold (the version of a subscription). */
export interface Plan {
  id: string;
  key: string;
  version: number;
  versionId: string;
  name: Localized;
  description: Localized;
  /** Orders plans from small to large; a move to a higher rank is an upgrade. */
  rank: number;
  prices: Price[];
  entitlements: Entitlement[];
}

/** The readable form in which a catalog is written down: see `default-catalog.ts`. */
export interface CatalogDefinition {
  features: { key: string; kind: FeatureKind; name: Localized; unit?: Localized }[];
  plans: PlanDefinition[];
}

export interface PlanDefinition {
  key: string;
  rank: number;
  name: Localized;
  description: Localized;
  prices: { currency: string; interval: Recurrence['interval']; intervalCount?: number; amountMinor: bigint }[];
  entitlements: Record<string, EntitlementDefinition>;
}

export interface EntitlementDefinition {
  limit?: bigint | null;
  enabled?: boolean;
  allowed?: string[];
  policy?: LimitPolicy;
  /** `period` unless said. */
  reset?: QuotaReset;
  rolloverCap?: bigint | null;
  rates?: RateLimit[];
  overage?: Record<string, string>;
}
