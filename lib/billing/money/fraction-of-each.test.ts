import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionOfEach } from './fraction-of-each';
import { fraction } from './money';

describe('a fraction of each amount', () => {
  it('gives the units left over to the largest remainders', () => {
    // 19 % of 1.00 three times: 0.57 in all.
    expect(fractionOfEach([100n, 100n, 100n], 19n, 100n)).toEqual([19n, 19n, 19n]);
    // 5 % of 0.10, 0.10, 0.10 is 0.015, rounded 0.02.
    expect(fractionOfEach([10n, 10n, 10n], 5n, 100n)).toEqual([1n, 1n, 0n]);
    // A discount bears its share too: 7 % of 99.99 − 9.99 = 6.30.
    expect(fractionOfEach([9999n, -999n], 7n, 100n)).toEqual([700n, -70n]);
    expect(fractionOfEach([], 1n, 2n)).toEqual([]);
  });

  it('refuses a fraction that is none', () => {
    expect(() => fractionOfEach([1n], 1n, 0n)).toThrow(RangeError);
    expect(() => fractionOfEach([1n], -1n, 2n)).toThrow(RangeError);
  });

  it('sums to the fraction of the whole, each part less than a unit off its exact share', () => {
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), { maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (list, numerator, denominator) => {
        const parts = fractionOfEach(list, numerator, denominator);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(fraction(list.reduce((sum, amount) => sum + amount, 0n), numerator, denominator));
        for (const [index, part] of parts.entries()) {
          const distance = part * denominator - list[index]! * numerator;
          expect(distance < denominator && distance > -denominator).toBe(true);
        }
      }),
    );
  });
});
