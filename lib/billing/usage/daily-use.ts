import type { Database } from '@/lib/core/database';
import { daysOf, type DayRange } from './day-range';
import type { DayUse } from './forecast-usage';
import { readDays } from './store';

/** Units of each feature on every day of the range, oldest first, from the first day with use on; days without use are 0. */
export async function dailyUse(db: Database, accountId: string, range: DayRange): Promise<Map<string, DayUse[]>> {
  const rows = await readDays(db, accountId, range);
  const days = daysOf(range, Number.POSITIVE_INFINITY);
  const features = new Set(rows.map(({ featureKey }) => featureKey));
  return new Map(
    [...features].map((featureKey) => {
      const own = new Map(rows.filter((row) => row.featureKey === featureKey).map(({ at, quantity }) => [at, quantity]));
      const used = days.slice(days.findIndex((day) => own.has(day)));
      return [featureKey, used.map((day) => ({ day, quantity: own.get(day) ?? 0n }))];
    }),
  );
}
