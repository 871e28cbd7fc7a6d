import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Period } from '../time/period';
import { periodHolding, quotaPeriodOf } from './quota-period';

const monthly = (anchor: string, interval: 'month' | 'year' | 'week' = 'month', intervalCount = 1) => ({
  anchorAt: new Date(anchor),
  price: { interval, intervalCount },
});
const iso = ({ start, end }: Period): string[] => [start.toISOString(), end.toISOString()];

describe('quotaPeriodOf', () => {
  it('begins each month on the day of the anchor, for plans by the year too', () => {
    const moment = new Date('2026-03-01T00:00:00Z');
    const expected = ['2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z'];
    expect(iso(quotaPeriodOf(monthly('2026-01-31T10:00:00Z'), 'UTC', moment))).toEqual(expected);
    expect(iso(quotaPeriodOf(monthly('2025-01-31T10:00:00Z', 'year'), 'UTC', moment))).toEqual(expected);
  });

  it('goes with the period of plans by the week', () => {
    expect(iso(quotaPeriodOf(monthly('2026-01-01T00:00:00Z', 'week', 2), 'UTC', new Date('2026-01-20T00:00:00Z')))).toEqual([
      '2026-01-15T00:00:00.000Z',
      '2026-01-29T00:00:00.000Z',
    ]);
  });

  it('keeps the hour on the clocks of the account when they change', () => {
    expect(iso(quotaPeriodOf(monthly('2026-03-15T08:00:00Z'), 'Europe/Berlin', new Date('2026-04-20T00:00:00Z')))[0]).toBe('2026-04-15T07:00:00.000Z');
  });
});

describe('periodHolding', () => {
  it('gives usage before the subscription, or without one, its calendar month', () => {
    expect(iso(periodHolding('period', [], null, 'Asia/Shanghai', new Date('2026-05-10T00:00:00Z')))).toEqual(['2026-04-30T16:00:00.000Z', '2026-05-31T16:00:00.000Z']);
    expect(iso(periodHolding('period', [], monthly('2026-05-20T12:00:00Z'), 'UTC', new Date('2026-05-10T00:00:00Z')))).toEqual([
      '2026-05-01T00:00:00.000Z',
      '2026-05-20T12:00:00.000Z',
    ]);
  });

  it('begins anew with a new anchor, and leaves what came before where it was', () => {
    const known = [{ start: new Date('2026-01-10T00:00:00Z'), end: new Date('2026-02-10T00:00:00Z') }];
    const renewed = monthly('2026-01-20T09:00:00Z');
    expect(iso(periodHolding('period', known, renewed, 'UTC', new Date('2026-01-20T09:00:00Z')))).toEqual(['2026-01-20T09:00:00.000Z', '2026-02-20T09:00:00.000Z']);
    expect(iso(periodHolding('period', known, renewed, 'UTC', new Date('2026-01-20T08:59:59Z')))).toEqual(['2026-01-10T00:00:00.000Z', '2026-02-10T00:00:00.000Z']);
  });

  it('grants no limit twice to somebody who changes the time zone at will', () => {
    const zones = ['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kolkata'];
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2025-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
        fc.array(fc.record({ zone: fc.constantFrom(...zones), hours: fc.integer({ min: 1, max: 400 }) }), { maxLength: 60 }),
        (anchor, visits) => {
          const subscription = { anchorAt: anchor, price: { interval: 'month' as const, intervalCount: 1 } };
          const known: Period[] = [];
          let moment = anchor;
          for (const { zone, hours } of visits) {
            const period = periodHolding('period', known, subscription, zone, moment);
            expect(period.start <= moment && moment < period.end).toBe(true);
            if (!known.some(({ start }) => start.getTime() === period.start.getTime())) {
              for (const other of known) expect(other.end <= period.start || period.end <= other.start).toBe(true);
              expect(period.end.getTime() - period.start.getTime()).toBeGreaterThan(13 * day);
              known.push(period);
            }
            moment = new Date(moment.getTime() + hours * 3_600_000);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
