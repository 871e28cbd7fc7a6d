import { Temporal } from 'temporal-polyfill';
import type { QuotaReset } from '../catalog/catalog';
import type { Subscription } from '../subscriptions/subscription';
import { billingPeriodAt, type Period, type Recurrence } from '../time/period';

type Anchored = Pick<Subscription, 'anchorAt'> & { price: Recurrence };

/** The period of what is never reset, such as a level. */
export const allTime: Period = { start: new Date('1970-01-01T00:00:00Z'), end: new Date('9999-01-01T00:00:00Z') };

/** How often metered limits begin anew: each month for plans by month or year, else with the plan's own period. */
function quotaRecurrence(price: Recurrence): Recurrence {
  if (price.interval === 'month' || price.interval === 'year') return { interval: 'month', intervalCount: 1 };
  return { interval: price.interval, intervalCount: price.intervalCount };
}

/** The quota period that holds the moment, counted from the subscription's anchor. The moment must not lie before it. */
export function quotaPeriodOf(subscription: Anchored, timeZone: string, moment: Date): Period {
  return billingPeriodAt(subscription.anchorAt, timeZone, quotaRecurrence(subscription.price), moment).period;
}

/** The calendar day or month that the moment falls in on the clocks of the time zone. */
function calendarPeriod(unit: 'month' | 'day', timeZone: string, moment: Date): Period {
  const day = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const start = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
  if (unit === 'day') return { start: start(day), end: start(day.add({ days: 1 })) };
  const first = day.with({ day: 1 });
  return { start: start(first), end: start(first.add({ months: 1 })) };
}

function ruledPeriod(reset: QuotaReset, subscription: Anchored | null, timeZone: string, moment: Date): Period {
  if (reset === 'never') return allTime;
  if (reset === 'month' || reset === 'day') return calendarPeriod(reset, timeZone, moment);
  if (subscription && moment >= subscription.anchorAt) return quotaPeriodOf(subscription, timeZone, moment);
  const month = calendarPeriod('month', timeZone, moment);
  if (subscription && subscription.anchorAt < month.end) return { start: month.start, end: subscription.anchorAt };
  return month;
}

const length = (period: Period): number => period.end.getTime() - period.start.getTime();

/**
 * The period of that reset whose counters the moment belongs to. `known` are the account's periods of the same reset that
 * have counters; the last that begins before the moment and the first that begins after it are enough.
 * A known period is kept to its end, whatever the rule would say now: another time zone moves no border that counts
 * already. It ends early only when the subscription began anew (a new anchor), which days and months of the calendar do
 * not heed. Periods never overlap, and a gap too short to be a period of its own is joined to the next, so that moving
 * borders cannot be used to be granted a limit twice.
 * A moment before the subscription, or without one, belongs to its calendar month.
 */
export function periodHolding(reset: QuotaReset, known: readonly Period[], subscription: Anchored | null, timeZone: string, moment: Date): Period {
  const anchor = reset === 'period' && subscription && moment >= subscription.anchorAt ? subscription.anchorAt : null;
  const earlier = known.filter(({ start }) => start <= moment && (!anchor || start >= anchor));
  const previous = earlier.reduce<Period | undefined>((latest, period) => (!latest || period.start > latest.start ? period : latest), undefined);
  if (previous && moment < previous.end) return previous;

  const ruled = ruledPeriod(reset, subscription, timeZone, moment);
  const following = known.filter(({ start }) => start > moment).map(({ start }) => start.getTime());
  let period = ruled;
  if (previous && previous.end > ruled.start) {
    period = { start: previous.end, end: ruled.end };
    if (length(period) * 2 < length(ruled)) period.end = ruledPeriod(reset, subscription, timeZone, ruled.end).end;
  }
  return { start: period.start, end: new Date(Math.min(period.end.getTime(), ...following)) };
}
