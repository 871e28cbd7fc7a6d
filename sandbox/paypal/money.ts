import { unprocessable } from './errors';

/** Money as PayPal writes it: `{ currency_code: 'USD', value: '10.00' }`. */
export interface Money {
  currency_code: string;
  value: string;
}

/** What PayPal pays in: https://developer.paypal.com/api/rest/reference/currency-codes/ */
const currencies = new Set(['AUD', 'BRL', 'CAD', 'CNY', 'CZK', 'DKK', 'EUR', 'HKD', 'HUF', 'ILS', 'JPY', 'MYR', 'MXN', 'TWD', 'NZD', 'NOK', 'PHP', 'PLN', 'GBP', 'SGD', 'SEK', 'CHF', 'THB', 'USD']);
const withoutDecimals = new Set(['HUF', 'JPY', 'TWD']);
const most = 99_999_999_999n;

const decimalsOf = (currency: string): number => (withoutDecimals.has(currency) ? 0 : 2);

/** Minor units of an amount that this sandbox wrote itself. */
export function minorOf({ currency_code, value }: Money): bigint {
  const [whole = '0', part = ''] = value.replace('-', '').split('.');
  const minor = BigInt(whole + part.padEnd(decimalsOf(currency_code), '0').slice(0, decimalsOf(currency_code)));
  return value.startsWith('-') ? -minor : minor;
}

/** Money of so many minor units. */
export function moneyOf(minor: bigint, currency: string): Money {
  const decimals = decimalsOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const value = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return { currency_code: currency, value: minor < 0n ? `-${value}` : value };
}

/** Minor units of what a caller sent. Throws PayPal's refusals of amounts and currencies. */
export function readMoney(money: Money, field: string): bigint {
  const { currency_code, value } = money;
  if (!currencies.has(currency_code)) throw unprocessable('CURRENCY_NOT_SUPPORTED', 'Currency code is not currently supported.', { field: `${field}/currency_code`, value: currency_code });
  const part = value.split('.')[1] ?? '';
  if (decimalsOf(currency_code) === 0 && /[1-9]/.test(part)) throw unprocessable('DECIMALS_NOT_SUPPORTED', 'Currency does not support decimals.', { field: `${field}/value`, value });
  if (part.length > 2) throw unprocessable('DECIMAL_PRECISION', 'If the currency supports decimals, only two decimal place precision is supported.', { field: `${field}/value`, value });
  const minor = minorOf(money);
  if (minor <= 0n) throw unprocessable('CANNOT_BE_ZERO_OR_NEGATIVE', 'Must be greater than zero. If the currency supports decimals, only two decimal place precision is supported.', { field: `${field}/value`, value });
  if (minor > most) throw unprocessable('MAX_VALUE_EXCEEDED', 'Should be less than or equal to 999999999.99; If the currency supports decimals, only two decimal place precision is supported.', { field: `${field}/value`, value });
  return minor;
}

/** What PayPal keeps of a payment, in minor units: 3.49 % rounded half up, and 49. */
export function feeOf(minor: bigint): bigint {
  const fee = (minor * 349n + 5_000n) / 10_000n + 49n;
  return fee < minor ? fee : minor;
}
