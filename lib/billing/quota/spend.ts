import type { Database } from '@/lib/core/database';
import { priceOf, toMajor } from '../money/money';
import type { Subscription } from '../subscriptions/subscription';
import type { Period } from '../time/period';
import type { SpendCapSetting } from './adjustments/adjustment';
import type { SpendCap } from './engine/meter-item';
import { periodHolding } from './quota-period';
import { readCounters, type CounterRow } from './store';

interface SpendFacts {
  accountId: string;
  timeZone: string;
  subscription: Subscription | null;
  /** The quota period that holds the moment. */
  period: Period;
  cap: SpendCapSetting;
  /** The counters that hold the moment, by feature. */
  counters: ReadonlyMap<string, CounterRow>;
}

/**
 * Whether use past the limit of the counter is paid for in that period: of the period's own limits, where they begin; of a day
 * or month of the calendar, where it ends.
 */
export function isPaidIn({ reset, period }: Pick<CounterRow, 'reset' | 'period'>, within: Period): boolean {
  if (reset === 'period') return period.start >= within.start && period.start < within.end;
  return period.end > within.start && period.end <= within.end;
}

const isPriced = (counter: CounterRow, period: Period): boolean => counter.overageAmount !== null && isPaidIn(counter, period);

/** The counters with a price that are paid for in that quota period. */
export async function pricedCounters(db: Database, accountId: string, period: Period): Promise<CounterRow[]> {
  const overlapping = await readCounters(db, accountId, period);
  return overlapping.filter((counter) => isPriced(counter, period));
}

/** From when on counters bear on what is spent: those of periods that end later. Pure. */
export function spendSince({ period, counters }: Pick<SpendFacts, 'period' | 'counters'>): Date {
  return new Date(Math.min(period.start.getTime(), ...[...counters.values()].filter(({ reset }) => reset !== 'never').map((counter) => counter.period.start.getTime())));
}

/**
 * For each feature whose use past the limit is charged: the cap that its decisions keep to, with all counters that count
 * against it: those that are paid for in the same quota period. `rows` are the account's counters of periods that end after
 * `spendSince`. Pure.
 */
export function spendOf({ accountId, timeZone, subscription, period, cap, counters }: SpendFacts, rows: readonly CounterRow[]): Map<string, SpendCap> {
  const amount = toMajor(cap.amountMinor, cap.currency);
  const known = rows.filter(({ reset }) => reset === 'period').map((row) => row.period);
  const spend = new Map<string, SpendCap>();
  const groups = new Map<number, SpendCap>();
  for (const counter of counters.values()) {
    if (counter.overageAmount === null) continue;
    const end = new Date(counter.period.end.getTime() - 1);
    const paidIn = isPaidIn(counter, period) ? period : periodHolding('period', known, subscription, timeZone, end);
    const start = paidIn.start.getTime();
    let group = groups.get(start);
    if (!group) {
      const counterIds = rows.filter((row) => isPriced(row, paidIn)).map(({ id }) => id).sort((one, other) => one - other);
      group = { group: `${accountId} ${paidIn.start.toISOString()}`, amount, counterIds };
      groups.set(start, group);
    }
    spend.set(counter.featureKey, group);
  }
  return spend;
}

/**
 * What use past the limit of the counter counts for, in minor units: one rounding a counter. Where each unit costs the same,
 * that is what an invoice charges; by tiers or packages it is never less, since the most that a unit can cost is taken.
 */
export function costOf({ limit, overageAmount }: Pick<CounterRow, 'limit' | 'overageAmount'>, used: bigint, currency: string): bigint {
  if (limit === null || overageAmount === null || used <= limit) return 0n;
  return priceOf(used - limit, overageAmount, currency);
}
