import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { listModelPrices } from '../catalog/model-prices/list-model-prices';
import { accountTerms } from '../quota/terms';
import { readTokens } from './breakdown/store';
import { costOf, type Cost } from './cost-of-usage';
import type { DayRange } from './day-range';

/** What the tokens of the days, both included, cost by the prices of their models, in the currency. It reads rollups only. */
export async function usageCost(context: Context, days: DayRange, currency: string): Promise<Cost> {
  const [{ features }, prices] = await Promise.all([accountTerms(context, context.clock.now()), listModelPrices({ currency })]);
  const beginnings = [...new Set(prices.map(({ effectiveFrom }) => effectiveFrom))].sort();
  const tokens = await readTokens(database(), context.accountId, { ...days, by: 'model', features: [...features.keys()] }, beginnings);
  return costOf(tokens, prices, currency);
}
