import { checkDigitsFit } from './tax-id-check';

/** VAT numbers of the European Union after their two letters (Greece writes EL), as VIES accepts them. */
const europeanForms: Record<string, RegExp> = {
  AT: /^U\d{8}$/, BE: /^[01]\d{9}$/, BG: /^\d{9,10}$/, CY: /^\d{8}[A-Z]$/, CZ: /^\d{8,10}$/, DE: /^\d{9}$/, DK: /^\d{8}$/,
  EE: /^\d{9}$/, EL: /^\d{9}$/, ES: /^(?=.*[A-Z])[A-Z0-9]\d{7}[A-Z0-9]$/, FI: /^\d{8}$/, FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/, HU: /^\d{8}$/, IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/, IT: /^\d{11}$/, LT: /^(\d{9}|\d{12})$/, LU: /^\d{8}$/,
  LV: /^\d{11}$/, MT: /^\d{8}$/, NL: /^\d{9}B\d{2}$/, PL: /^\d{10}$/, PT: /^\d{9}$/, RO: /^\d{2,10}$/, SE: /^\d{12}$/,
  SI: /^\d{8}$/, SK: /^\d{10}$/,
};

/** Numbers of the right form whose check digits fit. */
const europeanExamples: Record<string, string> = {
  AT: 'ATU12345675', BE: 'BE0123456749', BG: 'BG123456786', CY: 'CY12345678F', CZ: 'CZ12345679', DE: 'DE123456788', DK: 'DK12345607',
  EE: 'EE123456780', EL: 'EL123456783', ES: 'ESB12345674', FI: 'FI12345671', FR: 'FR32123456789', HR: 'HR12345678903', HU: 'HU12345676',
  IE: 'IE1234567T', IT: 'IT12345678903', LT: 'LT123456786', LU: 'LU12345613', LV: 'LV42345678904', MT: 'MT12345634', NL: 'NL123456782B01',
  PL: 'PL1234567802', PT: 'PT123456789', RO: 'RO12345674', SE: 'SE123456789701', SI: 'SI12345679', SK: 'SK1234567807',
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
  const isWhole = europeanForms[bare.slice(0, 2)]?.test(bare.slice(2)) ?? false;
  if (form) return form.test(bare) && !isWhole ? prefix + bare : bare;
  if (country === 'GB') return /^(\d{9}|\d{12})$/.test(bare) ? `GB${bare}` : bare;
  if (country === 'CH') return swissForm(bare);
  return trimmed;
}

/** The Swiss UID as it is printed, with the letters of its VAT register where they were given. */
function swissForm(bare: string): string {
  const [, first, second, third, register] = /^(?:CHE)?(\d{3})(\d{3})(\d{3})(MWST|TVA|IVA)?$/.exec(bare) ?? [];
  if (first === undefined) return bare;
  return `CHE-${first}.${second}.${third}${register === undefined ? '' : ` ${register}`}`;
}

/** What is wrong with a normalised tax id; null when nothing is, when it is empty, and where no form is known. */
export function taxIdProblem(country: string, taxId: string): TaxIdProblem | null {
  if (taxId === '') return null;
  if (country === 'US') return /^\d{2}-\d{7}$/.test(taxId) ? null : { reason: 'form', example: '12-3456789' };
  if (country === 'CN') return unifiedSocialCreditCodeProblem(taxId);
  if (country === 'GB') return problemOf(/^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/.test(taxId), 'GB', taxId.slice(2), 'GB123456727');
  if (country === 'CH') return problemOf(/^CHE-\d{3}\.\d{3}\.\d{3}( (MWST|TVA|IVA))?$/.test(taxId), 'CH', taxId.replace(/\D/g, ''), 'CHE-123.456.788 MWST');
  if (isEuropeanUnion(country)) return europeanProblem(country, taxId);
  return /^[\p{L}\p{N}][\p{L}\p{N} ./-]{1,39}$/u.test(taxId) ? null : { reason: 'form', example: '123456789' };
}

function problemOf(hasForm: boolean, letters: string, text: string, example: string): TaxIdProblem | null {
  if (!hasForm) return { reason: 'form', example };
  return checkDigitsFit(letters, text) ? null : { reason: 'check_digit', example };
}

/** A company may be registered for VAT in another country of the Union than the one it is billed in, so the letters decide. */
function europeanProblem(country: string, taxId: string): TaxIdProblem | null {
  const [letters, text] = [taxId.slice(0, 2), taxId.slice(2)];
  const example = europeanExamples[letters] ?? europeanExamples[europeanPrefix(country)] ?? '';
  return problemOf(europeanForms[letters]?.test(text) ?? false, letters, text, example);
}

/** Whether the text is a VAT number of this country of the European Union, written with its letters; spaces do not matter. */
export function isVatNumberOf(country: string, taxId: string): boolean {
  const bare = compact(taxId);
  return isEuropeanUnion(country) && bare.startsWith(europeanPrefix(country)) && europeanProblem(country, bare) === null;
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
