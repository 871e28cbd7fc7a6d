import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { accountTerms, featureIn } from '../quota/terms';
import type { Period } from '../time/period';
import { localHour } from '../time/local-hour';
import { daysOf, rangeInTime, type DayRange } from './day-range';
import { readBefore, readDays, readHours, type HourRow } from './store';
import type { UsagePoint, UsageSeries } from './usage';

export type Granularity = 'month' | 'day' | 'hour';

export interface SeriesQuestion extends DayRange {
  granularity: Granularity;
  /** One counted feature, a level too; every one that is used up unless said. */
  feature?: string;
}

/** Days of the longest range: five years, a year, a month. */
const longest: Record<Granularity, number> = { month: 1_830, day: 366, hour: 31 };

function hoursOf(range: Period, timeZone: string): string[] {
  const starts: string[] = [];
  for (let at = range.start.getTime(); at < range.end.getTime(); at += 3_600_000) {
    starts.push(new Date(localHour(new Date(at), timeZone) * 60_000).toISOString());
  }
  return [...new Set(starts)];
}

function momentsOf(days: readonly string[], granularity: Granularity, range: Period, timeZone: string): string[] {
  switch (granularity) {
    case 'month':
      return [...new Set(days.map((day) => day.slice(0, 7)))];
    case 'day':
      return [...days];
    case 'hour':
      return hoursOf(range, timeZone);
  }
}

/** Adds up a level's changes from where it stood at first: each point says where it stood at its end. */
function running(points: readonly UsagePoint[], first: bigint): UsagePoint[] {
  let level = first;
  return points.map((point) => ({ ...point, quantity: (level += point.quantity) }));
}

/**
 * Usage by hour, day or month on the clocks of the account's time zone, from the first day to the last, both included: at most
 * 31 days by hour, 366 by day, five years by month. Of a level: where it stood. Throws `unknown_feature`, `invalid_request`.
 */
export async function usageSeries(context: Context, question: SeriesQuestion): Promise<UsageSeries[]> {
  const { granularity } = question;
  const terms = await accountTerms(context, context.clock.now());
  const usedUp = [...terms.features.values()].filter(({ kind }) => kind === 'metered' || kind === 'rate');
  const features = question.feature === undefined ? usedUp : [featureIn(terms, question.feature)];
  const days = daysOf(question, longest[granularity]);
  const range = rangeInTime(question, terms.timeZone);
  const rows = await readRows(context, question, range);
  const found = new Map(rows.map((row) => [`${row.featureKey} ${row.at}`, row]));
  const moments = momentsOf(days, granularity, range, terms.timeZone);
  return Promise.all(
    features.map(async (feature) => {
      const points = moments.map((at) => {
        const row = found.get(`${feature.key} ${at}`);
        return { at, quantity: row?.quantity ?? 0n, events: row?.events ?? 0n };
      });
      if (feature.kind !== 'level') return { feature, total: points.reduce((total, { quantity }) => total + quantity, 0n), points };
      const first = await readBefore(database(), context.accountId, question.from, feature.key);
      const levels = running(points, first);
      return { feature, total: levels.at(-1)?.quantity ?? first, points: levels };
    }),
  );
}

function readRows({ accountId }: Context, { granularity, feature, from, to }: SeriesQuestion, range: Period): Promise<HourRow[]> {
  if (granularity === 'hour') return readHours(database(), accountId, range, feature);
  return readDays(database(), accountId, { from, to }, feature, granularity);
}
