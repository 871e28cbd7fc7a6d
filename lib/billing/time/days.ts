import { dayAfter, startOfDay, type Period } from './period';

/** The beginning and the end of time, as far as the database can tell. */
const always: Period = { start: new Date('1970-01-01T00:00:00Z'), end: new Date('9999-01-01T00:00:00Z') };

/** Calendar days in time, on the zone's clocks: from the start of the first to the end of the last. A side that is left out is open. */
export function daysInTime({ from, to }: { from?: string; to?: string }, timeZone: string): Period {
  const start = from === undefined ? always.start : startOfDay(from, timeZone);
  const end = to === undefined ? always.end : startOfDay(dayAfter(to), timeZone);
  return { start: start < always.start ? always.start : start, end: end > always.end ? always.end : end };
}
