import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { readCounters } from '../quota/store';
import type { Period } from '../time/period';

/** What was used of each metered feature in one quota period. */
export interface PeriodUse {
  period: Period;
  /** Units by feature key. */
  used: Map<string, bigint>;
}

/**
 * The use of every quota period that began within the range, oldest first: one for a plan by the month, twelve for a plan
 * by the year. What an invoice for a billing period charges.
 */
export async function periodUse(context: Context, range: Period): Promise<PeriodUse[]> {
  const rows = await readCounters(database(), context.accountId, range);
  const periods = new Map<number, PeriodUse>();
  for (const row of rows) {
    if (row.period.start < range.start) continue;
    const start = row.period.start.getTime();
    const use = periods.get(start) ?? { period: row.period, used: new Map<string, bigint>() };
    use.used.set(row.featureKey, row.used);
    periods.set(start, use);
  }
  return [...periods.values()];
}
