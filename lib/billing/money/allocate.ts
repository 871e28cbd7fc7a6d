/**
 * Splits an amount in proportion to the weights so that the parts always sum to the whole: each part is rounded
 * towards zero, and the units left over go to the largest remainders, earlier parts first.
 * Throws RangeError on a negative weight and when all weights are zero.
 */
export function allocate(amount: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('A weight must not be negative.');
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) throw new RangeError('At least one weight must be above zero.');

  const size = amount < 0n ? -amount : amount;
  const shares = weights.map((weight, index) => ({ index, part: (size * weight) / whole, remainder: (size * weight) % whole }));
  let left = size - shares.reduce((sum, share) => sum + share.part, 0n);
  for (const share of [...shares].sort((one, other) => Number(other.remainder > one.remainder) - Number(other.remainder < one.remainder) || one.index - other.index)) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map((share) => (amount < 0n ? -share.part : share.part));
}
