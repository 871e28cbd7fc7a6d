import { database } from '@/lib/core/database';
import type { DraftLine } from '../invoices/invoice';
import { usageLines } from '../invoices/usage-lines';
import { readCounters } from '../quota/store';
import type { Subscription } from '../subscriptions/subscription';

/**
 * What usage past the limits costs, by the plan of the subscription, for every quota period that began in its current
 * billing period. A plan by the year holds twelve of them, each with its own limits.
 */
export async function closingUsage(subscription: Subscription): Promise<DraftLine[]> {
  const { start, end } = subscription.currentPeriod;
  const counters = await readCounters(database(), subscription.accountId, subscription.currentPeriod);
  const begun = counters.filter(({ period }) => period.start >= start && period.start < end);
  const starts = [...new Set(begun.map(({ period }) => period.start.getTime()))];
  return starts.flatMap((opened) => {
    const group = begun.filter((counter) => counter.period.start.getTime() === opened);
    const used = new Map(group.map((counter) => [counter.featureKey, counter.used]));
    const period = group[0]?.period ?? subscription.currentPeriod;
    return usageLines(subscription.plan.entitlements, used, period, subscription.price.currency);
  });
}
