import { fraction } from './money';

function floorOf(numerator: bigint, denominator: bigint): bigint {
  const towardsZero = numerator / denominator;
  return numerator < 0n && towardsZero * denominator !== numerator ? towardsZero - 1n : towardsZero;
}

/**
 * The same fraction of each amount, so that the parts sum to the fraction of the whole, which is rounded once, half away
 * from zero. Each part is its exact share rounded down or up: the units left over go to the largest remainders, earlier
 * amounts first. Amounts may be negative. Throws RangeError unless 0 ≤ numerator and 0 < denominator.
 */
export function fractionOfEach(amounts: readonly bigint[], numerator: bigint, denominator: bigint): bigint[] {
  if (numerator < 0n || denominator <= 0n) throw new RangeError('A fraction of amounts is not negative and has a denominator above zero.');
  const shares = amounts.map((amount, index) => {
    const part = floorOf(amount * numerator, denominator);
    return { index, part, remainder: amount * numerator - part * denominator };
  });
  const whole = fraction(amounts.reduce((sum, amount) => sum + amount, 0n), numerator, denominator);
  let left = whole - shares.reduce((sum, share) => sum + share.part, 0n);
  for (const share of [...shares].sort((one, other) => Number(other.remainder > one.remainder) - Number(other.remainder < one.remainder) || one.index - other.index)) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map(({ part }) => part);
}
