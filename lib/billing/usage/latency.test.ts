import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSlices, latencyPercentile, latencySlices } from './latency';

/** The slice that an event of that latency is counted in. */
const sliceOf = (latency: number): number => (latency <= 1 ? 0 : Math.min(latencySlices - 1, Math.ceil(2 * Math.log2(latency) - 1e-9)));

function slicesOf(latencies: readonly number[]): bigint[] {
  const slices = Array.from({ length: latencySlices }, () => 0n);
  for (const latency of latencies) slices[sliceOf(latency)] = (slices[sliceOf(latency)] ?? 0n) + 1n;
  return slices;
}

describe('latencyPercentile', () => {
  it('is unknown when no event told its latency', () => {
    expect(latencyPercentile([], 0.5)).toBeNull();
    expect(latencyPercentile(slicesOf([]), 0.99)).toBeNull();
  });

  it('is true to 20 % for every share', () => {
    const latencies = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.95, 0.99), (values, share) => {
        const sorted = values.toSorted((one, other) => one - other);
        const exact = sorted[Math.max(1, Math.ceil(values.length * share)) - 1] ?? 0;
        const told = latencyPercentile(slicesOf(values), share) ?? 0;
        // Half a millisecond of rounding beside the width of a slice.
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.2 + 0.5);
      }),
    );
  });

  it('adds up days, those without latencies too', () => {
    expect(addSlices([], [1n, 2n])).toEqual([1n, 2n]);
    expect(addSlices([1n, 2n, 3n], [1n])).toEqual([2n, 2n, 3n]);
  });
});
