import { database } from '@/lib/core/database';
import type { DraftLine } from '../invoices/invoice';
import { readChargedLines } from '../invoices/store';
import { lessCharged } from '../invoices/unbilled-lines';
import { usageLines } from '../invoices/usage-lines';
import { readCounters } from '../quota/store';
import type { Subscription } from '../subscriptions/subscription';

/**
 * What usage past the limits costs, by the plan of the subscription, for every quota period that began in its current
 * billing period. A plan by the year holds twelve of them, each with its own limits. What was invoiced on demand already is
 * left out.
 */
export async function closingUsage(subscription: Subscription): Promise<DraftLine[]> {
  const { start, end } = subscription.currentPeriod;
  const counters = await readCounters(database(), subscription.accountId, subscription.currentPeriod);
  const charged = await readChargedLines(database(), subscription.id, subscription.currentPeriod);
  const { currency } = subscription.price;
  const begun = counters.filter(({ period }) => period.start >= start && period.start < end);
  const starts = [...new Set(begun.map(({ period }) => period.start.getTime()))];
  return starts.flatMap((opened) => {
    const group = begun.filter((counter) => counter.period.start.getTime() === opened);
    const used = new Map(group.map((counter) => [counter.featureKey, counter.used]));
    const period = group[0]?.period ?? subscription.currentPeriod;
    return usageLines(subscription.plan.entitlements, used, period, currency).flatMap((line) => lessCharged(line, charged, currency));
  });
}
