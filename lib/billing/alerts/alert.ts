/** At which percentages of a limit an account is alerted, unless it chose others. */
export const defaultPercents = [50, 80, 100];

/** How many thresholds a feature may have. */
export const mostPercents = 10;

/** When an account is alerted. */
export interface Thresholds {
  /** Percentages for every feature that has none of its own. */
  everyFeature: number[];
  /** Those of single features; none: never alerted. */
  features: { feature: string; percents: number[] }[];
}

/**
 * What an alert can be about: a counter at a percentage of its limit, money past the limits at a percentage of the spend cap,
 * a cost centre at a percentage of its budget, a limit that is expected to be passed, or much more or less use than usual.
 */
export const alertKinds = ['quota', 'spend', 'budget', 'forecast', 'unusual'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What an account was alerted of. */
export interface Alert {
  id: string;
  kind: AlertKind;
  /** Null: it is about money of all features. */
  feature: string | null;
  /** Of a budget. */
  costCentre: { id: string; name: string } | null;
  /** Set where `used` and `limit` are minor units of money; else they are units of the feature. */
  currency: string | null;
  /** The day with unusual use. */
  day: string | null;
  /** `used` in percent of the limit: of a threshold the percentage that was reached. */
  percent: number;
  /** When it was raised; of a forecast what is expected. */
  used: bigint;
  /** The limit, cap or budget; of unusual use what was usual. */
  limit: bigint;
  /** When the limit begins anew; null for a level and for unusual use. */
  resetsAt: Date | null;
  raisedAt: Date;
  /** When somebody marked it as read. */
  readAt: Date | null;
}

/** An alert of a counter's threshold. */
export type QuotaAlert = Alert & { kind: 'quota'; feature: string };

/** Refused calls of one hour for one reason. */
export interface Violation {
  feature: string;
  reason: string;
  /** Start of the hour on the account's clocks. */
  hour: Date;
  calls: bigint;
  /** Units that were asked for. */
  quantity: bigint;
  firstAt: Date;
  lastAt: Date;
}

/** The percentages that count for the feature. Pure. */
export function percentsFor(thresholds: Thresholds, feature: string): number[] {
  return thresholds.features.find((one) => one.feature === feature)?.percents ?? thresholds.everyFeature;
}

/** Whether `used` has reached the percentage of the limit, exactly. Pure. */
export function isReached(used: bigint, limit: bigint, percent: number): boolean {
  return limit > 0n && used * 100n >= limit * BigInt(percent);
}
