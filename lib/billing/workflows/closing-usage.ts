import { database } from '@/lib/core/database';
import type { DraftLine } from '../invoices/invoice';
import { readChargedLines } from '../invoices/store';
import { lessCharged } from '../invoices/unbilled-lines';
import { usageLines } from '../invoices/usage-lines';
import { readAdjustments } from '../quota/adjustments/store';
import { limitAt } from '../quota/quota';
import { readCounters, type CounterRow } from '../quota/store';
import type { Subscription } from '../subscriptions/subscription';

/** The last moment of the counter's period that has come. */
function lastMoment({ period }: CounterRow, now: Date): Date {
  return now < period.end ? now : new Date(period.end.getTime() - 1);
}

const startOf = ({ period }: DraftLine): number => period?.start.getTime() ?? 0;
const inOrderOfTime = (lines: readonly DraftLine[]): DraftLine[] => [...lines].sort((one, other) => startOf(one) - startOf(other));

/**
 * What usage past the limits costs, by the plan of the subscription, for every quota period that began in its current
 * billing period. A plan by the year holds twelve of them, each with its own limits, overrides, boosts and what rolled over.
 * What was invoiced on demand already is left out. `expected` tells by counter what is to be taken for its use instead of what
 * it has.
 */
export async function closingUsage(subscription: Subscription, now: Date, expected?: ReadonlyMap<number, bigint>): Promise<DraftLine[]> {
  const { accountId, currentPeriod, plan } = subscription;
  const { currency } = subscription.price;
  const counters = await readCounters(database(), accountId, currentPeriod);
  const charged = await readChargedLines(database(), subscription.id, currentPeriod);
  const adjustments = await readAdjustments(database(), accountId, currentPeriod.start);
  const lines = plan.entitlements.flatMap((entitlement) =>
    counters
      .filter(({ featureKey, period }) => featureKey === entitlement.feature.key && period.start >= currentPeriod.start && period.start < currentPeriod.end)
      .flatMap((counter) => {
        const limit = limitAt(entitlement, adjustments, counter, lastMoment(counter, now));
        return usageLines([{ ...entitlement, limit }], new Map([[counter.featureKey, expected?.get(counter.id) ?? counter.used]]), counter.period, currency);
      }),
  );
  return inOrderOfTime(lines).flatMap((line) => lessCharged(line, charged, currency));
}
