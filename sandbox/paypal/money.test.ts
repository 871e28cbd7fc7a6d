import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeOf, minorOf, moneyOf } from './money';

const minor = fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n });

describe('money as PayPal writes it', () => {
  it.each(['USD', 'EUR', 'JPY', 'HUF'])('%s: is the same minor units again', (currency) => {
    fc.assert(fc.property(minor, (amount) => minorOf(moneyOf(amount, currency)) === amount));
  });

  it.each([
    [5n, 'USD', '0.05'],
    [-1_234n, 'USD', '-12.34'],
    [1_234n, 'JPY', '1234'],
    [0n, 'EUR', '0.00'],
  ])('%s %s is %s', (amount, currency, value) => {
    expect(moneyOf(amount, currency)).toEqual({ currency_code: currency, value });
  });

  it('reads fewer decimals than the currency has', () => {
    expect(minorOf({ currency_code: 'USD', value: '7' })).toBe(700n);
    expect(minorOf({ currency_code: 'USD', value: '7.5' })).toBe(750n);
  });

  it('never takes a fee above the amount', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 1_000_000_000_000n }), (amount) => feeOf(amount) >= 0n && feeOf(amount) <= amount));
  });
});
