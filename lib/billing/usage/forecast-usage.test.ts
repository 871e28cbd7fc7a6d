import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayOfWeek } from '../time/period';
import { forecastUse, type DayUse } from './forecast-usage';

/** `count` days before Monday, 1 June 2026, each with what `use` says of it, 0 being the oldest. */
function daysBefore(count: number, use: (day: string, index: number) => number): DayUse[] {
  const first = Temporal.PlainDate.from('2026-06-01').subtract({ days: count });
  return Array.from({ length: count }, (_, index) => {
    const day = first.add({ days: index }).toString();
    return { day, quantity: BigInt(use(day, index)) };
  });
}

/** Whole days from 1 June on. */
const daysLeft = (count: number) => Array.from({ length: count }, (_, index) => ({ day: Temporal.PlainDate.from('2026-06-01').add({ days: index }).toString(), share: 1 }));
const morning = { quantity: 0n, elapsed: 0 };
const workdays = (day: string): number => (dayOfWeek(day) < 5 ? 100 : 0);

describe('forecastUse', () => {
  it('goes on as steadily as before, and is sure of it', () => {
    const forecast = forecastUse({ used: 500n, history: daysBefore(56, () => 10), today: morning, left: daysLeft(30) });
    expect(forecast).toEqual({ used: 500n, expected: 800n, low: 800n, high: 800n, method: 'weekly' });
  });

  it('keeps the rhythm of the week: ten days hold eight working days when they begin on a Monday', () => {
    const forecast = forecastUse({ used: 0n, history: daysBefore(56, workdays), today: morning, left: daysLeft(10) });
    expect(forecast).toMatchObject({ expected: 800n, low: 800n, high: 800n });
  });

  it('follows a change of level within two weeks', () => {
    const history = daysBefore(56, (_, index) => (index < 42 ? 10 : 20));
    expect(forecastUse({ used: 0n, history, today: morning, left: daysLeft(7) }).expected).toBe(140n);
  });

  it('gives a range that four of five series end in', () => {
    let state = 7;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const noisy = (day: string): number => Math.round(workdays(day) * (0.5 + random()));
    const within = Array.from({ length: 300 }, () => {
      const { low, high } = forecastUse({ used: 0n, history: daysBefore(56, noisy), today: morning, left: daysLeft(14) });
      const actual = BigInt(daysLeft(14).reduce((total, { day }) => total + noisy(day), 0));
      return low <= actual && actual <= high;
    });
    const share = within.filter(Boolean).length / within.length;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.95);
  });

  it('goes by the average of the days known when there are few, with a wide range', () => {
    const forecast = forecastUse({ used: 45n, history: daysBefore(4, () => 10), today: { quantity: 5n, elapsed: 0.5 }, left: [{ day: '2026-06-01', share: 0.5 }, ...daysLeft(10).slice(1)] });
    expect(forecast).toMatchObject({ expected: 140n, method: 'run_rate' });
    expect(forecast.low).toBeGreaterThanOrEqual(45n);
    expect(forecast.high - forecast.expected).toBeGreaterThan(20n);
  });

  it('knows nothing on an unused account, and expects no more at the end of a period', () => {
    expect(forecastUse({ used: 0n, history: [], today: morning, left: daysLeft(30) })).toMatchObject({ expected: 0n, method: 'none' });
    expect(forecastUse({ used: 7n, history: daysBefore(30, () => 10), today: morning, left: [] })).toMatchObject({ expected: 7n, low: 7n, high: 7n });
    expect(forecastUse({ used: 0n, history: daysBefore(30, () => 0), today: morning, left: daysLeft(3) })).toMatchObject({ expected: 0n, high: 0n });
  });
});
