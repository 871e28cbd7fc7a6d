import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Page } from '@/lib/core/input';
import { getAccount } from '../accounts/get-account';
import { requireFeature } from '../catalog/list-features';
import { daysOf, rangeInTime, type DayRange } from '../usage/day-range';
import type { Violation } from './alert';
import { countViolations, readViolations, type ViolationFilter } from './store';

export interface ViolationQuestion extends DayRange, ViolationFilter {
  /** From 1. */
  page: number;
  pageSize: number;
}

/** What the rows of all pages add up to. */
export interface ViolationSums {
  calls: bigint;
  quantity: bigint;
}

const longestRange = 366;

/**
 * Refused calls of the days by hour, feature and reason, the newest hour first; days on the clocks of the account's time
 * zone, at most 366. Throws `unknown_feature`, `invalid_request`.
 */
export async function listViolations(context: Context, { from, to, page, pageSize, ...filter }: ViolationQuestion): Promise<Page<Violation> & ViolationSums> {
  if (filter.feature !== undefined) await requireFeature(filter.feature);
  daysOf({ from, to }, longestRange);
  const { timeZone } = await getAccount(context);
  const range = rangeInTime({ from, to }, timeZone);
  const [sums, items] = await Promise.all([
    countViolations(database(), context.accountId, range, filter),
    readViolations(database(), context.accountId, range, filter, (page - 1) * pageSize, pageSize),
  ]);
  return { items, page, pageSize, ...sums };
}
