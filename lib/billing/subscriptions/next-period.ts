import { billingPeriod, billingPeriodAt, firstOfMonth, type Period, type Recurrence } from '../time/period';
import type { BillingAlignment, Offer, Subscription } from './subscription';

/** Where a billing period lies. */
export interface Placement {
  anchorAt: Date;
  periodIndex: number;
  currentPeriod: Period;
  pricedFrom: Date | null;
}

/**
 * The period that begins at the moment. By the calendar it ends on the first day of a month in the account's time zone,
 * and its price is that of the time since the first day of this month; days and weeks have no such border, so they are
 * counted from the moment.
 */
export function firstPeriod(recurrence: Recurrence, timeZone: string, at: Date, alignment: BillingAlignment): Placement {
  const byCalendar = alignment === 'calendar' && (recurrence.interval === 'month' || recurrence.interval === 'year');
  const anchorAt = byCalendar ? firstOfMonth(at, timeZone) : at;
  const { end } = billingPeriod(anchorAt, timeZone, recurrence, 0);
  return { anchorAt, periodIndex: 0, currentPeriod: { start: at, end }, pricedFrom: anchorAt < at ? anchorAt : null };
}

/**
 * The period that follows the current one. Its end is counted from the anchor, so the day is kept; its start is the end
 * of the current one, so that no second is skipped or charged twice, also when the account has moved to another time zone.
 */
export function nextPeriod(subscription: Subscription, timeZone: string): Placement {
  const periodIndex = subscription.periodIndex + 1;
  const { end } = billingPeriod(subscription.anchorAt, timeZone, subscription.price, periodIndex);
  return { anchorAt: subscription.anchorAt, periodIndex, currentPeriod: { start: subscription.currentPeriod.end, end }, pricedFrom: null };
}

/**
 * The period that follows the current one at another price. The anchor is kept where its new rhythm has a border at that
 * moment (a year after the anchor is twelve months after it), else the moment becomes the anchor.
 */
export function nextPeriodAt(offer: Offer, subscription: Subscription, timeZone: string): Placement {
  const start = subscription.currentPeriod.end;
  const { index, period } = billingPeriodAt(subscription.anchorAt, timeZone, offer.price, start);
  if (period.start.getTime() === start.getTime()) return { anchorAt: subscription.anchorAt, periodIndex: index, currentPeriod: period, pricedFrom: null };
  return { anchorAt: start, periodIndex: 0, currentPeriod: billingPeriod(start, timeZone, offer.price, 0), pricedFrom: null };
}
