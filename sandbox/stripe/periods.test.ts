import { describe, expect, it } from 'vitest';
import { periodEnd } from './periods';

const at = (text: string): number => Date.parse(text) / 1000;
const told = (seconds: number): string => new Date(seconds * 1000).toISOString();

describe('periods of a subscription', () => {
  const anchor = at('2026-01-31T10:20:30Z');
  const monthly = { interval: 'month', interval_count: 1 } as const;

  it('keep the day of the anchor, or the last of a month without it', () => {
    const february = periodEnd(anchor, monthly, anchor);
    const march = periodEnd(anchor, monthly, february);
    expect([february, march].map(told)).toEqual(['2026-02-28T10:20:30.000Z', '2026-03-31T10:20:30.000Z']);
  });

  it.each([
    [{ interval: 'day', interval_count: 10 }, '2026-02-10T10:20:30.000Z'],
    [{ interval: 'week', interval_count: 2 }, '2026-02-14T10:20:30.000Z'],
    [{ interval: 'month', interval_count: 3 }, '2026-04-30T10:20:30.000Z'],
    [{ interval: 'year', interval_count: 1 }, '2027-01-31T10:20:30.000Z'],
  ] as const)('of %j end at %s', (interval, end) => {
    expect(told(periodEnd(anchor, interval, anchor))).toBe(end);
  });

  it('keep a leap day for the years that have it', () => {
    const leap = at('2028-02-29T00:00:00Z');
    const yearly = { interval: 'year', interval_count: 1 } as const;
    let start = leap;
    const ends = Array.from({ length: 4 }, () => (start = periodEnd(leap, yearly, start)));
    expect(ends.map(told).map((text) => text.slice(0, 10))).toEqual(['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']);
  });
});
