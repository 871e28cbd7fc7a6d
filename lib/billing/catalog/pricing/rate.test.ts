import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact } from '../../money/money';
import { averageUnitAmount, dearestUnitAmount, rate } from './rate';
import type { PriceScheme, Tier } from './scheme';

const tiers: Tier[] = [
  { upTo: 100n, unitAmount: '0.10' },
  { upTo: 1_000n, unitAmount: '0.05' },
  { upTo: null, unitAmount: '0.01' },
];
const graduated: PriceScheme = { kind: 'graduated', tiers };
const volume: PriceScheme = { kind: 'volume', tiers };
const entered: Tier[] = [{ upTo: 10n, unitAmount: '0', flatAmount: '5' }, { upTo: null, unitAmount: '1', flatAmount: '2.50' }];

interface Example {
  what: string;
  scheme: PriceScheme;
  quantity: bigint;
  currency?: string;
  minor: bigint;
}

/** The arithmetic stands above each example, in major units. */
const examples: Example[] = [
  // 3 × 0.005 = 0.015 → 0.02
  { what: 'per unit, half a cent up', scheme: { kind: 'per_unit', unitAmount: '0.005' }, quantity: 3n, minor: 2n },
  // 1 × 0.000000000001, far below a cent
  { what: 'a trillionth', scheme: { kind: 'per_unit', unitAmount: '0.000000000001' }, quantity: 1n, minor: 0n },
  // 10¹³ × 10⁻¹² = 10.00
  { what: 'ten trillion times a trillionth', scheme: { kind: 'per_unit', unitAmount: '0.000000000001' }, quantity: 10n ** 13n, minor: 1_000n },
  // 49.00 however many
  { what: 'flat', scheme: { kind: 'flat', amount: '49' }, quantity: 12n, minor: 4_900n },
  // 1 unit begins one package of 100: 2.00
  { what: 'one unit of a package', scheme: { kind: 'package', size: 100n, amount: '2' }, quantity: 1n, minor: 200n },
  // 100 / 100 = 1 package: 2.00
  { what: 'exactly a package', scheme: { kind: 'package', size: 100n, amount: '2' }, quantity: 100n, minor: 200n },
  // 101 / 100 → 2 packages: 4.00
  { what: 'one unit past a package', scheme: { kind: 'package', size: 100n, amount: '2' }, quantity: 101n, minor: 400n },
  // 100 × 0.10 = 10.00
  { what: 'graduated, the last unit of the first tier', scheme: graduated, quantity: 100n, minor: 1_000n },
  // 100 × 0.10 + 1 × 0.05 = 10.05
  { what: 'graduated, the first unit of the second tier', scheme: graduated, quantity: 101n, minor: 1_005n },
  // 100 × 0.10 + 900 × 0.05 = 55.00
  { what: 'graduated, the last unit of the second tier', scheme: graduated, quantity: 1_000n, minor: 5_500n },
  // 55.00 + 1 × 0.01 = 55.01
  { what: 'graduated, the first unit of the last tier', scheme: graduated, quantity: 1_001n, minor: 5_501n },
  // 100 × 0.10 = 10.00
  { what: 'volume, the last unit of the first tier', scheme: volume, quantity: 100n, minor: 1_000n },
  // All 101 × 0.05 = 5.05: cheaper than 100 are
  { what: 'volume, the first unit of the second tier', scheme: volume, quantity: 101n, minor: 505n },
  // All 1 001 × 0.01 = 10.01
  { what: 'volume, the first unit of the last tier', scheme: volume, quantity: 1_001n, minor: 1_001n },
  // 5 for the first ten, whatever the number
  { what: 'a flat tier', scheme: { kind: 'graduated', tiers: entered }, quantity: 10n, minor: 500n },
  // 5 + (2.50 + 1 × 1) = 8.50
  { what: 'a tier with a price for entering it', scheme: { kind: 'graduated', tiers: entered }, quantity: 11n, minor: 850n },
  // By volume the whole falls into the second tier: 2.50 + 11 × 1 = 13.50
  { what: 'volume with a price for entering', scheme: { kind: 'volume', tiers: entered }, quantity: 11n, minor: 1_350n },
  // 2.9 % of 100.00 = 2.90
  { what: 'a percentage of dollars', scheme: { kind: 'percentage', percentage: '2.9' }, quantity: 10_000n, minor: 290n },
  // 2.9 % of 0.17 = 0.00493 → 0.00
  { what: 'a percentage below half a cent', scheme: { kind: 'percentage', percentage: '2.9' }, quantity: 17n, minor: 0n },
  // 3.6 % of 1 000 yen = 36
  { what: 'a percentage of yen', scheme: { kind: 'percentage', percentage: '3.6' }, quantity: 1_000n, currency: 'JPY', minor: 36n },
  // 2.5 % of 9.999 dinars = 0.249975 → 0.250
  { what: 'a percentage of dinars', scheme: { kind: 'percentage', percentage: '2.5' }, quantity: 9_999n, currency: 'KWD', minor: 250n },
  // 100 × 0.10 + 1 × 0.05 = 10.05 yen → 10
  { what: 'graduated in yen', scheme: graduated, quantity: 101n, currency: 'JPY', minor: 10n },
  // 100 × 0.10 + 10 × 0.05 = 10.5 yen → 11
  { what: 'graduated in yen, half a yen up', scheme: graduated, quantity: 110n, currency: 'JPY', minor: 11n },
  // 10.050 dinars
  { what: 'graduated in dinars', scheme: graduated, quantity: 101n, currency: 'KWD', minor: 10_050n },
];

