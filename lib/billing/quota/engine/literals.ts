
/** 2^63 − 1: where the database is told of no ceiling. */
export const unbounded = 2n ** 63n - 1n;

/** A parameter of the engine's statements: an array in binary form or as a literal, or a text. */
export type Parameter = Buffer | string | null;

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** The literal of a `text[]`; null and undefined are sent as NULL. */
export const texts = (values: readonly (string | null | undefined)[]): string =>
  `{${values.map((value) => (value === null || value === undefined ? 'NULL' : quoted(value))).join(',')}}`;

/** The array of what the items tell, or null where none tells anything, which costs the database nothing. */
export function ifTold<Item, Value>(
  items: readonly Item[],
  write: (values: (Value | null | undefined)[]) => Parameter,
  read: (item: Item) => Value | null | undefined,
): Parameter {
  const values = items.map(read);
  return values.some((value) => value !== null && value !== undefined) ? write(values) : null;
}

/** The elements of an array of numbers that the database gave back as text; null where it gave NULL for the array. */
export function elements(array: string | null | undefined): string[] | null {
  return array === null || array === undefined ? null : array.slice(1, -1).split(',');
}

/** An element as a whole number; null for NULL. */
export const wholeOrNull = (text: string | undefined): bigint | null => (text === undefined || text === 'NULL' ? null : BigInt(text));

/** An element that is milliseconds since 1970 as a moment; null for NULL. */
export const momentOrNull = (text: string | undefined): Date | null => (text === undefined || text === 'NULL' ? null : new Date(Number(text)));
