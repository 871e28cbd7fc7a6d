import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf } from './list-invoices';

/** What a range takes of a list, as the store reads it. */
function taken(list: readonly number[], { skip, take, fromOldest }: ReturnType<typeof rangeOf>): number[] {
  const ordered = fromOldest ? [...list].reverse() : [...list];
  const part = ordered.slice(skip, skip + take);
  return fromOldest ? part.reverse() : part;
}

describe('a page of invoices', () => {
  it('holds what it would if it were counted from the newest on, and passes over half of them at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 30 }), (total, page, pageSize) => {
        const list = Array.from({ length: total }, (_, index) => index);
        const range = rangeOf(total, page, pageSize);
        expect(taken(list, range)).toEqual(list.slice((page - 1) * pageSize, page * pageSize));
        expect(range.skip).toBeLessThanOrEqual(Math.max(0, total / 2));
      }),
    );
  });
});
