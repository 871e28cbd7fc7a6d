import { Temporal } from 'temporal-polyfill';

const quarter = 15 * 60_000;
const largestMemory = 10_000;

/** The offsets of each zone by quarters of an hour since 1970: offsets change on quarters only. */
const known = new Map<string, Map<number, number>>();

/** Minutes by which the zone's clock differs from UTC at that moment. */
function offsetMinutes(moment: number, timeZone: string): number {
  let ofZone = known.get(timeZone);
  if (!ofZone) known.set(timeZone, (ofZone = new Map()));
  const place = Math.floor(moment / quarter);
  let offset = ofZone.get(place);
  if (offset === undefined) {
    offset = Math.round(Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9);
    if (ofZone.size > largestMemory) ofZone.clear();
    ofZone.set(place, offset);
  }
  return offset;
}

/**
 * The start of the hour that the moment falls in on the clocks of the time zone, in minutes since 1970. Where clocks are
 * half an hour off, so are their hours: days add up from hours in every zone.
 */
export function localHour(moment: Date, timeZone: string): number {
  const offset = offsetMinutes(moment.getTime(), timeZone);
  const minutes = Math.floor(moment.getTime() / 60_000) + offset;
  return Math.floor(minutes / 60) * 60 - offset;
}

/** The calendar day that the moment falls on in the time zone, in days since 1970-01-01. */
export function localDay(moment: Date, timeZone: string): number {
  const minutes = Math.floor(moment.getTime() / 60_000) + offsetMinutes(moment.getTime(), timeZone);
  return Math.floor(minutes / 1440);
}
