import type { Feature } from '../catalog/catalog';
import type { RateStanding } from './quota';
import { secondsOf, type AccountTerms } from './reading/read-terms';
import type { RateRow } from './store';

/** How finely a window is cut: a slice counts until the whole of it lies outside. */
const slicesOfWindow = 60;

/** What limits of pace remember, and the moment at which they are looked at. */
export interface RateUse {
  rows: readonly RateRow[];
  now: Date;
}

/** The slices that still count at the moment, oldest first, each with the moment from which it no longer does. */
function countingSlices({ windowSeconds, newestSlice, slices }: RateRow, now: Date): { quantity: bigint; until: Date }[] {
  const sliceLength = (windowSeconds * 1_000) / slicesOfWindow;
  const current = Math.floor(now.getTime() / sliceLength);
  const newest = Number(newestSlice);
  return slices
    .map((quantity, place) => ({ quantity, slice: newest - ((((newest - place) % slices.length) + slices.length) % slices.length) }))
    .filter(({ quantity, slice }) => quantity > 0n && slice >= current - slicesOfWindow)
    .sort((one, other) => one.slice - other.slice)
    .map(({ quantity, slice }) => ({ quantity, until: new Date(Math.ceil((slice + slicesOfWindow + 1) * sliceLength)) }));
}

/** Units taken within the window that ends at the moment. Pure. */
export function takenWithin(row: RateRow, now: Date): bigint {
  return countingSlices(row, now).reduce((sum, { quantity }) => sum + quantity, 0n);
}

/** When so many units fit again: now, a moment to come, or null when they never do. Pure. */
export function roomAt(row: RateRow, limit: bigint, quantity: bigint, now: Date): Date | null {
  if (quantity > limit) return null;
  let taken = takenWithin(row, now);
  if (taken + quantity <= limit) return now;
  for (const slice of countingSlices(row, now)) {
    taken -= slice.quantity;
    if (taken + quantity <= limit) return slice.until;
  }
  return now;
}

/** How each limit of pace of the feature stands. Pure. */
export function rateStandings(terms: AccountTerms, feature: Feature, { rows, now }: RateUse): RateStanding[] {
  const grant = terms.grants.get(feature.key);
  return (grant?.rates ?? []).map(({ window, quantity: limit }) => {
    const row = rows.find(({ featureKey, windowSeconds }) => featureKey === feature.key && windowSeconds === secondsOf[window]);
    const used = row ? takenWithin(row, now) : 0n;
    return { window, limit, used, remaining: used < limit ? limit - used : 0n };
  });
}
