import { describe, expect, it } from 'vitest';
import { isReached, percentsFor } from './alert';

describe('isReached', () => {
  it('is exact where percentages are not whole units', () => {
    expect([isReached(1n, 3n, 50), isReached(2n, 3n, 50), isReached(2n, 3n, 80), isReached(3n, 3n, 100)]).toEqual([false, true, false, true]);
  });
  it('knows totals past 2^53 and percentages past 100', () => {
    expect([isReached(2n ** 62n - 1n, 2n ** 62n, 100), isReached(2n ** 62n, 2n ** 62n, 100)]).toEqual([false, true]);
    expect([isReached(249n, 100n, 250), isReached(250n, 100n, 250)]).toEqual([false, true]);
  });
  it('is never so without a limit to reach', () => expect(isReached(0n, 0n, 50)).toBe(false));
});

describe('percentsFor', () => {
  it('takes those of the feature, even none, before those of every feature', () => {
    const thresholds = { everyFeature: [50], features: [{ feature: 'tokens', percents: [90] }, { feature: 'email', percents: [] }] };
    expect(['tokens', 'email', 'api_calls'].map((feature) => percentsFor(thresholds, feature))).toEqual([[90], [], [50]]);
  });
});
