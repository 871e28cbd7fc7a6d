import { fraction } from '../money/money';
import { daysBetween, type Period } from '../time/period';

export const prorationUnits = ['second', 'day'] as const;
/** By what the rest of a period is counted when a price changes in it: a setting of the seller. */
export type ProrationUnit = (typeof prorationUnits)[number];

/** The unit, and the time zone in which days are counted. */
export interface ProrationRule {
  unit: ProrationUnit;
  timeZone: string;
}

export const bySecond: ProrationRule = { unit: 'second', timeZone: 'UTC' };

/** An amount for a period, cut at a moment. The two shares always sum to the amount. */
export interface Shares {
  used: bigint;
  unused: bigint;
}

/** How much of a period is left at a moment, in seconds or days. */
export interface ShareLeft {
  unit: ProrationUnit;
  left: bigint;
  whole: bigint;
}

function unitsBetween(from: Date, to: Date, { unit, timeZone }: ProrationRule): bigint {
  if (unit === 'day') return BigInt(daysBetween(from, to, timeZone));
  return BigInt(Math.floor((to.getTime() - from.getTime()) / 1000));
}

/**
 * What is left of a period at a moment: a second or a day that has begun is not used yet. A moment before the period
 * leaves all of it, one after it nothing. A period within one calendar day is counted by the second.
 */
export function shareLeft(period: Period, at: Date, rule: ProrationRule = bySecond): ShareLeft {
  const whole = unitsBetween(period.start, period.end, rule);
  if (whole <= 0n && rule.unit === 'day') return shareLeft(period, at);
  const passed = unitsBetween(period.start, at, rule);
  const elapsed = passed < 0n ? 0n : passed > whole ? whole : passed;
  return { unit: rule.unit, left: whole - elapsed, whole };
}

/**
 * Splits what a period costs (minor units) at a moment. The unused share is rounded half away from zero, the used share
 * is the rest, so nothing is lost or made.
 */
export function prorate(amountMinor: bigint, period: Period, at: Date, rule: ProrationRule = bySecond): Shares {
  const { left, whole } = shareLeft(period, at, rule);
  const unused = whole === 0n ? 0n : fraction(amountMinor, left, whole);
  return { used: amountMinor - unused, unused };
}
