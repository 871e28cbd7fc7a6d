import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { ModelPrice } from '../../catalog/model-prices/model-price';
import { listModelPrices } from '../../catalog/model-prices/list-model-prices';
import { readBillingTerms } from '../../subscriptions/store';
import { accountTerms, featureIn } from '../../quota/terms';
import { daysOf, type DayRange } from '../day-range';
import { readDays } from '../store';
import { readCounts, readLatencies, readTokens, type BreakdownBy, type RowsQuestion } from './store';
import { addTallies, nothing, summaryOf, type Tally, type TallySummary } from './tally';

export type { BreakdownBy };

export interface BreakdownQuestion extends DayRange {
  by: BreakdownBy;
  /** One feature; every one that is used up unless said. Without it units of several features are not added up. */
  feature?: string;
}

/** What has one value, such as all calls of one model. */
export interface BreakdownItem extends TallySummary {
  /** Null: told no value. */
  value: string | null;
}

export interface UsageBreakdown {
  by: BreakdownBy;
  /** What most events had comes first: the 200 most common values. */
  items: BreakdownItem[];
  /** All further values together; null when there are none. */
  others: TallySummary | null;
  total: TallySummary;
}

const longestRange = 366;
const mostItems = 200;

/**
 * Usage of the days, both included, by feature, model, cost centre or status code. Days are those of the account's clocks, at
 * most 366. The items, with the others, add up to the total, and by feature to the series. It is read from rollups and costs
 * the same however many events there are. Throws `unknown_feature`, `invalid_request`.
 */
export async function usageBreakdown(context: Context, question: BreakdownQuestion): Promise<UsageBreakdown> {
  const { by, feature, ...days } = question;
  const terms = await accountTerms(context, context.clock.now());
  const usedUp = [...terms.features.values()].filter(({ kind }) => kind === 'metered' || kind === 'rate');
  const features = (feature === undefined ? usedUp : [featureIn(terms, feature)]).map(({ key }) => key);
  daysOf(days, longestRange);

  const { currency } = await readBillingTerms(database(), context.accountId);
  const prices = await listModelPrices({ currency });
  const tallies = await readTallies(context, { ...days, by, features }, prices);
  const sorted = [...tallies].sort(mostEventsFirst);
  const told = (tally: Tally, oneFeature: boolean): TallySummary => summaryOf(tally, { prices, currency, oneFeature });
  const rest = sorted.slice(mostItems).map(([, tally]) => tally);
  const oneFeature = feature !== undefined;
  return {
    by,
    items: sorted.slice(0, mostItems).map(([value, tally]) => ({ value, ...told(tally, oneFeature || by === 'feature') })),
    others: rest.length > 0 ? told(addTallies(rest), oneFeature) : null,
    total: told(addTallies([...tallies.values()]), oneFeature),
  };
}

/** Values with as many events by their names, and what told none after them. */
function mostEventsFirst([value, { events }]: [string | null, Tally], [other, { events: others }]: [string | null, Tally]): number {
  if (events !== others) return events < others ? 1 : -1;
  if (value === null || other === null) return value === null ? 1 : -1;
  return value < other ? -1 : 1;
}

/** What each value adds up to. What told no dimension at all stands in no breakdown: it is the rest of the days. */
async function readTallies({ accountId }: Context, question: RowsQuestion, prices: readonly ModelPrice[]): Promise<Map<string | null, Tally>> {
  const { from, to, by, features } = question;
  const db = database();
  const beginnings = [...new Set(prices.map(({ effectiveFrom }) => effectiveFrom))].sort();
  const [days, counts, tokens, latencies] = await Promise.all([
    readDays(db, accountId, { from, to }, undefined, 'month'),
    readCounts(db, accountId, question),
    readTokens(db, accountId, question, beginnings),
    readLatencies(db, accountId, question),
  ]);
  const tallies = new Map<string | null, Tally>();
  const add = (value: string | null, more: Partial<Tally>): void => {
    tallies.set(value, addTallies([tallies.get(value) ?? nothing, { ...nothing, ...more }]));
  };
  // By feature the days say it all; otherwise they say what the values do not account for.
  for (const { value, succeeded, failed, quantity, events } of counts) {
    add(value, by === 'feature' ? { succeeded, failed } : { succeeded, failed, quantity, events });
    if (by !== 'feature') add(null, { quantity: -quantity, events: -events });
  }
  for (const { featureKey, quantity, events } of days) if (features.includes(featureKey)) add(by === 'feature' ? featureKey : null, { quantity, events });
  for (const { value, ...used } of tokens) add(value, { tokens: [used] });
  for (const { value, latency } of latencies) add(value, { latency });
  const silent = tallies.get(null);
  if (silent && silent.events === 0n && silent.quantity === 0n && silent.tokens.length === 0) tallies.delete(null);
  return tallies;
}
