import { Temporal } from 'temporal-polyfill';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { accountTerms, featureIn } from '../quota/terms';
import { calendarDay, type Period } from '../time/period';
import { daysOf, rangeInTime, type DayRange } from './day-range';
import { countEvents, readEvents, readKeptFrom } from './store';
import type { UsageEvent } from './usage';

export interface UsageQuestion extends DayRange {
  feature?: string;
  /** From 1. */
  page: number;
  pageSize: number;
}

const longestRange = 366;

/**
 * The events of the days, newest first, days on the clocks of the account's time zone and at most 366.
 * Throws `unknown_feature`, `invalid_request`, and `usage_not_kept` for days whose events were taken out since.
 */
export async function listUsage(context: Context, { feature, page, pageSize, ...days }: UsageQuestion) {
  const terms = await accountTerms(context, context.clock.now());
  if (feature !== undefined) featureIn(terms, feature);
  daysOf(days, longestRange);
  const range = rangeInTime(days, terms.timeZone);
  await assertKept(range, terms.timeZone);
  const total = await countEvents(database(), context.accountId, range, feature);
  const items: UsageEvent[] = await readEvents(database(), context.accountId, range, feature, (page - 1) * pageSize, pageSize);
  return { items, page, pageSize, total };
}

/** A list that silently began later than asked would be taken for all there is. */
async function assertKept(range: Period, timeZone: string): Promise<void> {
  const keptFrom = await readKeptFrom(database());
  if (!keptFrom || range.start >= keptFrom) return;
  const first = Temporal.PlainDate.from(calendarDay(new Date(keptFrom.getTime() - 1), timeZone)).add({ days: 1 }).toString();
  throw new DomainError('usage_not_kept', `Single events are kept from ${first} on. Summaries and series hold earlier ones too.`);
}