describe('the price of a quantity', () => {
  it.each(examples)('$what', ({ scheme, quantity, currency = 'USD', minor }) => {
    expect(rate(scheme, quantity, currency).amountMinor).toBe(minor);
  });

  it('is nothing for nothing', () => {
    for (const scheme of [graduated, volume, { kind: 'flat', amount: '9' }, { kind: 'package', size: 5n, amount: '9' }] as PriceScheme[]) {
      expect(rate(scheme, 0n, 'USD')).toEqual({ amountMinor: 0n, amount: '0', steps: [] });
    }
  });

  it('tells how it was reached', () => {
    expect(rate(graduated, 101n, 'USD').steps).toEqual([
      { tier: 1, quantity: 100n, unitAmount: '0.10', flatAmount: '0', amount: '10' },
      { tier: 2, quantity: 1n, unitAmount: '0.05', flatAmount: '0', amount: '0.05' },
    ]);
    expect(rate({ kind: 'package', size: 100n, amount: '2' }, 101n, 'USD').steps).toEqual([{ tier: null, quantity: 2n, unitAmount: '2', flatAmount: '0', amount: '4' }]);
    expect(averageUnitAmount(rate(graduated, 200n, 'USD'), 200n)).toBe('0.075');
  });
});

const amount = fc.integer({ min: 0, max: 10 ** 9 }).map((units) => new Exact(units).div(10 ** 6).toFixed());
const someTiers = fc
  .record({ widths: fc.array(fc.bigInt({ min: 1n, max: 500n }), { maxLength: 5 }), prices: fc.array(fc.record({ unitAmount: amount, flatAmount: amount }), { minLength: 6, maxLength: 6 }) })
  .map(({ widths, prices }): Tier[] => {
    let border = 0n;
    const bounded = widths.map((width, index) => ({ upTo: (border += width), unitAmount: '0', ...prices[index] }));
    return [...bounded, { upTo: null, unitAmount: '0', ...prices[5] }];
  });
const scheme: fc.Arbitrary<PriceScheme> = fc.oneof(
  fc.record({ kind: fc.constant('per_unit' as const), unitAmount: amount }),
  fc.record({ kind: fc.constant('flat' as const), amount }),
  fc.record({ kind: fc.constant('package' as const), size: fc.bigInt({ min: 1n, max: 1_000n }), amount }),
  someTiers.map((all) => ({ kind: 'graduated' as const, tiers: all })),
  someTiers.map((all) => ({ kind: 'volume' as const, tiers: all })),
  fc.integer({ min: 1, max: 10_000 }).map((hundredths) => ({ kind: 'percentage' as const, percentage: (hundredths / 100).toFixed(2) })),
);
const quantity = fc.bigInt({ min: 1n, max: 5_000n });
const currency = fc.constantFrom('USD', 'JPY', 'KWD');

describe('graduated prices', () => {
  it('never fall as the quantity grows', () => {
    fc.assert(fc.property(someTiers, quantity, quantity, currency, (all, one, other, code) => {
      const [less, more] = one < other ? [one, other] : [other, one];
      expect(rate({ kind: 'graduated', tiers: all }, less, code).amountMinor).toBeLessThanOrEqual(rate({ kind: 'graduated', tiers: all }, more, code).amountMinor);
    }));
  });

  it('grow at a border by one unit of the next tier and its price for entering, no more and no less', () => {
    fc.assert(fc.property(someTiers, currency, (all, code) => {
      for (const [index, { upTo }] of all.entries()) {
        const next = all[index + 1];
        if (upTo === null || !next) continue;
        const priced = (units: bigint) => new Exact(rate({ kind: 'graduated', tiers: all }, units, code).amount);
        expect(priced(upTo + 1n).minus(priced(upTo)).toFixed()).toBe(new Exact(next.unitAmount).plus(next.flatAmount ?? 0).toFixed());
      }
    }));
  });
});

describe('any price', () => {
  it('is the exact sum of its steps, rounded once: at most half a minor unit off', () => {
    fc.assert(fc.property(scheme, quantity, currency, (one, units, code) => {
      const rated = rate(one, units, code);
      const sum = rated.steps.reduce((total, { quantity: count, unitAmount, flatAmount }) => total.plus(new Exact(unitAmount).times(count.toString())).plus(flatAmount), new Exact(0));
      expect(sum.toFixed()).toBe(rated.amount);
      const digits = { USD: 2, JPY: 0, KWD: 3 }[code] ?? 2;
      expect(sum.times(10 ** digits).minus(rated.amountMinor.toString()).abs().lessThanOrEqualTo('0.5')).toBe(true);
    }));
  });

  it('is never more than its dearest unit says, which is what spend caps count by', () => {
    fc.assert(fc.property(scheme, quantity, currency, (one, units, code) => {
      const bound = new Exact(dearestUnitAmount(one, code)).times(units.toString());
      expect(bound.greaterThanOrEqualTo(rate(one, units, code).amount)).toBe(true);
    }));
  });

  it.each<[string, PriceScheme, string]>([
    ['the first tier of three that fall', graduated, '0.1'],
    // (5 + 2.50 + 1) / 11 = 0.7727…, below the 5 of the first unit
    ['the first unit of a flat tier', { kind: 'graduated', tiers: entered }, '5'],
    ['a package of one unit', { kind: 'package', size: 100n, amount: '2' }, '2'],
    // The price rises from 1 to 2: the average only nears 2
    ['the last tier of two that rise', { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '1' }, { upTo: null, unitAmount: '2' }] }, '2'],
  ])('costs most at %s', (_, one, dearest) => {
    expect(dearestUnitAmount(one, 'USD')).toBe(dearest);
  });
});
