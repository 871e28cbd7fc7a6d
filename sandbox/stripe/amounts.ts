import { invalidRequest } from './errors';
import { text } from './parameters';

/** The least that may be charged, in minor units: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const leastCharge: Record<string, number> = {
  usd: 50, aed: 200, aud: 50, brl: 50, cad: 50, chf: 50, czk: 1_500, dkk: 250, eur: 50, gbp: 30, hkd: 400, huf: 17_500, inr: 50, jpy: 50,
  mxn: 1_000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300, sgd: 50, thb: 1_000, cny: 400,
};
const mostCharge = 99_999_999;

const zeroDecimal = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'ugx', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
const threeDecimal = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
const currencies = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** A currency, read in lower case. */
export const currencyCode = () => text(10).transform((code) => code.toLowerCase());

/** `$10.00`, `¥500`, `10.00 aed`: an amount as Stripe's messages tell it. */
export function spokenAmount(amount: number, currency: string): string {
  const decimals = zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2;
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(amount / 10 ** decimals);
}

/** Throws Stripe's errors for an amount that cannot be charged, and for an unknown currency. */
export function assertChargeable(amount: number, currency: string): void {
  if (!currencies.has(currency)) {
    throw invalidRequest(`Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...currencies].join(', ')}`, { param: 'currency' });
  }
  if (amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount' });
  const least = leastCharge[currency] ?? 1;
  if (amount < least) throw invalidRequest(`Amount must be at least ${spokenAmount(least, currency)} ${currency}`, { code: 'amount_too_small', param: 'amount' });
  if (amount > mostCharge) throw invalidRequest(`Amount must be no more than ${spokenAmount(mostCharge, currency)}`, { code: 'amount_too_large', param: 'amount' });
}

/** A part of an amount in thousandths, rounded half up. */
const thousandths = (amount: number, share: bigint): number => Number((BigInt(amount) * share + 500n) / 1_000n);

/** What Stripe keeps of a card payment: 2.9 % + 30. */
export const cardFee = (amount: number): number => thousandths(amount, 29n) + 30;

/** What Stripe keeps of a bank debit: 0.8 %, 500 at most. */
export const debitFee = (amount: number): number => Math.min(500, thousandths(amount, 8n));
