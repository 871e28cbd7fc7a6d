const shortest = 5_000;
const longest = 60_000;

/** After so many answers alike it is asked less often. */
const patience = 6;

/**
 * How long to wait until something is read again, in milliseconds: five seconds while it moves, more and more while it stays
 * as it is or cannot be read, a minute at most.
 */
export function pauseBefore({ alike, failures }: { alike: number; failures: number }): number {
  const steps = failures > 0 ? failures : Math.floor(alike / patience);
  return Math.min(longest, shortest * 2 ** Math.min(steps, 10));
}
