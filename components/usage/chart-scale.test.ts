import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelEvery, roundSteps } from './chart-scale';

describe('the amounts beside a chart', () => {
  it('are round', () => {
    expect(roundSteps(0)).toEqual([0, 1]);
    expect(roundSteps(3)).toEqual([0, 1, 2, 3]);
    expect(roundSteps(10)).toEqual([0, 5, 10]);
    expect(roundSteps(97)).toEqual([0, 25, 50, 75, 100]);
    expect(roundSteps(10_000)).toEqual([0, 2_500, 5_000, 7_500, 10_000]);
    expect(roundSteps(13_000)).toEqual([0, 5_000, 10_000, 15_000]);
  });

  it('are whole, few, and reach what is drawn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 }), (highest) => {
        const steps = roundSteps(highest);
        expect(steps.every(Number.isInteger)).toBe(true);
        expect(steps.length).toBeLessThanOrEqual(6);
        expect(steps.at(-1)).toBeGreaterThanOrEqual(highest);
      }),
    );
  });
});

describe('the days under a chart', () => {
  it('are written as often as there is room', () => {
    expect([100, 72, 40, 10].map(labelEvery)).toEqual([1, 1, 2, 8]);
  });
});
