import type { Database } from '@/lib/core/database';
import { Prisma } from '@/lib/core/database';
import type { LimitPolicy } from '../catalog/catalog';
import type { RefusalReason } from '../quota/quota';
import type { Period } from '../time/period';
import { defaultPercents, type Alert, type AlertKind, type QuotaAlert, type Thresholds, type Violation } from './alert';
import type { AlertSettings } from './alert-settings';

export async function readThresholds(db: Database, accountId: string): Promise<Thresholds> {
  const rows = await db.quotaThreshold.findMany({ where: { accountId }, orderBy: { featureKey: 'asc' } });
  return {
    everyFeature: rows.find(({ featureKey }) => featureKey === '')?.percents ?? defaultPercents,
    features: rows.filter(({ featureKey }) => featureKey !== '').map(({ featureKey, percents }) => ({ feature: featureKey, percents })),
  };
}

export async function writeThresholds(db: Database, accountId: string, { everyFeature, features }: Thresholds, now: Date): Promise<void> {
  await db.quotaThreshold.deleteMany({ where: { accountId } });
  await db.quotaThreshold.createMany({
    data: [{ feature: '', percents: everyFeature }, ...features].map(({ feature, percents }) => ({ accountId, featureKey: feature, percents, updatedAt: now })),
  });
}

/**
 * Sets anew when the counters of the account that have not ended alert next; those past a threshold already are noted as
 * crossings. Counters are locked by id, as everywhere; hold the account's lock.
 */
export async function resetAlertLevels(db: Database, accountId: string, now: Date, counterId?: bigint): Promise<void> {
  const which = counterId === undefined ? Prisma.empty : Prisma.sql`AND id = ${counterId}`;
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM quota_counter WHERE account_id = ${accountId} AND period_end > ${now} ${which} ORDER BY id FOR NO KEY UPDATE`;
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await db.$queryRaw`SELECT quota_set_alert_levels(${ids}::bigint[])::text`;
}

/** The channel on which those who raise alerts hear of crossings. */
export const crossingChannel = 'quota_crossing';

/** Counters that crossed a threshold, longest ago first, with their accounts. */
export function readCrossings(db: Database, most: number): Promise<{ counterId: bigint; accountId: string }[]> {
  return db.$queryRaw`
    SELECT x.counter_id AS "counterId", c.account_id AS "accountId" FROM quota_crossing x JOIN quota_counter c ON c.id = x.counter_id
    ORDER BY x.crossed_at, x.counter_id LIMIT ${most}`;
}

export interface CrossedCounter {
  id: bigint;
  featureKey: string;
  used: bigint;
  limit: bigint | null;
  policy: LimitPolicy | null;
  periodEnd: Date;
  isLevel: boolean;
}

/** Locks the counter and takes its crossing away; null when somebody else took it. In this order, as decisions do. */
export async function takeCrossing(db: Database, counterId: bigint): Promise<CrossedCounter | null> {
  const [row] = await db.$queryRaw<CrossedCounter[]>`
    SELECT id, feature_key AS "featureKey", used, limit_quantity AS "limit", policy::text AS policy, period_end AS "periodEnd",
      reset = 'never' AS "isLevel"
    FROM quota_counter WHERE id = ${counterId} FOR NO KEY UPDATE`;
  const taken = await db.$executeRaw`DELETE FROM quota_crossing WHERE counter_id = ${counterId}`;
  return taken > 0 && row ? row : null;
}

/** Percentages of the counter that were raised and have not ended. */
export async function raisedPercents(db: Database, counterId: bigint): Promise<number[]> {
  return (await db.quotaAlert.findMany({ where: { counterId, endedAt: null }, select: { percent: true } })).map(({ percent }) => percent);
}

export async function insertAlerts(db: Database, accountId: string, counterId: bigint, alerts: readonly QuotaAlert[]): Promise<void> {
  await db.quotaAlert.createMany({
    data: alerts.map((alert) => ({ ...columnsOf(accountId, alert), counterId })),
  });
}

const columnsOf = (accountId: string, { feature, costCentre, limit, resetsAt, day, ...alert }: Alert) => ({
  ...alert, accountId, featureKey: feature, costCentreId: costCentre?.id ?? null, limitQuantity: limit, periodEnd: resetsAt, day: day === null ? null : new Date(day),
});

/** Writes those alerts whose `onceKey` the account has none of yet; returns their ids. */
export async function insertAlertsOnce(db: Database, accountId: string, alerts: readonly (Alert & { onceKey: string })[]): Promise<string[]> {
  const rows = await db.quotaAlert.createManyAndReturn({ data: alerts.map((alert) => columnsOf(accountId, alert)), skipDuplicates: true, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Levels that are back below a threshold raised before the moment: the counters and their accounts. */
export function readEndedLevels(db: Database, raisedBefore: Date): Promise<{ counterId: bigint; accountId: string }[]> {
  return db.$queryRaw`
    SELECT DISTINCT a.counter_id AS "counterId", a.account_id AS "accountId" FROM quota_alert a JOIN quota_counter c ON c.id = a.counter_id
    WHERE a.ended_at IS NULL AND a.period_end IS NULL AND a.raised_at < ${raisedBefore}
      AND c.used::numeric * 100 < c.limit_quantity::numeric * a.percent`;
}

/** Ends the alerts of a level that it is back below, raised before the moment. */
export async function endLevelAlerts(db: Database, counterId: bigint, raisedBefore: Date, now: Date): Promise<number> {
  return db.$executeRaw`
    UPDATE quota_alert a SET ended_at = ${now} FROM quota_counter c
    WHERE c.id = a.counter_id AND a.counter_id = ${counterId} AND a.ended_at IS NULL AND a.raised_at < ${raisedBefore}
      AND c.used::numeric * 100 < c.limit_quantity::numeric * a.percent`;
}

export async function readSettings(db: Database, accountId: string): Promise<AlertSettings | null> {
  return db.alertSetting.findUnique({ where: { accountId }, select: { spendPercents: true, forecast: true, unusual: true, recipients: true } });
}

export async function writeSettings(db: Database, accountId: string, settings: AlertSettings, now: Date): Promise<void> {
  const row = { ...settings, updatedAt: now };
  await db.alertSetting.upsert({ where: { accountId }, create: { accountId, ...row }, update: row });
}

/** What an account is looked at for: its budgets and its spend cap, or its forecasts and unusual use. */
export type LookSubject = 'money' | 'outlook';

/** The channel on which those who raise alerts hear that a budget, a cap or a setting changed. */
export const moneyChannel = 'alerted_money_changed';

/**
 * The accounts that used something since they were last looked at, or were never. What was used in the minute before the
 * look counts as since: it may have been committed after it.
 */
export async function readToLookAt(db: Database, subject: LookSubject): Promise<string[]> {
  const withMoney = Prisma.sql`AND (EXISTS (SELECT FROM spend_cap s WHERE s.account_id = a.id)
    OR EXISTS (SELECT FROM cost_centre k WHERE k.account_id = a.id AND k.budget_minor IS NOT NULL AND k.archived_at IS NULL))`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM account a LEFT JOIN alert_look l ON l.account_id = a.id AND l.subject = ${subject}
    WHERE EXISTS (
      SELECT FROM quota_counter c WHERE c.account_id = a.id AND c.events > 0 AND (l.looked_at IS NULL OR c.updated_at > l.looked_at - interval '1 minute')
    ) ${subject === 'money' ? withMoney : Prisma.empty} ORDER BY a.id`;
  return rows.map(({ id }) => id);
}

