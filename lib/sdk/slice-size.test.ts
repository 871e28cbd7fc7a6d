import { describe, expect, it } from 'vitest';
import { nextSliceSize } from './slice-size';

const bounds = { minimum: 10, maximum: 10_000, lasts: 2_000 };

describe('nextSliceSize', () => {
  it.each([
    ['is what is used in the time a slice should last', 100, 50, 1_000, 100],
    ['grows by a factor of four at most', 100, 100, 1, 400],
    ['grows by a factor of four when no time has passed', 100, 1, 0, 400],
    ['shrinks to a quarter at most', 100, 1, 60_000, 25],
    ['stays above the minimum', 20, 0, 60_000, 10],
    ['stays below the maximum', 9_000, 9_000, 100, 10_000],
  ])('%s', (_, last, used, elapsed, size) => {
    expect(nextSliceSize(last, used, elapsed, bounds)).toBe(size);
  });
});
