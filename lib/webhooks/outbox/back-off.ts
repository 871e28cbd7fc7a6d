const minute = 60_000;
const hour = 60 * minute;

/** How long to wait after each failed attempt: soon at first, then less and less often, over a day in all. */
const waits = [10_000, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 15 * hour];

/** How many attempts are made before a delivery counts as failed. */
export const mostAttempts = waits.length + 1;

/**
 * Milliseconds until the next attempt after so many failed ones, or null after the last. `chance` (0 to 1) moves it by up
 * to a fifth either way, so that what failed together does not come back together.
 */
export function waitAfter(attempts: number, chance: number): number | null {
  const wait = waits[attempts - 1];
  return wait === undefined ? null : Math.round(wait * (0.8 + 0.4 * chance));
}
