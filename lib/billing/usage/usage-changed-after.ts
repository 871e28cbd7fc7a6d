import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Period } from '../time/period';
import { readChanged } from './store';

/** A counter whose use may be another than when its period was charged. */
export interface ChangedCounter {
  featureKey: string;
  /** The counter's own period. */
  period: Period;
  /** All that it counts now: what was charged of it is to be taken off. */
  used: bigint;
  changedAt: Date;
}

/**
 * What changed after its period had ended, by late usage, a correction or a lease that expired: the counters that began in
 * `period` and changed after `since`, the moment they were last rated. Whoever rated keeps the use they rated by; what is
 * charged in addition is the difference, which may be nothing.
 */
export async function usageChangedAfter(context: Context, period: Period, since: Date): Promise<ChangedCounter[]> {
  const rows = await readChanged(database(), context.accountId, period, since);
  return rows.map(({ start, end, ...row }) => ({ ...row, period: { start, end } }));
}
