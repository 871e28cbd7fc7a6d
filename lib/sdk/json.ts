/** Texts, which are left alone, and integers that a number may not hold to the last digit. */
const textOrLargeInteger = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** Parses JSON; integers of sixteen digits and more become texts of digits, which `BigInt` reads whole. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(textOrLargeInteger, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}

/** JSON in which a bigint is a text of digits, as the portal accepts it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (typeof member === 'bigint' ? member.toString() : member));
}
