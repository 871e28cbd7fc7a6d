import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCurrency, minorUnitDigits } from './currencies';
import { Exact, fraction, priceOf, roundToMinor, toMajor } from './money';

describe('the minor unit of a currency', () => {
  it.each([['USD', 2], ['EUR', 2], ['CNY', 2], ['JPY', 0], ['KRW', 0], ['KWD', 3], ['TND', 3]])('%s has %i digits', (currency, digits) => {
    expect(minorUnitDigits(currency)).toBe(digits);
  });

  it('is unknown for what is no currency', () => {
    expect(isCurrency('XYZ')).toBe(false);
    expect(() => minorUnitDigits('usd')).toThrow(RangeError);
  });
});

describe('the price of a quantity', () => {
  it.each([
    [1n, '0.005', 'USD', 1n],
    [1n, '0.0049', 'USD', 0n],
    [3n, '0.005', 'USD', 2n],
    [250_000n, '0.000012', 'USD', 300n],
    [3n, '0.5', 'JPY', 2n],
    [3n, '0.0005', 'KWD', 2n],
    [-1n, '0.005', 'USD', -1n],
    [9_007_199_254_740_993n, '0.01', 'USD', 9_007_199_254_740_993n],
  ])('%s × %s %s is %s', (quantity, unitAmount, currency, minor) => {
    expect(priceOf(quantity, unitAmount, currency)).toBe(minor);
  });
});

describe('amounts in major units', () => {
  it.each([[2999n, 'USD', '29.99'], [-5n, 'USD', '-0.05'], [2999n, 'JPY', '2999'], [1n, 'KWD', '0.001'], [0n, 'USD', '0.00']])('%s %s is %s', (minor, currency, major) => {
    expect(toMajor(minor, currency)).toBe(major);
  });

  it('come back to the same minor units, however large', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
        expect(roundToMinor(new Exact(toMajor(minor, currency)), currency)).toBe(minor);
      }),
    );
  });
});

describe('a fraction of an amount', () => {
  it.each([[10n, 1n, 3n, 3n], [10n, 1n, 4n, 3n], [-10n, 1n, 4n, -3n], [10n, 2n, 3n, 7n], [0n, 5n, 7n, 0n]])('%s × %s / %s is %s', (amount, top, bottom, result) => {
    expect(fraction(amount, top, bottom)).toBe(result);
  });

  it('is never more than half a unit off', () => {
    const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (amount, top, bottom) => {
        const distance = fraction(amount, top, bottom) * bottom - amount * top;
        expect(distance * 2n <= bottom && distance * 2n >= -bottom).toBe(true);
      }),
    );
  });

  it('has no denominator of zero', () => {
    expect(() => fraction(1n, 1n, 0n)).toThrow(RangeError);
  });
});
