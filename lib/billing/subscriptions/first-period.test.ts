import { describe, expect, it } from 'vitest';
import type { Recurrence } from '../time/period';
import { firstPeriod, nextPeriod } from './next-period';
import { prorate, shareLeft } from './proration';
import { pricedPeriod, type Subscription } from './subscription';

const monthly: Recurrence = { interval: 'month', intervalCount: 1 };

describe('the first period by the calendar', () => {
  it.each<[string, string, string, Recurrence, string, string]>([
    ['ends on the first day of the next month', '2026-03-16T12:00:00Z', 'UTC', monthly, '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    ['by the clocks of the account', '2026-03-31T17:00:00Z', 'Asia/Shanghai', monthly, '2026-03-31T16:00:00.000Z', '2026-04-30T16:00:00.000Z'],
    ['across the change of clocks', '2026-03-16T12:00:00Z', 'Europe/Berlin', monthly, '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['in a leap year', '2028-02-10T00:00:00Z', 'UTC', monthly, '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['of a quarter ends three months after this one began', '2026-02-10T00:00:00Z', 'UTC', { interval: 'month', intervalCount: 3 }, '2026-02-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'],
    ['of a year ends where this month begins', '2026-02-10T00:00:00Z', 'UTC', { interval: 'year', intervalCount: 1 }, '2026-02-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z'],
  ])('%s', (_, at, timeZone, recurrence, pricedFrom, end) => {
    expect(firstPeriod(recurrence, timeZone, new Date(at), 'calendar')).toEqual({
      anchorAt: new Date(pricedFrom), periodIndex: 0, currentPeriod: { start: new Date(at), end: new Date(end) }, pricedFrom: new Date(pricedFrom),
    });
  });

  it('is whole when it begins on the first day', () => {
    const first = new Date('2026-03-01T00:00:00Z');
    expect(firstPeriod(monthly, 'UTC', first, 'calendar')).toEqual(firstPeriod(monthly, 'UTC', first, 'anniversary'));
  });

  it('has no border for days and weeks, which are counted from the moment', () => {
    const at = new Date('2026-03-16T12:00:00Z');
    for (const interval of ['day', 'week'] as const) expect(firstPeriod({ interval, intervalCount: 2 }, 'UTC', at, 'calendar').currentPeriod.start).toEqual(at);
  });

  it('is charged in part, and the next one whole', () => {
    const placement = firstPeriod(monthly, 'UTC', new Date('2026-03-16T12:00:00Z'), 'calendar');
    expect(prorate(10_000n, pricedPeriod(placement), placement.currentPeriod.start).unused).toBe(5_000n);
    const next = nextPeriod({ ...placement, price: monthly } as unknown as Subscription, 'UTC');
    expect(next).toMatchObject({ currentPeriod: { start: new Date('2026-04-01T00:00:00Z'), end: new Date('2026-05-01T00:00:00Z') }, pricedFrom: null });
  });
});

describe('counted by the day', () => {
  const march = { start: new Date('2026-03-01T09:00:00Z'), end: new Date('2026-04-01T09:00:00Z') };
  const byDay = (timeZone: string) => ({ unit: 'day' as const, timeZone });

  it.each([
    ['a day that has begun is not used yet', '2026-03-11T23:59:59Z', 'UTC', 21n],
    ['the first day leaves all', '2026-03-01T23:00:00Z', 'UTC', 31n],
    ['the last moment leaves nothing', '2026-04-01T08:00:00Z', 'UTC', 0n],
    ['a day is one of the account: it is the 12th in Shanghai already', '2026-03-11T23:59:59Z', 'Asia/Shanghai', 20n],
  ])('%s', (_, at, timeZone, left) => {
    expect(shareLeft(march, new Date(at), byDay(timeZone))).toEqual({ unit: 'day', left, whole: 31n });
  });

  it('a day of 23 hours counts as one', () => {
    const period = { start: new Date('2026-03-27T23:00:00Z'), end: new Date('2026-03-30T22:00:00Z') }; // Berlin: midnight of the 28th to that of the 31st.
    expect(shareLeft(period, new Date('2026-03-29T10:00:00Z'), byDay('Europe/Berlin'))).toEqual({ unit: 'day', left: 2n, whole: 3n });
  });

  it('a period within one day is counted by the second', () => {
    const hour = { start: new Date('2026-03-01T09:00:00Z'), end: new Date('2026-03-01T10:00:00Z') };
    expect(shareLeft(hour, new Date('2026-03-01T09:30:00Z'), byDay('UTC'))).toEqual({ unit: 'second', left: 1_800n, whole: 3_600n });
  });
});
