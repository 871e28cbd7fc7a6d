import { Temporal } from 'temporal-polyfill';
import { calendarDay } from '../time/period';
import type { DayRange } from '../usage/day-range';

/** The calendar month (`2026-11`) that holds the moment, on the zone's clocks. */
export function monthOf(moment: Date, timeZone: string): string {
  return calendarDay(moment, timeZone).slice(0, 7);
}

/** The first and the last day of the month. Throws RangeError for a month that does not exist. */
export function daysOfMonth(month: string): DayRange {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  return { from: first.toString(), to: first.add({ months: 1 }).subtract({ days: 1 }).toString() };
}

/** The month so many after this one, before it where negative. */
export function monthAfter(month: string, months = 1): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString();
}
