import { Temporal } from 'temporal-polyfill';

/** From `start` (inclusive) to `end` (exclusive). */
export interface Period {
  start: Date;
  end: Date;
}

export type IntervalUnit = 'day' | 'week' | 'month' | 'year';

/** How often something recurs: every `count` units. */
export interface Recurrence {
  interval: IntervalUnit;
  intervalCount: number;
}

/**
 * The `index`-th period since the anchor, in the account's time zone. Each border is counted from the anchor, never
 * from the border before, so the day is kept: 31 January, 28 February, 31 March.
 */
export function billingPeriod(anchor: Date, timeZone: string, recurrence: Recurrence, index: number): Period {
  const start = Temporal.Instant.fromEpochMilliseconds(anchor.getTime()).toZonedDateTimeISO(timeZone);
  const border = (position: number): Date => {
    const count = position * recurrence.intervalCount;
    const moved = start.add({ [`${recurrence.interval}s`]: count });
    return new Date(moved.epochMilliseconds);
  };
  return { start: border(index), end: border(index + 1) };
}

/** Which period since the anchor holds the moment: its index, and the period. The moment must not lie before the anchor. */
export function billingPeriodAt(anchor: Date, timeZone: string, recurrence: Recurrence, moment: Date): { index: number; period: Period } {
  if (moment < anchor) throw new RangeError('The moment lies before the anchor.');
  const zoned = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone);
  const unit = `${recurrence.interval}s` as const;
  const whole = zoned(anchor).until(zoned(moment), { largestUnit: recurrence.interval })[unit];
  // A good guess: the end of a month is counted differently forwards and backwards.
  let index = Math.floor(whole / recurrence.intervalCount);
  let period = billingPeriod(anchor, timeZone, recurrence, index);
  while (moment < period.start || moment >= period.end) {
    index += moment < period.start ? -1 : 1;
    period = billingPeriod(anchor, timeZone, recurrence, index);
  }
  return { index, period };
}

/** The calendar day (`2026-11-21`) on which the moment falls in the time zone. */
export function calendarDay(moment: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The first moment of the calendar day in the time zone. Throws RangeError for a day that does not exist. */
export function startOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day, { overflow: 'reject' }).toZonedDateTime(timeZone).epochMilliseconds);
}

/** The first moment of the calendar month that the moment falls in, in the time zone. */
export function firstOfMonth(moment: Date, timeZone: string): Date {
  return startOfDay(`${calendarDay(moment, timeZone).slice(0, -2)}01`, timeZone);
}

/** How many calendar days of the time zone lie between the days on which the moments fall; negative when `to` is earlier. */
export function daysBetween(from: Date, to: Date, timeZone: string): number {
  return Temporal.PlainDate.from(calendarDay(from, timeZone)).until(calendarDay(to, timeZone), { largestUnit: 'day' }).days;
}

/** The day of the week of a calendar day: 0 is Monday. */
export function dayOfWeek(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek - 1;
}

/** The calendar day after this one. Throws RangeError for a day that does not exist. */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: 1 }).toString();
}
