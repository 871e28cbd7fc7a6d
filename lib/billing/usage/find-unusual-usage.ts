import { Temporal } from 'temporal-polyfill';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Feature } from '../catalog/catalog';
import { accountTerms } from '../quota/terms';
import { localHour } from '../time/local-hour';
import { calendarDay } from '../time/period';
import { dailyUse } from './daily-use';
import type { DayUse } from './forecast-usage';
import { readSums } from './store';
import { judgeUse, type Judgement } from './unusual-usage';

/** A day on which much more or much less was used than on the same weekday of the weeks before. */
export interface UnusualUsage extends Judgement {
  feature: Feature;
  day: string;
  /** Null for a whole day; of today: the end of the last hour that is over. */
  until: Date | null;
  quantity: bigint;
}

const weeks = 8;

/** What was used of each feature on one day, or in the part of it that is over. */
interface Stretch {
  day: string;
  until: Date | null;
  sums: ReadonlyMap<string, bigint>;
}

const before = (day: string, days: number): string => Temporal.PlainDate.from(day).subtract({ days }).toString();

/**
 * Unusual use of metered features on the last so many days (at most 56), newest first: whole days, and what is over of today
 * by the same hours of the weeks before (by their whole days where those hours are mostly idle). The method is that of `judgeUse`; what is less than a twentieth of an ordinary day,
 * or less than ten units, is never unusual. It reads rollups only.
 */
export async function findUnusualUsage(context: Context, days: number): Promise<UnusualUsage[]> {
  const now = context.clock.now();
  const terms = await accountTerms(context, now);
  const today = calendarDay(now, terms.timeZone);
  const used = await dailyUse(database(), context.accountId, { from: before(today, days + weeks * 7), to: today });
  const sameHours = await readSameHours(context, now, terms.timeZone);
  const metered = [...terms.features.values()].filter(({ kind }) => kind === 'metered');
  const found = metered.flatMap((feature) => {
    const own = used.get(feature.key) ?? [];
    const first = own[0]?.day;
    if (first === undefined) return [];
    const whole = new Map(own.map(({ day, quantity }) => [day, quantity]));
    const judge = (day: string, until: Date | null, quantityOn: (day: string) => bigint): UnusualUsage[] => {
      const earlier = Array.from({ length: weeks }, (_, index) => before(day, 7 * (weeks - index))).filter((one) => one >= first);
      const quantity = quantityOn(day);
      const judgement = judgeUse({ quantity, earlier: earlier.map(quantityOn), minimum: minimumOf(own) });
      return judgement ? [{ feature, day, until, quantity, ...judgement }] : [];
    };
    const [latest, ...weeksBefore] = sameHours;
    const soFar = (day: string): bigint => sameHours.find((stretch) => stretch.day === day)?.sums.get(feature.key) ?? 0n;
    // Where these hours are idle in most weeks, one lump says nothing yet: it has to stand out among whole days.
    const regular = weeksBefore.filter(({ day }) => soFar(day) > 0n).length * 2 > weeksBefore.length;
    const comparable = (day: string): bigint => (regular || day === today ? soFar(day) : (whole.get(day) ?? 0n));
    const ofToday = latest ? judge(today, latest.until, comparable).filter(({ kind }) => regular || kind === 'spike') : [];
    const wholeDays = Array.from({ length: days - 1 }, (_, index) => before(today, index + 1)).flatMap((day) => judge(day, null, (one) => whole.get(one) ?? 0n));
    return [...ofToday, ...wholeDays];
  });
  return found.sort((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0));
}

/** A twentieth of the average day, ten at least. */
function minimumOf(days: readonly DayUse[]): bigint {
  const total = days.reduce((sum, { quantity }) => sum + quantity, 0n);
  const share = total / (20n * BigInt(days.length));
  return share > 10n ? share : 10n;
}

/** Use from the start of today to the end of the last hour, and of the same hours by the clock on the same weekday before. */
async function readSameHours({ accountId }: Context, now: Date, timeZone: string): Promise<Stretch[]> {
  const until = Temporal.Instant.fromEpochMilliseconds(localHour(now, timeZone) * 60_000).toZonedDateTimeISO(timeZone);
  if (until.equals(until.startOfDay())) return [];
  return Promise.all(
    Array.from({ length: weeks + 1 }, async (_, index) => {
      const then = until.subtract({ weeks: index });
      const range = { start: new Date(then.startOfDay().epochMilliseconds), end: new Date(then.epochMilliseconds) };
      const sums = await readSums(database(), accountId, range);
      return { day: then.toPlainDate().toString(), until: range.end, sums: new Map(sums.map(({ featureKey, quantity }) => [featureKey, quantity])) };
    }),
  );
}
