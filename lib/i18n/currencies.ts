// ISO 4217 where it differs from two decimals. Intl is not asked: it follows local custom (no decimals for AFN), not the standard.
const withoutDecimals = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const withThree = 'BHD IQD JOD KWD LYD OMR TND';
const withFour = 'CLF UYW';

const exceptions = new Map<string, number>(
  ([[withoutDecimals, 0], [withThree, 3], [withFour, 4]] as const).flatMap(([codes, digits]) => codes.split(' ').map((code) => [code, digits] as const)),
);

/** How many decimals one unit of the ISO 4217 currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return exceptions.get(currency) ?? 2;
}

/**
 * The minor units a person typed: `"1,234.5"` in USD is `"123450"`. Null when it is not an amount of that currency
 * (letters, a sign, more decimals than it has). Both languages write a point for decimals and a comma for groups.
 */
export function parseAmount(text: string, currency: string): string | null {
  const digits = minorDigits(currency);
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(text.trim());
  const decimals = match?.[2] ?? '';
  if (!match?.[1] || decimals.length > digits) return null;
  const minor = match[1].replaceAll(',', '') + decimals.padEnd(digits, '0');
  return minor.replace(/^0+(?=\d)/, '');
}
