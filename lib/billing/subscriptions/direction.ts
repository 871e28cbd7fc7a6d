import type { Price } from '../catalog/catalog';
import type { Offer } from './subscription';

/** An upgrade takes effect at once, a downgrade when the current period ends. */
export type Direction = 'upgrade' | 'downgrade';

/** Average length in 4800ths of a day, in which a month and a year of the Gregorian calendar are whole: to tell which of two is longer. */
const averageLength: Record<Price['interval'], number> = { day: 4_800, week: 33_600, month: 146_097, year: 1_753_164 };

function length(price: Price): number {
  return averageLength[price.interval] * price.intervalCount;
}

/** Whether both offers are the same plan billed in the same rhythm (or for nothing): there is nothing to change. */
export function isSameOffer(current: Offer, wanted: Offer): boolean {
  if (current.plan.key !== wanted.plan.key) return false;
  return length(current.price) === length(wanted.price) || (current.price.amountMinor === 0n && wanted.price.amountMinor === 0n);
}

/**
 * Which way a change goes: by the plans' rank, then by the length of the interval, then by price. A shorter interval is
 * always a downgrade, since time that was paid for ahead is not paid back; leaving a price of zero never is.
 */
export function directionOf(current: Offer, wanted: Offer): Direction {
  if (wanted.plan.rank < current.plan.rank) return 'downgrade';
  const paid = current.price.amountMinor > 0n;
  if (paid && length(wanted.price) < length(current.price)) return 'downgrade';
  if (wanted.plan.rank > current.plan.rank || length(wanted.price) > length(current.price)) return 'upgrade';
  return wanted.price.amountMinor > current.price.amountMinor ? 'upgrade' : 'downgrade';
}
