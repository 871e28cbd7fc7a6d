import type { Localized } from '../catalog/catalog';

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

/** A threshold that was reached. */
export interface QuotaAlert {
  id: string;
  feature: string;
  /** Percentage of the limit. */
  percent: number;
  /** When it was raised. */
  used: bigint;
  limit: bigint;
  /** When the limit begins anew; null for a level. */
  resetsAt: Date | null;
  raisedAt: Date;
  /** When somebody marked it as read. */
  readAt: Date | null;
}

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

/** What an alert is about, for those who tell it. */
export interface AlertNews extends QuotaAlert {
  featureName: Localized;
  unit: Localized;
  policy: 'block' | 'overage' | 'warn' | null;
}
