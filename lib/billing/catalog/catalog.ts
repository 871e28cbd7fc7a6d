import type { Recurrence } from '../time/period';
import type { PriceScheme } from './pricing/scheme';

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
  /** Exact price in major units of one unit past the limit, by currency; of a scheme the most that a unit costs. */
  overage: Record<string, string>;
  /** How use past the limit is priced where each unit does not simply cost the same, by currency. */
  overageSchemes?: Record<string, PriceScheme>;
}

/** Units that are sold with a plan beyond those it includes, such as seats. */
export interface UnitPrice {
  feature: string;
  /** Units that the price of the plan includes. */
  included: bigint;
  /** The price of a period for the units beyond them. */
  scheme: PriceScheme;
}

export interface Price extends Recurrence {
  id: string;
  planVersionId: string;
  currency: string;
  amountMinor: bigint;
  /** Charged once, at the first paid purchase of the plan. */
  setupFeeMinor?: bigint;
  /** What the charges of a period come to at least, usage among them. */
  minimumMinor?: bigint | null;
  unitPrices?: UnitPrice[];
}

/** When a trial asks for a way to pay: before it begins, before it becomes paid, or never. */
export type TrialPaymentMethod = 'at_start' | 'at_end' | 'never';

/** Days that the first purchase of an account is free. */
export interface Trial {
  days: number;
  paymentMethod: TrialPaymentMethod;
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
  trial?: Trial | null;
}

export interface AddonPrice extends Recurrence {
  currency: string;
  /** The price of a period for the quantity that is held. */
  scheme: PriceScheme;
}

/** Something sold beside a plan, as it is offered or as it was sold. */
export interface Addon {
  id: string;
  key: string;
  version: number;
  versionId: string;
  name: Localized;
  description: Localized;
  /** Plans that it may be added to; empty: all. */
  plans: string[];
  prices: AddonPrice[];
  /** Units of each feature that one of it grants; of a switch, that it is on. */
  grants: Record<string, bigint>;
}

/** The readable form in which a catalog is written down: see `default-catalog.ts`. */
export interface CatalogDefinition {
  features: { key: string; kind: FeatureKind; name: Localized; unit?: Localized }[];
  plans: PlanDefinition[];
  addons?: AddonDefinition[];
}

export interface AddonDefinition {
  key: string;
  name: Localized;
  description: Localized;
  /** Every plan unless said. */
  plans?: string[];
  prices: { currency: string; interval: Recurrence['interval']; intervalCount?: number; scheme: PriceScheme }[];
  grants?: Record<string, bigint>;
}

export interface PriceDefinition {
  currency: string;
  interval: Recurrence['interval'];
  intervalCount?: number;
  amountMinor: bigint;
  setupFeeMinor?: bigint;
  minimumMinor?: bigint | null;
  unitPrices?: UnitPrice[];
}

export interface PlanDefinition {
  key: string;
  rank: number;
  name: Localized;
  description: Localized;
  prices: PriceDefinition[];
  entitlements: Record<string, EntitlementDefinition>;
  trial?: Trial | null;
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
  /** The price of one unit past the limit, or a scheme, by currency. */
  overage?: Record<string, string | PriceScheme>;
}