/** Notes when the account was looked at: the moment before the look. */
export async function noteLook(db: Database, accountId: string, subject: LookSubject, lookedAt: Date): Promise<void> {
  await db.alertLook.upsert({ where: { accountId_subject: { accountId, subject } }, create: { accountId, subject, lookedAt }, update: { lookedAt } });
}

export interface AlertFilter {
  kind?: AlertKind;
  feature?: string;
  /** True: only those that nobody has read. */
  unread?: boolean;
}

const alertsWhere = (accountId: string, { kind, feature, unread }: AlertFilter) => ({
  accountId,
  ...(kind !== undefined && { kind }),
  ...(feature !== undefined && { featureKey: feature }),
  ...(unread && { readAt: null }),
});

/** Newest first, of one moment the highest first. */
export async function readAlerts(db: Database, accountId: string, filter: AlertFilter, skip: number, take: number): Promise<Alert[]> {
  const rows = await db.quotaAlert.findMany({
    include: { costCentre: { select: { id: true, name: true } } },
    where: alertsWhere(accountId, filter),
    orderBy: [{ raisedAt: 'desc' }, { percent: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  return rows.map(({ id, kind, featureKey, costCentre, currency, day, percent, used, limitQuantity, periodEnd, raisedAt, readAt }) => ({
    id, kind, feature: featureKey, costCentre, currency, day: day && day.toISOString().slice(0, 10), percent, used, limit: limitQuantity, resetsAt: periodEnd, raisedAt, readAt,
  }));
}

export function countAlerts(db: Database, accountId: string, filter: AlertFilter): Promise<number> {
  return db.quotaAlert.count({ where: alertsWhere(accountId, filter) });
}

/** Marks the alert, or all, as read unless they are. Returns how many were found, read before or not. */
export async function markRead(db: Database, accountId: string, id: string | undefined, now: Date): Promise<number> {
  const which = { accountId, ...(id !== undefined && { id }) };
  await db.quotaAlert.updateMany({ where: { ...which, readAt: null }, data: { readAt: now } });
  return id === undefined ? 1 : db.quotaAlert.count({ where: which });
}

/** Marks the alert as not read. Returns how many were found. */
export async function markUnread(db: Database, accountId: string, id: string): Promise<number> {
  const { count } = await db.quotaAlert.updateMany({ where: { accountId, id }, data: { readAt: null } });
  return count;
}

export interface ViolationFilter {
  feature?: string;
  reason?: RefusalReason;
}

const violationsWhere = (accountId: string, range: Period, { feature, reason }: ViolationFilter) => ({
  accountId,
  hour: { gte: range.start, lt: range.end },
  ...(feature !== undefined && { featureKey: feature }),
  ...(reason !== undefined && { reason }),
});

/** Newest hour first. */
export async function readViolations(db: Database, accountId: string, range: Period, filter: ViolationFilter, skip: number, take: number): Promise<Violation[]> {
  const rows = await db.quotaViolation.findMany({
    where: violationsWhere(accountId, range, filter),
    orderBy: [{ hour: 'desc' }, { featureKey: 'asc' }, { reason: 'asc' }],
    skip,
    take,
  });
  return rows.map(({ accountId: _account, featureKey, ...row }) => ({ ...row, feature: featureKey }));
}

/** How many rows there are, and what they add up to. */
export async function countViolations(db: Database, accountId: string, range: Period, filter: ViolationFilter): Promise<{ total: number; calls: bigint; quantity: bigint }> {
  const { _count, _sum } = await db.quotaViolation.aggregate({ where: violationsWhere(accountId, range, filter), _count: true, _sum: { calls: true, quantity: true } });
  return { total: _count, calls: _sum.calls ?? 0n, quantity: _sum.quantity ?? 0n };
}
