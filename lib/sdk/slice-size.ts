export interface SliceBounds {
  minimum: number;
  maximum: number;
  /** How long a slice should last, in milliseconds. */
  lasts: number;
}

const growth = 4;

/**
 * How much to ask for next: what is used in the time a slice should last, at the rate of late. One step changes the size
 * by a factor of four at most, so that a short burst does not hold back what other processes need. Pure.
 */
export function nextSliceSize(last: number, used: number, elapsed: number, { minimum, maximum, lasts }: SliceBounds): number {
  const wanted = elapsed > 0 ? (used / elapsed) * lasts : used > 0 ? Infinity : 0;
  const near = Math.min(Math.max(wanted, last / growth), last * growth);
  return Math.min(Math.max(Math.ceil(near), minimum), maximum);
}
