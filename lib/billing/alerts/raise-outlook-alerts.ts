import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { findUnusualUsage } from '../usage/find-unusual-usage';
import { forecastUsage, type FeatureForecast } from '../usage/usage-forecast';
import { getAlertSettings } from './alert-settings';
import { lookAtAccounts, type News } from './raise-once';

const day = 86_400_000;

/** Limits of shorter periods begin anew before a forecast of them is worth a mail. */
const shortest = 3 * day;

/** Today and yesterday: what is further back was looked at before. */
const unusualDays = 2;

const percentOf = (used: bigint, limit: bigint): number => {
  const percent = (used * 100n) / (limit > 0n ? limit : 1n);
  return Number(percent > 1_000_000n ? 1_000_000n : percent);
};

/** Whether the forecast says that a limit that is not reached will be passed. By few days only where even the low end passes it. Pure. */
export function willPass({ limit, used, expected, low, method, period }: Pick<FeatureForecast, 'limit' | 'used' | 'expected' | 'low' | 'method' | 'period'>): boolean {
  if (limit === null || used >= limit || method === 'none' || period.end.getTime() - period.start.getTime() < shortest) return false;
  return (method === 'weekly' ? expected : low) > limit;
}

/** Once in each period of a limit. */
async function forecastNews(context: Context): Promise<News[]> {
  return (await forecastUsage(context)).filter(willPass).map(({ feature, counterId, expected, limit, period }) => ({
    kind: 'forecast', feature: feature.key, costCentre: null, currency: null, day: null, percent: percentOf(expected, limit ?? 0n), used: expected, limit: limit ?? 0n,
    resetsAt: period.end, onceKey: `forecast ${counterId}`,
  }));
}

/** Once for each feature and day. */
async function unusualNews(context: Context): Promise<News[]> {
  return (await findUnusualUsage(context, unusualDays)).map(({ feature, day: on, quantity, expected }) => ({
    kind: 'unusual', feature: feature.key, costCentre: null, currency: null, day: on, percent: percentOf(quantity, expected), used: quantity, limit: expected,
    resetsAt: null, onceKey: `unusual ${feature.key} ${on}`,
  }));
}

/** Raises the alerts of forecasts and of unusual use of all accounts that want them. Any number of processes may run it. */
export function raiseOutlookAlerts(clock: Clock): Promise<{ raised: number; failed: number }> {
  return lookAtAccounts(clock, 'outlook', async (context) => {
    const wanted = await getAlertSettings(context);
    return [...(wanted.forecast ? await forecastNews(context) : []), ...(wanted.unusual ? await unusualNews(context) : [])];
  });
}
