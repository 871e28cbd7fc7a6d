import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorUnitDigits } from '@/lib/billing/money/currencies';
import { currencies, fromPayPal, toPayPal } from './amounts';

describe('amounts at PayPal', () => {
  it.each([['USD', 2999n, '29.99'], ['USD', 5n, '0.05'], ['JPY', 500n, '500'], ['HUF', 50000n, '500'], ['TWD', 100n, '1']] as const)('are written in %s as PayPal wants them', (currency, minor, value) => {
    expect(toPayPal(minor, currency)).toEqual({ currencyCode: currency, value });
    expect(fromPayPal({ currencyCode: currency, value })).toEqual({ amountMinor: minor, currency });
  });

  it('come back as they went, in every currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...currencies), fc.bigInt({ min: 1n, max: 10n ** 12n }), (currency, units) => {
        const amountMinor = ['HUF', 'TWD'].includes(currency) ? units * 100n : units;
        expect(fromPayPal(toPayPal(amountMinor, currency))).toEqual({ amountMinor, currency });
      }),
    );
  });

  it('keep their sign, and any number of decimal places', () => {
    expect(fromPayPal({ currencyCode: 'USD', value: '-1.5' }).amountMinor).toBe(-150n);
    expect(fromPayPal({ currencyCode: 'JPY', value: '500.00' }).amountMinor).toBe(500n);
    expect(() => fromPayPal({ currencyCode: 'USD', value: 'much' })).toThrow('no number');
  });

  it('are refused where PayPal has no such small part', () => {
    expect(() => toPayPal(150n, 'HUF')).toThrow(expect.objectContaining({ name: 'GatewayRefusal' }));
  });

  it('are of currencies that we know', () => {
    for (const currency of currencies) expect(minorUnitDigits(currency)).toBeLessThanOrEqual(2);
  });
});
