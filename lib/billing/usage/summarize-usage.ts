import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Feature } from '../catalog/catalog';
import { standing } from '../quota/quota';
import { quotasOf, readRateUse } from '../quota/remaining-quota';
import { readCounters, readPeriods, type CounterRow } from '../quota/store';
import { termsWithUse } from '../quota/terms';
import type { Period } from '../time/period';
import { readSums } from './store';
import type { FeatureUsage, UsageSummary } from './usage';

/** What the feature's counter stands at; `whole` is what was used in all of the period, where the counter is of another stretch. */
function featureUsage(feature: Feature, counter: CounterRow | undefined, whole: { quantity: bigint; events: bigint }): FeatureUsage {
  const { used = 0n, held = 0n, limit = null, policy = null, reset = 'period' } = counter ?? {};
  const ofPeriod = !counter || reset === 'period' ? { total: used, events: counter?.events ?? 0n } : { total: whole.quantity, events: whole.events };
  return { feature, included: policy !== null, reset, used, held, limit, policy, ...standing(limit, used, held), ...ofPeriod };
}

/** Periods end where the next one starts: a subscription that began anew cut the one before short. */
function withoutOverlap(newestFirst: readonly Period[]): Period[] {
  return newestFirst.map((period, index) => {
    const following = newestFirst[index - 1];
    return following && following.start < period.end ? { start: period.start, end: following.start } : period;
  });
}

/**
 * Usage of the period that starts at `periodStart`, or of the running one. It is read from the counters and costs the
 * same however many events there are. Throws `not_found` for a start at which no period of the account began.
 */
export async function summarizeUsage(context: Context, periodStart?: Date): Promise<UsageSummary> {
  const { terms, used } = await termsWithUse(context, context.clock.now());
  const periods = withoutOverlap(await readPeriods(database(), context.accountId));
  const wanted = (periodStart ?? terms.period.start).getTime();
  const period = periods.find(({ start }) => start.getTime() === wanted);
  if (!period) throw new DomainError('not_found', 'The account has no usage period that starts then.');

  const running = period.start.getTime() === terms.period.start.getTime();
  const rows = await readCounters(database(), context.accountId, period);
  const metered = [...terms.features.values()].filter(({ kind }) => kind === 'metered');
  const counterOf = ({ key }: Feature): CounterRow | undefined => {
    const current = terms.counters.get(key)?.id;
    return rows.findLast(({ id, featureKey, period: { start } }) => (running ? id === current : featureKey === key && start >= period.start));
  };
  const otherwise = metered.some((feature) => (counterOf(feature)?.reset ?? 'period') !== 'period');
  const hours = otherwise ? await readSums(database(), context.accountId, period) : [];
  const nothing = { quantity: 0n, events: 0n };
  return {
    period,
    running,
    runningStart: terms.period.start,
    timeZone: terms.timeZone,
    items: metered.map((feature) => featureUsage(feature, counterOf(feature), hours.find((sum) => sum.featureKey === feature.key) ?? nothing)),
    grants: running ? quotasOf(terms, used, await readRateUse(context, terms)).filter(({ feature }) => feature.kind !== 'metered') : [],
    periods,
  };
}
