import { fraction } from '../money/money';
import type { Period } from '../time/period';

/** An amount for a period, cut at a moment. The two shares always sum to the amount. */
export interface Shares {
  used: bigint;
  unused: bigint;
}

const wholeSeconds = (from: Date, to: Date): bigint => BigInt(Math.floor((to.getTime() - from.getTime()) / 1000));

/**
 * Splits what a period costs (minor units) at a moment, to the second: a second that has begun is not used yet. A moment
 * before the period leaves all of it unused, one after it nothing. The unused share is rounded half away from zero, the
 * used share is the rest, so nothing is lost or made.
 */
export function prorate(amountMinor: bigint, period: Period, at: Date): Shares {
  const length = wholeSeconds(period.start, period.end);
  const passed = wholeSeconds(period.start, at);
  const elapsed = passed < 0n ? 0n : passed > length ? length : passed;
  const unused = length === 0n ? 0n : fraction(amountMinor, length - elapsed, length);
  return { used: amountMinor - unused, unused };
}
