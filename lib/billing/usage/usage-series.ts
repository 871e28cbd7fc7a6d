import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { featureIn } from '../quota/terms';
import { accountTerms } from '../quota/terms';
import type { Period } from '../time/period';
import { localHour } from '../time/local-hour';
import { daysOf, rangeInTime, type DayRange } from './day-range';
import { readDays, readHours } from './store';
import type { UsageSeries } from './usage';

export type Granularity = 'day' | 'hour';

export interface SeriesQuestion extends DayRange {
  granularity: Granularity;
  /** One metered feature; every one unless said. */
  feature?: string;
}

const longest: Record<Granularity, number> = { day: 366, hour: 31 };

function hoursOf(range: Period, timeZone: string): string[] {
  const starts: string[] = [];
  for (let at = range.start.getTime(); at < range.end.getTime(); at += 3_600_000) {
    starts.push(new Date(localHour(new Date(at), timeZone) * 60_000).toISOString());
  }
  return [...new Set(starts)];
}

/**
 * Usage by day or hour on the clocks of the account's time zone, from the first day to the last, both included: at most
 * 366 days, or 31 by hour. Throws `unknown_feature`, `invalid_request`.
 */
export async function usageSeries(context: Context, question: SeriesQuestion): Promise<UsageSeries[]> {
  const terms = await accountTerms(context, context.clock.now());
  const metered = [...terms.features.values()].filter(({ kind }) => kind === 'metered');
  const features = question.feature === undefined ? metered : [featureIn(terms, question.feature)];
  const days = daysOf(question, longest[question.granularity]);
  const range = rangeInTime(question, terms.timeZone);
  const rows =
    question.granularity === 'day'
      ? await readDays(database(), context.accountId, range, terms.timeZone, question.feature)
      : await readHours(database(), context.accountId, range, question.feature);
  const moments = question.granularity === 'day' ? days : hoursOf(range, terms.timeZone);
  const found = new Map(rows.map((row) => [`${row.featureKey} ${row.at}`, row]));
  return features.map((feature) => {
    const points = moments.map((at) => {
      const row = found.get(`${feature.key} ${at}`);
      return { at, quantity: row?.quantity ?? 0n, events: row?.events ?? 0n };
    });
    return { feature, total: points.reduce((total, { quantity }) => total + quantity, 0n), points };
  });
}
