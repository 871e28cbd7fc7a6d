import Decimal from 'decimal.js';
import { minorUnitDigits } from './currencies';

/** Exact arithmetic for unit prices: 60 significant digits, halves away from zero. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });
export type Exact = Decimal;

/** An amount in the smallest unit of its currency: 2999 USD is 29.99 dollars, 2999 JPY is 2999 yen. */
export interface Money {
  minor: bigint;
  currency: string;
}

/** `quantity` × `unitAmount` (major units, exact) in minor units, rounded once, half away from zero. */
export function priceOf(quantity: bigint, unitAmount: Decimal.Value, currency: string): bigint {
  const major = new Exact(quantity.toString()).times(new Exact(unitAmount));
  return roundToMinor(major, currency);
}

/** An exact amount of major units as minor units, rounded half away from zero. */
export function roundToMinor(major: Decimal, currency: string): bigint {
  return BigInt(major.times(new Exact(10).pow(minorUnitDigits(currency))).toFixed(0, Decimal.ROUND_HALF_UP));
}

/** Minor units as an exact decimal string of major units: `(2999n, 'USD')` is `29.99`. */
export function toMajor(minor: bigint, currency: string): string {
  const digits = minorUnitDigits(currency);
  return new Exact(minor.toString()).div(new Exact(10).pow(digits)).toFixed(digits);
}

/** `amount` × `numerator` / `denominator`, rounded half away from zero. Throws on a denominator of zero. */
export function fraction(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('A fraction needs a denominator other than zero.');
  const product = amount * numerator;
  const negative = product < 0n !== denominator < 0n;
  const top = product < 0n ? -product : product;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -rounded : rounded;
}
