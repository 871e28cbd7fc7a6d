import { describe, expect, it } from 'vitest';
import { mostAttempts, waitAfter } from './back-off';

describe('waitAfter', () => {
  it('waits longer each time, for a day in all, and then gives up', () => {
    const waits = Array.from({ length: mostAttempts }, (_, index) => waitAfter(index + 1, 0.5));
    expect(waits.at(-1)).toBeNull();
    const given = waits.slice(0, -1).map(Number);
    expect([...given].sort((one, other) => one - other)).toEqual(given);
    const hours = given.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(25);
  });

  it('is moved by chance, by a fifth at most', () => {
    expect([waitAfter(2, 0), waitAfter(2, 1)]).toEqual([48_000, 72_000]);
  });
});
