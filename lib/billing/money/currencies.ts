/** ISO 4217 currencies whose minor unit is not a hundredth. */
const unusualDigits: Record<string, number> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
};

// Some runtimes leave out the codes of funds, such as CLF.
const known = new Set([...Intl.supportedValuesOf('currency'), ...Object.keys(unusualDigits)]);

export function isCurrency(code: string): boolean {
  return known.has(code);
}

/** Decimal places of the currency's minor unit by ISO 4217: USD 2, JPY 0, KWD 3. Throws RangeError for a code that is none. */
export function minorUnitDigits(currency: string): number {
  if (!isCurrency(currency)) throw new RangeError(`${currency} is not an ISO 4217 currency.`);
  return unusualDigits[currency] ?? 2;
}
