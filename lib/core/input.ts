import { z } from 'zod';

const largest = 2n ** 63n - 1n;

/** A whole positive number up to 2^63 − 1, as a JSON integer or a string of digits. */
export const quantityInput = z
  .union([z.number().int('Use a whole number.'), z.bigint(), z.string().regex(/^-?\d{1,19}$/, 'Use a whole number.')], { error: 'Use a whole number.' })
  .transform((value) => BigInt(value))
  .refine((value) => value > 0n, 'Use a number above zero.')
  .refine((value) => value <= largest, 'The number is too large.');

/** A moment as ISO 8601 with an offset, such as `2026-11-21T20:55:00Z`. */
export const instantInput = z.iso.datetime({ offset: true, error: 'Use ISO 8601 with an offset, such as 2026-11-21T20:55:00Z.' }).transform((text) => new Date(text));

/** A calendar day that exists, such as `2026-11-21`. */
export const dayInput = z.iso.date('Use a calendar day that exists, such as 2026-11-21.');

/** An id of ours in a path: letters, digits and underscores, so that nothing else reaches the database. */
export const idInput = z.string().max(60, 'This is not an id.').regex(/^\w+$/, 'This is not an id.');

/** One line of 1 to 200 characters. Control characters and lone surrogates are refused: PostgreSQL cannot keep some of them, lists cannot show the others. */
export const lineInput = z.string().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.');

/** Which page of a list: from 1, with at most 100 items. */
export const pageInput = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
};

/** One page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    page: z.number().int(),
    pageSize: z.number().int(),
    total: z.number().int(),
  });
}

/** The shape `pageOf` describes. */
export interface Page<Item> {
  items: Item[];
  page: number;
  pageSize: number;
  total: number;
}
