import { Temporal } from 'temporal-polyfill';
import type { Subscription } from '../subscriptions/subscription';
import { billingPeriodAt, type Period, type Recurrence } from '../time/period';

type Anchored = Pick<Subscription, 'anchorAt'> & { price: Recurrence };

/** How often metered limits begin anew: each month for plans by month or year, else with the plan's own period. */
function quotaRecurrence(price: Recurrence): Recurrence {
  if (price.interval === 'month' || price.interval === 'year') return { interval: 'month', intervalCount: 1 };
  return { interval: price.interval, intervalCount: price.intervalCount };
}

/** The quota period that holds the moment, counted from the subscription's anchor. The moment must not lie before it. */
export function quotaPeriodOf(subscription: Anchored, timeZone: string, moment: Date): Period {
  return billingPeriodAt(subscription.anchorAt, timeZone, quotaRecurrence(subscription.price), moment).period;
}

function calendarMonth(timeZone: string, moment: Date): Period {
  const day = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().with({ day: 1 });
  const start = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
  return { start: start(day), end: start(day.add({ months: 1 })) };
}

function ruledPeriod(subscription: Anchored | null, timeZone: string, moment: Date): Period {
  if (subscription && moment >= subscription.anchorAt) return quotaPeriodOf(subscription, timeZone, moment);
  const month = calendarMonth(timeZone, moment);
  if (subscription && subscription.anchorAt < month.end) return { start: month.start, end: subscription.anchorAt };
  return month;
}

const length = (period: Period): number => period.end.getTime() - period.start.getTime();

/**
 * The period whose counters the moment belongs to. `known` are the account's periods that have counters.
 * A known period is kept to its end, whatever the rule would say now: another time zone moves no border that counts
 * already. It ends early only when the subscription began anew (a new anchor). Periods never overlap, and a gap too short
 * to be a period of its own is joined to the next, so that moving borders cannot be used to be granted a limit twice.
 * A moment before the subscription, or without one, belongs to its calendar month.
 */
export function periodHolding(known: readonly Period[], subscription: Anchored | null, timeZone: string, moment: Date): Period {
  const anchor = subscription && moment >= subscription.anchorAt ? subscription.anchorAt : null;
  const earlier = known.filter(({ start }) => start <= moment && (!anchor || start >= anchor));
  const previous = earlier.reduce<Period | undefined>((latest, period) => (!latest || period.start > latest.start ? period : latest), undefined);
  if (previous && moment < previous.end) return previous;

  const ruled = ruledPeriod(subscription, timeZone, moment);
  const following = known.filter(({ start }) => start > moment).map(({ start }) => start.getTime());
  let period = ruled;
  if (previous && previous.end > ruled.start) {
    period = { start: previous.end, end: ruled.end };
    if (length(period) * 2 < length(ruled)) period.end = ruledPeriod(subscription, timeZone, ruled.end).end;
  }
  return { start: period.start, end: new Date(Math.min(period.end.getTime(), ...following)) };
}
