/** VAT numbers of the European Union after their two letters (Greece writes EL), as VIES accepts them. */
const europeanForms: Record<string, RegExp> = {
  AT: /^U\d{8}$/, BE: /^[01]\d{9}$/, BG: /^\d{9,10}$/, CY: /^\d{8}[A-Z]$/, CZ: /^\d{8,10}$/, DE: /^\d{9}$/, DK: /^\d{8}$/,
  EE: /^\d{9}$/, EL: /^\d{9}$/, ES: /^(?=.*[A-Z])[A-Z0-9]\d{7}[A-Z0-9]$/, FI: /^\d{8}$/, FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/, HU: /^\d{8}$/, IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/, IT: /^\d{11}$/, LT: /^(\d{9}|\d{12})$/, LU: /^\d{8}$/,
  LV: /^\d{11}$/, MT: /^\d{8}$/, NL: /^\d{9}B\d{2}$/, PL: /^\d{10}$/, PT: /^\d{9}$/, RO: /^\d{2,10}$/, SE: /^\d{12}$/,
  SI: /^\d{8}$/, SK: /^\d{10}$/,
};

const europeanExamples: Record<string, string> = {
  AT: 'ATU12345678', BE: 'BE0123456789', BG: 'BG123456789', CY: 'CY12345678X', CZ: 'CZ12345678', DE: 'DE123456789', DK: 'DK12345678',
  EE: 'EE123456789', EL: 'EL123456789', ES: 'ESX1234567X', FI: 'FI12345678', FR: 'FRXX123456789', HR: 'HR12345678901', HU: 'HU12345678',
  IE: 'IE1234567X', IT: 'IT12345678901', LT: 'LT123456789', LU: 'LU12345678', LV: 'LV12345678901', MT: 'MT12345678', NL: 'NL123456789B01',
  PL: 'PL1234567890', PT: 'PT123456789', RO: 'RO12345678', SE: 'SE123456789012', SI: 'SI12345678', SK: 'SK1234567890',
};

/** What is wrong with a tax id: its form, or the digit that guards against slips. `example` shows the form. */
export interface TaxIdProblem {
  reason: 'form' | 'check_digit';
  example: string;
}

const europeanPrefix = (country: string): string => (country === 'GR' ? 'EL' : country);

/** True when VAT numbers of the European Union are given in this country. */
export function isEuropeanUnion(country: string): boolean {
  return europeanPrefix(country) in europeanForms;
}

function compact(taxId: string): string {
  return taxId.toUpperCase().replace(/[\s.\-/]/g, '');
}

/**
 * The tax id in the form it is kept and printed in: an EIN as `12-3456789`, a VAT number with its country's letters and
 * without spaces, a Chinese code in capitals. Other countries' ids only lose the space around them.
 */
export function normaliseTaxId(country: string, taxId: string): string {
  const trimmed = taxId.trim();
  if (trimmed === '') return '';
  const bare = compact(trimmed);
  if (country === 'US') return /^\d{9}$/.test(bare) ? `${bare.slice(0, 2)}-${bare.slice(2)}` : trimmed;
  if (country === 'CN') return bare;
  const prefix = europeanPrefix(country);
  const form = europeanForms[prefix];
  if (form) return form.test(bare) ? prefix + bare : bare;
  if (country === 'GB') return /^(\d{9}|\d{12})$/.test(bare) ? `GB${bare}` : bare;
  return trimmed;
}

/** What is wrong with a normalised tax id; null when nothing is, when it is empty, and where no form is known. */
export function taxIdProblem(country: string, taxId: string): TaxIdProblem | null {
  if (taxId === '') return null;
  if (country === 'US') return /^\d{2}-\d{7}$/.test(taxId) ? null : { reason: 'form', example: '12-3456789' };
  if (country === 'CN') return unifiedSocialCreditCodeProblem(taxId);
  if (country === 'GB') return /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/.test(taxId) ? null : { reason: 'form', example: 'GB123456789' };
  if (isEuropeanUnion(country)) return europeanProblem(country, taxId);
  return /^[\p{L}\p{N}][\p{L}\p{N} ./-]{1,39}$/u.test(taxId) ? null : { reason: 'form', example: '123456789' };
}

/** A company may be registered for VAT in another country of the Union than the one it is billed in, so the letters decide. */
function europeanProblem(country: string, taxId: string): TaxIdProblem | null {
  const form = europeanForms[taxId.slice(0, 2)];
  return form?.test(taxId.slice(2)) ? null : { reason: 'form', example: europeanExamples[europeanPrefix(country)] ?? '' };
}

/** 统一社会信用代码, GB 32100-2015: 17 characters and a check character over them, base 31. */
const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

function unifiedSocialCreditCodeProblem(code: string): TaxIdProblem | null {
  const example = '91310000MA1K000006';
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(code)) return { reason: 'form', example };
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += creditCodeAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  const expected = creditCodeAlphabet.charAt((31 - (sum % 31)) % 31);
  return code.charAt(17) === expected ? null : { reason: 'check_digit', example };
}

export type TaxIdKind = 'ein' | 'vat' | 'credit_code' | 'other';

/** Under which name a country's businesses know their tax id. */
export function taxIdKind(country: string): TaxIdKind {
  if (country === 'US') return 'ein';
  if (country === 'CN') return 'credit_code';
  return country === 'GB' || isEuropeanUnion(country) ? 'vat' : 'other';
}
