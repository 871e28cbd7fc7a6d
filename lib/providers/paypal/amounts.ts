import { minorUnitDigits } from '@/lib/billing/money/currencies';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';

/**
 * What PayPal takes from buyers everywhere; what it takes inside one country only is left out.
 * Source: developer.paypal.com/api/rest/reference/currency-codes.
 */
export const currencies = ['AUD', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'HUF', 'ILS', 'JPY', 'MXN', 'NOK', 'NZD', 'PHP', 'PLN', 'SEK', 'SGD', 'THB', 'TWD', 'USD'] as const;

/** Currencies that PayPal writes without decimal places although ISO 4217 gives them two. Same source. */
const unusualDigits: Record<string, number> = { HUF: 0, TWD: 0 };

const paypalDigits = (currency: string): number => unusualDigits[currency] ?? minorUnitDigits(currency);

/** Money as PayPal's client writes it. */
export interface PayPalMoney {
  currencyCode: string;
  /** Such as `-29.99`. */
  value: string;
}

/** Minor units, above zero, as PayPal writes them. Throws `GatewayRefusal` for an amount that PayPal has no number for. */
export function toPayPal(amountMinor: bigint, currency: string): PayPalMoney {
  const digits = paypalDigits(currency);
  const factor = 10n ** BigInt(minorUnitDigits(currency) - digits);
  if (amountMinor % factor !== 0n) throw new GatewayRefusal(`PayPal takes no parts of one ${currency}: round the amount up.`, 'refused');
  const figures = (amountMinor / factor).toString().padStart(digits + 1, '0');
  return { currencyCode: currency, value: digits === 0 ? figures : `${figures.slice(0, -digits)}.${figures.slice(-digits)}` };
}

/** Minor units and ISO code of money of PayPal's, with its sign. */
export function fromPayPal({ currencyCode: currency, value }: PayPalMoney): { amountMinor: bigint; currency: string } {
  const [, sign = '', whole = '', part = ''] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(value) ?? [];
  if (!whole) throw new GatewayRefusal('PayPal told an amount that is no number.', 'refused');
  const digits = minorUnitDigits(currency);
  const amount = BigInt(whole + part.padEnd(digits, '0').slice(0, digits));
  return { amountMinor: sign === '-' ? -amount : amount, currency };
}
