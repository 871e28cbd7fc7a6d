import { dayAfter, startOfDay, type Period } from './period';

/** The beginning and the end of time, as far as the database can tell. */
const always: Period = { start: new Date('1970-01-01T00:00:00Z'), end: new Date('9999-01-01T00:00:00Z') };

const within = (moment: Date): Date => (moment < always.start ? always.start : moment > always.end ? always.end : moment);

/** Calendar days in time, on the zone's clocks: from the start of the first to the end of the last. A side that is left out is open. */
export function daysInTime({ from, to }: { from?: string; to?: string }, timeZone: string): Period {
  return {
    start: from === undefined ? always.start : within(startOfDay(from, timeZone)),
    end: to === undefined ? always.end : within(startOfDay(dayAfter(to), timeZone)),
  };
}
