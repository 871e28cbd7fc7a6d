import { Temporal } from 'temporal-polyfill';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Feature, LimitPolicy } from '../catalog/catalog';
import { standing } from '../quota/quota';
import { termsWithUse } from '../quota/terms';
import { calendarDay, startOfDay, type Period } from '../time/period';
import { dailyUse } from './daily-use';
import { forecastUse, type Forecast } from './forecast-usage';

/** How much of a feature the running period of its limit will have used at its end, if things go on as before. */
export interface FeatureForecast extends Forecast {
  feature: Feature;
  counterId: number;
  period: Period;
  limit: bigint | null;
  policy: LimitPolicy | null;
  /** Units past the limit, as expected. */
  overage: bigint | null;
}

const historyDays = 56;

const after = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The share of the day that lies between the moments, 0 to 1. Days are as long as the zone's clocks make them. */
function shareOf(day: string, timeZone: string, from: Date, until: Date): number {
  const [start, end] = [startOfDay(day, timeZone).getTime(), startOfDay(after(day, 1), timeZone).getTime()];
  return Math.max(0, Math.min(until.getTime(), end) - Math.max(from.getTime(), start)) / (end - start);
}

/** The days from the moment on until the end, each with the share of it that lies between. */
function daysLeft(now: Date, end: Date, timeZone: string): { day: string; share: number }[] {
  const left: { day: string; share: number }[] = [];
  for (let day = calendarDay(now, timeZone); startOfDay(day, timeZone) < end; day = after(day, 1)) {
    left.push({ day, share: shareOf(day, timeZone, now, end) });
  }
  return left;
}

/** A forecast of every metered feature, from the days of the last eight weeks. It reads rollups only. */
export async function forecastUsage(context: Context): Promise<FeatureForecast[]> {
  const now = context.clock.now();
  const { terms, used } = await termsWithUse(context, now);
  const today = calendarDay(now, terms.timeZone);
  const days = await dailyUse(database(), context.accountId, { from: after(today, -historyDays), to: today });
  const elapsed = 1 - shareOf(today, terms.timeZone, now, startOfDay(after(today, 1), terms.timeZone));
  return [...terms.features.values()].flatMap((feature) => {
    const counter = terms.counters.get(feature.key);
    if (feature.kind !== 'metered' || !counter) return [];
    const own = days.get(feature.key) ?? [];
    const forecast = forecastUse({
      used: used.get(feature.key)?.used ?? counter.used,
      history: own.filter(({ day }) => day < today),
      today: { quantity: own.find(({ day }) => day === today)?.quantity ?? 0n, elapsed },
      left: daysLeft(now, counter.period.end, terms.timeZone),
    });
    const { limit, policy, period, id } = counter;
    return [{ feature, counterId: id, period, limit, policy, overage: standing(limit, forecast.expected).overage, ...forecast }];
  });
}
