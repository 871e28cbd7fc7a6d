import { describe, expect, it } from 'vitest';
import { pauseBefore } from './live-pace';

describe('the pause before figures are read again', () => {
  it('is five seconds while they move', () => {
    expect(pauseBefore({ alike: 0, failures: 0 })).toBe(5_000);
    expect(pauseBefore({ alike: 5, failures: 0 })).toBe(5_000);
  });

  it('grows while they stay as they are, to a minute', () => {
    const pauses = [6, 12, 18, 24, 600].map((alike) => pauseBefore({ alike, failures: 0 }));
    expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('doubles with each failure in a row, to a minute', () => {
    const pauses = [1, 2, 3, 4, 2_000].map((failures) => pauseBefore({ alike: 0, failures }));
    expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
  });
});
