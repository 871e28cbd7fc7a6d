/** How many slices latencies are counted in. */
export const latencySlices = 48;

/** Milliseconds up to which an event belongs to the slice: 1 for the first, each further one √2 times more. */
const upperEnd = (slice: number): number => 2 ** (slice / 2);

/**
 * The latency in whole milliseconds that the share (0 to 1) of the events did not pass, or null when none told one. It is
 * the middle of the slice that the event falls in, so it is true to 20 %.
 */
export function latencyPercentile(slices: readonly bigint[], share: number): number | null {
  const total = slices.reduce((sum, events) => sum + events, 0n);
  if (total <= 0n) return null;
  const rank = BigInt(Math.max(1, Math.ceil(Number(total) * share)));
  let passed = 0n;
  const slice = slices.findIndex((events) => (passed += events) >= rank);
  return slice === 0 ? 1 : Math.round(upperEnd(slice - 0.5));
}

/** Adds up slices one by one; an empty list stands for none told. */
export function addSlices(one: readonly bigint[], other: readonly bigint[]): bigint[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, slice) => (one[slice] ?? 0n) + (other[slice] ?? 0n));
}
