import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billingPeriod, billingPeriodAt, calendarDay, daysBetween, firstOfMonth, startOfDay, type Recurrence } from './period';

const monthly: Recurrence = { interval: 'month', intervalCount: 1 };
const yearly: Recurrence = { interval: 'year', intervalCount: 1 };

/** The calendar days on which the first periods begin. */
function starts(anchor: string, timeZone: string, recurrence: Recurrence, count: number): string[] {
  return Array.from({ length: count }, (_, index) => calendarDay(billingPeriod(new Date(anchor), timeZone, recurrence, index).start, timeZone));
}

describe('billing periods', () => {
  it.each<[string, string, string, Recurrence, string[]]>([
    ['keep the 31st', '2026-01-31T10:00:00Z', 'UTC', monthly, ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']],
    ['keep the 31st over a leap February', '2024-01-31T10:00:00Z', 'UTC', monthly, ['2024-01-31', '2024-02-29', '2024-03-31']],
    ['keep the 30th', '2025-12-30T00:00:00Z', 'UTC', monthly, ['2025-12-30', '2026-01-30', '2026-02-28', '2026-03-30']],
    ['keep 29 February over the years', '2024-02-29T12:00:00Z', 'UTC', yearly, ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
    ['count months from 29 February', '2024-02-29T12:00:00Z', 'UTC', monthly, ['2024-02-29', '2024-03-29', '2024-04-29']],
    ['go over the turn of the year', '2026-11-15T00:00:00Z', 'UTC', monthly, ['2026-11-15', '2026-12-15', '2027-01-15']],
    ['count three months at a time', '2025-11-30T00:00:00Z', 'UTC', { interval: 'month', intervalCount: 3 }, ['2025-11-30', '2026-02-28', '2026-05-30']],
    ['keep the 29th over a common February', '2026-01-29T00:00:00Z', 'UTC', monthly, ['2026-01-29', '2026-02-28', '2026-03-29']],
    ['keep the 31st over years of both kinds', '2027-12-31T00:00:00Z', 'UTC', { interval: 'month', intervalCount: 2 }, ['2027-12-31', '2028-02-29', '2028-04-30', '2028-06-30', '2028-08-31']],
    ['count years from 31 January', '2027-01-31T00:00:00Z', 'UTC', { interval: 'year', intervalCount: 1 }, ['2027-01-31', '2028-01-31']],
    ['count two years from 29 February', '2024-02-29T00:00:00Z', 'UTC', { interval: 'year', intervalCount: 2 }, ['2024-02-29', '2026-02-28', '2028-02-29']],
    ['count days over a leap day', '2028-02-27T00:00:00Z', 'UTC', { interval: 'day', intervalCount: 1 }, ['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01']],
    ['count days of 23 hours as days', '2026-03-28T11:00:00Z', 'Europe/Berlin', { interval: 'day', intervalCount: 1 }, ['2026-03-28', '2026-03-29', '2026-03-30']],
    ['count weeks', '2026-02-25T08:00:00Z', 'UTC', { interval: 'week', intervalCount: 2 }, ['2026-02-25', '2026-03-11', '2026-03-25']],
    ['are of the time zone: 31 January there is 30 January in UTC', '2026-01-30T20:00:00Z', 'Asia/Shanghai', monthly, ['2026-01-31', '2026-02-28', '2026-03-31']],
    ['are of the time zone: 31 January there is 1 February in UTC', '2026-02-01T03:00:00Z', 'America/Los_Angeles', monthly, ['2026-01-31', '2026-02-28', '2026-03-31']],
  ])('%s', (_, anchor, timeZone, recurrence, days) => {
    expect(starts(anchor, timeZone, recurrence, days.length)).toEqual(days);
  });

  it.each([
    ['in spring an hour shorter', '2026-03-01T08:00:00Z', 'Europe/Berlin', '2026-04-01T07:00:00.000Z'],
    ['in autumn an hour longer', '2026-10-01T07:00:00Z', 'Europe/Berlin', '2026-11-01T08:00:00.000Z'],
    ['across the change on the southern half', '2026-03-20T00:00:00Z', 'Australia/Sydney', '2026-04-20T01:00:00.000Z'],
    ['with half an hour of difference', '2026-03-20T00:00:00Z', 'Australia/Lord_Howe', '2026-04-20T00:30:00.000Z'],
    ['into an hour that the change skips, moved past it', '2026-02-08T07:30:00Z', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['into an hour that comes twice, the first time', '2026-10-01T05:30:00Z', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('keep the wall clock time: %s', (_, anchor, timeZone, end) => {
    expect(billingPeriod(new Date(anchor), timeZone, monthly, 0).end.toISOString()).toBe(end);
  });

  it('follow one another without a gap, and the period of a moment is the one that holds it', () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
    const recurrences = fc.record({ interval: fc.constantFrom('day', 'week', 'month', 'year'), intervalCount: fc.integer({ min: 1, max: 6 }) });
    const anchors = fc.date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(anchors, fc.constantFrom(...zones), recurrences, fc.nat({ max: 40 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (anchor, zone, recurrence, index, share) => {
        const period = billingPeriod(anchor, zone, recurrence as Recurrence, index);
        expect(period.end).toEqual(billingPeriod(anchor, zone, recurrence as Recurrence, index + 1).start);
        expect(period.start < period.end).toBe(true);
        const moment = new Date(period.start.getTime() + Math.floor((period.end.getTime() - period.start.getTime()) * share));
        expect(billingPeriodAt(anchor, zone, recurrence as Recurrence, moment)).toEqual({ index, period });
      }),
      { numRuns: 60 },
    );
  });

  it('have none before the anchor', () => {
    expect(() => billingPeriodAt(new Date('2026-01-02'), 'UTC', monthly, new Date('2026-01-01'))).toThrow(RangeError);
  });
});

describe('days', () => {
  it('begin at midnight of the time zone, or when the day begins where midnight is skipped', () => {
    expect(startOfDay('2026-11-21', 'Asia/Shanghai').toISOString()).toBe('2026-11-20T16:00:00.000Z');
    expect(startOfDay('2026-09-06', 'America/Santiago').toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });

  it('that do not exist are refused', () => {
    expect(() => startOfDay('2026-02-29', 'UTC')).toThrow(RangeError);
  });

  it.each([
    ['within a day none', '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', 'UTC', 0],
    ['one past midnight, however short', '2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z', 'UTC', 1],
    ['over a leap day', '2028-02-28T12:00:00Z', '2028-03-01T12:00:00Z', 'UTC', 2],
    ['of the time zone', '2026-03-01T15:59:59Z', '2026-03-01T16:00:00Z', 'Asia/Shanghai', 1],
    ['backwards below zero', '2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z', 'UTC', -1],
  ])('are counted between moments: %s', (_, from, to, timeZone, days) => {
    expect(daysBetween(new Date(from), new Date(to), timeZone)).toBe(days);
  });

  it.each([
    ['2026-03-16T12:00:00Z', 'UTC', '2026-03-01T00:00:00.000Z'],
    ['2026-03-31T17:00:00Z', 'Asia/Shanghai', '2026-03-31T16:00:00.000Z'],
    ['2026-03-01T04:00:00Z', 'America/New_York', '2026-02-01T05:00:00.000Z'],
  ])('of a month begin with the first: %s in %s', (moment, timeZone, first) => {
    expect(firstOfMonth(new Date(moment), timeZone).toISOString()).toBe(first);
  });
});
