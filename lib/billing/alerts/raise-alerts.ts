import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { announce } from '@/lib/webhooks/outbox/announce';
import { listFeatures } from '../catalog/list-features';
import { isReached, percentsFor, type QuotaAlert } from './alert';
import {
  endLevelAlerts, insertAlerts, raisedPercents, readCrossings, readEndedLevels, readThresholds, resetAlertLevels, takeCrossing, type CrossedCounter,
} from './store';
import { ownContext } from './own-context';
import { tellOfQuota } from './tell-people';

const batch = 100;

/** A level that goes up and down around a threshold alerts once in this time, in milliseconds. */
const levelRest = 24 * 60 * 60 * 1000;

function alertsOf(counter: CrossedCounter, percents: readonly number[], raised: readonly number[], now: Date): QuotaAlert[] {
  const { limit } = counter;
  if (limit === null || counter.periodEnd <= now) return [];
  return [...new Set(percents)]
    .filter((percent) => !raised.includes(percent) && isReached(counter.used, limit, percent))
    .sort((one, other) => one - other)
    .map((percent) => ({
      id: newId('alert'), kind: 'quota', feature: counter.featureKey, costCentre: null, currency: null, day: null, percent, used: counter.used, limit,
      resetsAt: counter.isLevel ? null : counter.periodEnd, raisedAt: now, readAt: null,
    }));
}

/**
 * Raises what the counter has reached: each threshold is an alert and an event of its own, and people get one mail, about
 * the highest. All in one transaction with the crossing, so two workers raise it once. Returns how many were raised.
 */
function raiseFor(context: Context, counterId: bigint): Promise<number> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const counter = await takeCrossing(transaction, counterId);
    if (!counter) return 0;
    const now = context.clock.now();
    const percents = percentsFor(await readThresholds(transaction, context.accountId), counter.featureKey);
    const alerts = alertsOf(counter, percents, await raisedPercents(transaction, counterId), now);
    await insertAlerts(transaction, context.accountId, counterId, alerts);
    await resetAlertLevels(transaction, context.accountId, now, counterId);
    for (const { id, feature, percent, used, limit, resetsAt, raisedAt } of alerts) {
      await announce(transaction, context, { event: 'quota.threshold_reached', data: { alert: id, feature, percent, used, limit, resetsAt, raisedAt } });
    }
    const highest = alerts.at(-1);
    const feature = (await listFeatures()).find(({ key }) => key === counter.featureKey);
    if (highest && feature) await tellOfQuota(context, highest, feature, counter.policy);
    return alerts.length;
  });
}

/** Has levels that are back below a threshold alert again when they next reach it. */
async function endLevels(clock: Clock): Promise<void> {
  const now = clock.now();
  const raisedBefore = new Date(now.getTime() - levelRest);
  for (const { counterId, accountId } of await readEndedLevels(database(), raisedBefore)) {
    await inTransaction(async (transaction) => {
      await lockAccount(transaction, accountId);
      await endLevelAlerts(transaction, counterId, raisedBefore, now);
      await resetAlertLevels(transaction, accountId, now, counterId);
    });
  }
}

/** Raises the alerts of every counter that crossed a threshold. Any number of processes may run it. */
export async function raiseAlerts(clock: Clock): Promise<{ raised: number; failed: number }> {
  await endLevels(clock);
  const failed = new Set<bigint>();
  let raised = 0;
  for (;;) {
    const crossings = (await readCrossings(database(), batch + failed.size)).filter(({ counterId }) => !failed.has(counterId));
    if (crossings.length === 0) return { raised, failed: failed.size };
    for (const { counterId, accountId } of crossings) {
      try {
        raised += await raiseFor(await ownContext(accountId, clock), counterId);
      } catch (error) {
        // One that cannot be raised does not hold up the others; it stays and is tried again at the next run.
        log('alerts').error({ err: error, counter: counterId.toString() }, 'an alert could not be raised');
        failed.add(counterId);
      }
    }
  }
}
