import { billingPeriod, billingPeriodAt, type Period } from '../time/period';
import type { Offer, Subscription } from './subscription';

interface Placement {
  anchorAt: Date;
  periodIndex: number;
  currentPeriod: Period;
}

/**
 * The period that follows the current one. Its end is counted from the anchor, so the day is kept; its start is the end
 * of the current one, so that no second is skipped or charged twice, also when the account has moved to another time zone.
 */
export function nextPeriod(subscription: Subscription, timeZone: string): Placement {
  const periodIndex = subscription.periodIndex + 1;
  const { end } = billingPeriod(subscription.anchorAt, timeZone, subscription.price, periodIndex);
  return { anchorAt: subscription.anchorAt, periodIndex, currentPeriod: { start: subscription.currentPeriod.end, end } };
}

/**
 * The period that follows the current one at another price. The anchor is kept where its new rhythm has a border at that
 * moment (a year after the anchor is twelve months after it), else the moment becomes the anchor.
 */
export function nextPeriodAt(offer: Offer, subscription: Subscription, timeZone: string): Placement {
  const start = subscription.currentPeriod.end;
  const { index, period } = billingPeriodAt(subscription.anchorAt, timeZone, offer.price, start);
  if (period.start.getTime() === start.getTime()) return { anchorAt: subscription.anchorAt, periodIndex: index, currentPeriod: period };
  return { anchorAt: start, periodIndex: 0, currentPeriod: billingPeriod(start, timeZone, offer.price, 0) };
}
