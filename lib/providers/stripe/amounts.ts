import { minorUnitDigits } from '@/lib/billing/money/currencies';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';

/**
 * Decimal places of an amount in Stripe's API where they are not those of ISO 4217: króna and Ugandan shilling have none
 * and are written with two, of which both are zero; the ariary has two and is written with none.
 * Source: docs.stripe.com/currencies, zero-decimal currencies and special cases.
 */
const unusualDigits: Record<string, number> = { ISK: 2, UGX: 2, MGA: 0 };

const stripeDigits = (currency: string): number => unusualDigits[currency] ?? minorUnitDigits(currency);

/** Card networks settle three decimals by tens: Stripe takes the last digit only as a zero. */
const step = (currency: string): bigint => (stripeDigits(currency) === 3 ? 10n : 1n);

export interface StripeAmount {
  amount: number;
  currency: string;
}

/** Minor units as Stripe counts them. Throws `GatewayRefusal` for an amount that Stripe has no number for. */
export function toStripe(amountMinor: bigint, currency: string): StripeAmount {
  const shift = stripeDigits(currency) - minorUnitDigits(currency);
  const factor = 10n ** BigInt(Math.abs(shift));
  const isExact = shift >= 0 || amountMinor % factor === 0n;
  const amount = shift >= 0 ? amountMinor * factor : amountMinor / factor;
  if (!isExact || amount % step(currency) !== 0n) throw new GatewayRefusal(`Stripe does not take so small a part of ${currency}: round the amount up.`, 'refused');
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new GatewayRefusal('The amount is larger than Stripe takes.', 'amount_too_large');
  return { amount: Number(amount), currency: currency.toLowerCase() };
}

/** Minor units and ISO code of an amount of Stripe's. Fractions that the currency has no unit for are rounded towards zero. */
export function fromStripe({ amount, currency: code }: StripeAmount): { amountMinor: bigint; currency: string } {
  const currency = code.toUpperCase();
  const shift = stripeDigits(currency) - minorUnitDigits(currency);
  const factor = 10n ** BigInt(Math.abs(shift));
  return { amountMinor: shift >= 0 ? BigInt(amount) / factor : BigInt(amount) * factor, currency };
}

/** Stripe's seconds since 1970. */
export const momentOf = (seconds: number): Date => new Date(seconds * 1000);
export const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** The id of something that Stripe gives by its id or whole. */
export function idOf(thing: string | { id: string }): string;
export function idOf(thing: string | { id: string } | null | undefined): string | null;
export function idOf(thing: string | { id: string } | null | undefined): string | null {
  return typeof thing === 'string' ? thing : (thing?.id ?? null);
}
