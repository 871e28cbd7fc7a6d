import { Temporal } from 'temporal-polyfill';
import type { Clock } from '@/lib/core/clock';
import { inTransaction } from '@/lib/core/database';
import { settings } from '@/lib/core/settings';
import { detachMonths, dropDetachedMonths } from './store';

/** What is kept of single events: `monthsKept` whole months (UTC) before the running one, null for all. */
export interface Retention {
  monthsKept: number | null;
  /** Whether older months are deleted, not only set aside. */
  deleteOlder: boolean;
  /** How late usage may still come: months that it may fall into are kept in any case. */
  lateUsageDays: number;
}

/** What the environment says of it. */
export function retention(): Retention {
  const { usageMonthsKept, deleteOldUsage, lateUsageDays } = settings();
  return { monthsKept: usageMonthsKept, deleteOlder: deleteOldUsage, lateUsageDays };
}

function firstKeptDay({ lateUsageDays }: Retention, monthsKept: number, now: Date): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC').toPlainDate();
  const wanted = today.with({ day: 1 }).subtract({ months: monthsKept });
  const needed = today.subtract({ days: lateUsageDays + 1 }).with({ day: 1 });
  return Temporal.PlainDate.compare(wanted, needed) < 0 ? wanted.toString() : needed.toString();
}

/**
 * Takes the months of events that need not be kept out of the table, and deletes them where that is wanted. Counters, keys and
 * rollups stay, so that every summary stays as it is and a key counts once for ever. Again it does nothing.
 */
export function retireUsage(clock: Clock, kept: Retention = retention()): Promise<{ detached: number; deleted: number }> {
  const { monthsKept } = kept;
  if (monthsKept === null) return Promise.resolve({ detached: 0, deleted: 0 });
  return inTransaction(async (transaction) => {
    const now = clock.now();
    const detached = await detachMonths(transaction, firstKeptDay(kept, monthsKept, now), now);
    return { detached, deleted: kept.deleteOlder ? await dropDetachedMonths(transaction, now) : 0 };
  });
}
