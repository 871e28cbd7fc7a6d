/** What an array sent to the database may hold; null and undefined are sent as NULL. */
export type Plain = bigint | number | string | null | undefined;

/** 2^63 − 1: where the database is told of no ceiling. */
export const unbounded = 2n ** 63n - 1n;

/** An array literal of PostgreSQL. Texts must be numbers, UUIDs or `quoted`. */
export const literal = (values: readonly Plain[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** A text as an element of an array literal. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A literal of what the items tell, or null where none tells anything, which costs the database nothing. */
export function literalIfTold<Item>(items: readonly Item[], read: (item: Item) => Plain): string | null {
  if (items.every((item) => read(item) === undefined || read(item) === null)) return null;
  return `{${items.map((item) => read(item) ?? 'NULL').join(',')}}`;
}

/** The elements of an array of numbers that the database gave back as text; null where it gave NULL for the array. */
export function elements(array: string | null | undefined): string[] | null {
  return array === null || array === undefined ? null : array.slice(1, -1).split(',');
}

/** An element as a whole number; null for NULL. */
export const wholeOrNull = (text: string | undefined): bigint | null => (text === undefined || text === 'NULL' ? null : BigInt(text));

/** An element that is milliseconds since 1970 as a moment; null for NULL. */
export const momentOrNull = (text: string | undefined): Date | null => (text === undefined || text === 'NULL' ? null : new Date(Number(text)));
