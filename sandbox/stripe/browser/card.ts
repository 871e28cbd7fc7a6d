/** What Stripe's card fields say of what was typed, by its codes. */
export type CardFault =
  | 'incomplete_number'
  | 'invalid_number'
  | 'incomplete_expiry'
  | 'invalid_expiry_month'
  | 'invalid_expiry_year_past'
  | 'incomplete_cvc'
  | 'incomplete_zip';

interface Brand {
  name: string;
  begins: RegExp;
  lengths: readonly number[];
  cvcLength: number;
  /** How many digits each group shows. */
  groups: readonly number[];
}

const fours = [4, 4, 4, 4, 3];
const brands: readonly Brand[] = [
  { name: 'visa', begins: /^4/, lengths: [16], cvcLength: 3, groups: fours },
  { name: 'mastercard', begins: /^(5[1-5]|2[2-7])/, lengths: [16], cvcLength: 3, groups: fours },
  { name: 'amex', begins: /^3[47]/, lengths: [15], cvcLength: 4, groups: [4, 6, 5] },
  { name: 'diners', begins: /^36/, lengths: [14], cvcLength: 3, groups: [4, 6, 4] },
  { name: 'diners', begins: /^3(0[0-5]|[89])/, lengths: [16], cvcLength: 3, groups: fours },
  { name: 'jcb', begins: /^35/, lengths: [16], cvcLength: 3, groups: fours },
  { name: 'discover', begins: /^6(011|4[4-9]|5)/, lengths: [16], cvcLength: 3, groups: fours },
  { name: 'unionpay', begins: /^(62|81)/, lengths: [16, 19], cvcLength: 3, groups: fours },
];
const unknown: Brand = { name: 'unknown', begins: /^/, lengths: [16], cvcLength: 3, groups: fours };

/** How brands write their own names, by Stripe's. */
const brandNames: Record<string, string> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', diners: 'Diners Club', jcb: 'JCB', discover: 'Discover', unionpay: 'UnionPay' };

/** A brand as people know it; what is not known is said as it is. */
export function brandName(brand: string): string {
  return brandNames[brand] ?? brand;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

function brandOf(number: string): Brand {
  const digits = digitsOf(number);
  return brands.find(({ begins }) => begins.test(digits)) ?? unknown;
}

/** `visa`, `amex` … or `unknown`, from as many digits as there are. */
export function cardBrand(number: string): string {
  return brandOf(number).name;
}

/** Three, or four with American Express. */
export function cvcLength(number: string): number {
  return brandOf(number).cvcLength;
}

/** The check digit of ISO/IEC 7812: every second digit from the right counts double. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The digits in the groups that the card prints, no more of them than it has. */
export function formatNumber(text: string): string {
  const brand = brandOf(text);
  let rest = digitsOf(text).slice(0, Math.max(...brand.lengths));
  const groups: string[] = [];
  for (const size of brand.groups) {
    if (!rest) break;
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return groups.join(' ');
}

export function checkNumber(text: string): CardFault | undefined {
  const digits = digitsOf(text);
  const { lengths } = brandOf(digits);
  if (digits.length < Math.min(...lengths)) return 'incomplete_number';
  if (lengths.includes(digits.length) && hasCheckDigit(digits)) return undefined;
  return digits.length < Math.max(...lengths) ? 'incomplete_number' : 'invalid_number';
}

/** `MM / YY` as far as it was typed; a first digit above 1 is a month of one digit. */
export function formatExpiry(text: string): string {
  const typed = digitsOf(text);
  const digits = /^[2-9]/.test(typed) ? `0${typed}` : typed;
  const year = digits.length > 4 ? digits.slice(-2) : digits.slice(2, 4);
  return digits.length < 3 ? digits : `${digits.slice(0, 2)} / ${year}`;
}

/** The month 1 to 12 and the year in four digits; undefined while it is incomplete. */
export function readExpiry(text: string): { month: number; year: number } | undefined {
  const digits = digitsOf(text);
  return digits.length === 4 ? { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) } : undefined;
}

/** A card is good to the end of its month. */
export function checkExpiry(text: string, now: Date): CardFault | undefined {
  const expiry = readExpiry(text);
  if (!expiry) return 'incomplete_expiry';
  if (expiry.month < 1 || expiry.month > 12) return 'invalid_expiry_month';
  const months = expiry.year * 12 + expiry.month;
  return months < now.getFullYear() * 12 + now.getMonth() + 1 ? 'invalid_expiry_year_past' : undefined;
}

export function checkCvc(text: string, number: string): CardFault | undefined {
  return digitsOf(text).length === cvcLength(number) ? undefined : 'incomplete_cvc';
}

/** Only these countries' cards are asked for a postal code. */
export const countriesWithPostalCode: readonly string[] = ['US', 'CA', 'GB', 'PR'];

export function checkPostalCode(text: string, country: string): CardFault | undefined {
  if (country === 'US' || country === 'PR') return /^\d{5}(-?\d{4})?$/.test(text.trim()) ? undefined : 'incomplete_zip';
  return text.trim().length >= 5 ? undefined : 'incomplete_zip';
}
