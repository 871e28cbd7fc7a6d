import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { accountTerms, featureIn } from '../quota/terms';
import { daysOf, rangeInTime, type DayRange } from './day-range';
import { countEvents, readEvents } from './store';
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
 * Throws `unknown_feature`, `invalid_request`.
 */
export async function listUsage(context: Context, { feature, page, pageSize, ...days }: UsageQuestion) {
  const terms = await accountTerms(context, context.clock.now());
  if (feature !== undefined) featureIn(terms, feature);
  daysOf(days, longestRange);
  const range = rangeInTime(days, terms.timeZone);
  const total = await countEvents(database(), context.accountId, range, feature);
  const items: UsageEvent[] = await readEvents(database(), context.accountId, range, feature, (page - 1) * pageSize, pageSize);
  return { items, page, pageSize, total };
}
