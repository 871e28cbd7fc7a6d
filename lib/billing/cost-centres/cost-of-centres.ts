import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { listFeatures } from '../catalog/list-features';
import { listModelPrices } from '../catalog/model-prices/list-model-prices';
import { Exact } from '../money/money';
import { readCounters, type CounterRow } from '../quota/store';
import { readBillingTerms } from '../subscriptions/store';
import { rangeInTime, type DayRange } from '../usage/day-range';
import { readDays } from '../usage/store';
import { readTold, type ToldRow } from './store';
import { valueOf, type PriceList } from './value-of-usage';

/** What one cost centre used of one feature in some days. */
export interface CentreUsage {
  /** What usage named the centre by; null: usage that named none. */
  centre: string | null;
  feature: string;
  quantity: bigint;
  events: bigint;
  /** Exact, in major units of the account's currency. */
  cost: Exact;
  /** Units that no price was found for, which the cost leaves out. */
  unpricedQuantity: bigint;
}

/** The newest price of each feature: what a further unit costs with the plan. Pure; counters are the oldest first. */
function unitPricesOf(counters: readonly CounterRow[]): Map<string, string> {
  return new Map(counters.flatMap(({ featureKey, overageAmount }) => (overageAmount === null ? [] : [[featureKey, overageAmount]])));
}

/** What told no dimension at all stands in no breakdown: it is the rest of the days. */
function restOf(days: readonly { featureKey: string; quantity: bigint; events: bigint }[], told: readonly ToldRow[], day: string): ToldRow[] {
  const sum = (rows: readonly { featureKey: string; quantity: bigint; events: bigint }[], feature: string, field: 'quantity' | 'events') =>
    rows.reduce((total, row) => (row.featureKey === feature ? total + row[field] : total), 0n);
  return [...new Set(days.map(({ featureKey }) => featureKey))].map((featureKey) => ({
    centre: null, featureKey, model: null, day, inputTokens: 0n, outputTokens: 0n,
    quantity: sum(days, featureKey, 'quantity') - sum(told, featureKey, 'quantity'),
    events: sum(days, featureKey, 'events') - sum(told, featureKey, 'events'),
  }));
}

/** Adds the rows up by centre and feature. Pure. */
function byCentre(rows: readonly ToldRow[], prices: PriceList): CentreUsage[] {
  const usage = new Map<string, CentreUsage>();
  for (const row of rows) {
    if (row.quantity === 0n && row.events === 0n && row.inputTokens === 0n && row.outputTokens === 0n) continue;
    const name = JSON.stringify([row.centre, row.featureKey]);
    const before = usage.get(name) ?? { centre: row.centre, feature: row.featureKey, quantity: 0n, events: 0n, cost: new Exact(0), unpricedQuantity: 0n };
    const { amount, unpricedQuantity } = valueOf(row.featureKey, row, prices);
    usage.set(name, {
      ...before,
      quantity: before.quantity + row.quantity,
      events: before.events + row.events,
      cost: before.cost.plus(amount),
      unpricedQuantity: before.unpricedQuantity + unpricedQuantity,
    });
  }
  return [...usage.values()];
}

/**
 * What each cost centre used of each feature that is used up in the days, and what it cost: see `valueOf`. It is read from
 * rollups and costs the same however many events there are.
 */
export async function costOfCentres({ accountId }: Context, range: DayRange): Promise<{ currency: string; usage: CentreUsage[] }> {
  const db = database();
  const features = (await listFeatures()).filter(({ kind }) => kind === 'metered' || kind === 'rate').map(({ key }) => key);
  const { currency, timeZone } = await readBillingTerms(db, accountId);
  const modelPrices = await listModelPrices({ currency });
  const beginnings = [...new Set(modelPrices.map(({ effectiveFrom }) => effectiveFrom))].sort();
  const [told, days, counters] = await Promise.all([
    readTold(db, accountId, range, features, beginnings),
    readDays(db, accountId, range, undefined, 'month'),
    readCounters(db, accountId, rangeInTime(range, timeZone)),
  ]);
  const usedUp = days.filter(({ featureKey }) => features.includes(featureKey));
  const rows = [...told, ...restOf(usedUp, told, range.from)];
  return { currency, usage: byCentre(rows, { currency, modelPrices, unitPrices: unitPricesOf(counters) }) };
}
