import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { fromStripe, toStripe } from './amounts';

describe('amounts in Stripe’s API', () => {
  it.each([
    ['USD', 2999n, 2999],
    ['JPY', 500n, 500],
    ['KWD', 5120n, 5120],
    // 5 krónur and 5 shillings are written as 500; 5 ariary are 500 of ours and 5 of Stripe's.
    ['ISK', 5n, 500],
    ['UGX', 5n, 500],
    ['MGA', 500n, 5],
  ])('writes %s %s as %s', (currency, amountMinor, amount) => {
    expect(toStripe(amountMinor, currency)).toEqual({ amount, currency: currency.toLowerCase() });
  });

  it.each([
    ['KWD', 5124n],
    ['MGA', 501n],
  ])('refuses %s %s, for which Stripe has no number', (currency, amountMinor) => {
    expect(() => toStripe(amountMinor, currency)).toThrow(GatewayRefusal);
  });

  it('refuses what a number cannot hold exactly', () => {
    expect(() => toStripe(2n ** 53n, 'USD')).toThrow(expect.objectContaining({ code: 'amount_too_large' }));
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.constantFrom('USD', 'JPY', 'KWD', 'ISK', 'UGX', 'MGA', 'EUR'), fc.bigInt({ min: 0n, max: 10n ** 10n }), (currency, units) => {
        const amountMinor = units * (currency === 'KWD' ? 10n : currency === 'MGA' ? 100n : 1n);
        expect(fromStripe(toStripe(amountMinor, currency))).toEqual({ amountMinor, currency });
      }),
    );
  });
});
