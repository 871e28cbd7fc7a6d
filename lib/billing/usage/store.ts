import type { Database } from '@/lib/core/database';
import { Prisma } from '@/lib/core/database';
import type { Period } from '../time/period';
import type { UsageEvent } from './usage';

export interface HourRow {
  featureKey: string;
  at: string;
  quantity: bigint;
  events: bigint;
}

const featureIs = (column: Prisma.Sql, featureKey: string | undefined): Prisma.Sql =>
  featureKey === undefined ? Prisma.empty : Prisma.sql`AND ${column} = ${featureKey}`;

/** Hours within the range: those that ended, and the newest of each counter, which still lies with the counter. */
const hoursWithin = (accountId: string, range: Period, featureKey: string | undefined): Prisma.Sql => Prisma.sql`
  SELECT feature_key, hour, quantity, events FROM usage_hour
  WHERE account_id = ${accountId} AND hour >= ${range.start} AND hour < ${range.end} ${featureIs(Prisma.sql`feature_key`, featureKey)}
  UNION ALL
  SELECT feature_key, hour, hour_quantity, hour_events FROM quota_counter
  WHERE account_id = ${accountId} AND hour >= ${range.start} AND hour < ${range.end} ${featureIs(Prisma.sql`feature_key`, featureKey)}`;

/** Usage of each feature by calendar day of the time zone (`2026-11-21`), days without usage left out. */
export function readDays(db: Database, accountId: string, range: Period, timeZone: string, featureKey?: string): Promise<HourRow[]> {
  return db.$queryRaw<HourRow[]>`
    SELECT feature_key AS "featureKey", to_char(hour AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS at,
      sum(quantity)::bigint AS quantity, sum(events)::bigint AS events
    FROM (${hoursWithin(accountId, range, featureKey)}) h GROUP BY 1, 2 ORDER BY 2`;
}

/** Usage of each feature by hour, named by its first moment in ISO 8601, hours without usage left out. */
export async function readHours(db: Database, accountId: string, range: Period, featureKey?: string): Promise<HourRow[]> {
  const rows = await db.$queryRaw<(Omit<HourRow, 'at'> & { hour: Date })[]>`
    SELECT feature_key AS "featureKey", hour, sum(quantity)::bigint AS quantity, sum(events)::bigint AS events
    FROM (${hoursWithin(accountId, range, featureKey)}) h GROUP BY 1, 2 ORDER BY 2`;
  return rows.map(({ hour, ...row }) => ({ ...row, at: hour.toISOString() }));
}

/** How many events the hours within the range add up to. */
export async function countEvents(db: Database, accountId: string, range: Period, featureKey?: string): Promise<number> {
  const [row] = await db.$queryRaw<{ events: bigint | null }[]>`
    SELECT sum(events)::bigint AS events FROM (${hoursWithin(accountId, range, featureKey)}) h`;
  return Number(row?.events ?? 0n);
}

/** Events of the range, newest first. */
export async function readEvents(db: Database, accountId: string, range: Period, featureKey: string | undefined, skip: number, take: number): Promise<UsageEvent[]> {
  const counters = await db.quotaCounter.findMany({
    where: { accountId, periodStart: { lt: range.end }, periodEnd: { gt: range.start }, ...(featureKey !== undefined && { featureKey }) },
    select: { id: true, featureKey: true },
  });
  const features = new Map(counters.map((counter) => [counter.id, counter.featureKey]));
  const rows = await db.usageEvent.findMany({
    where: { counterId: { in: [...features.keys()] }, occurredAt: { gte: range.start, lt: range.end } },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  return rows.map((row) => ({
    id: row.id,
    feature: features.get(row.counterId) ?? '',
    quantity: row.quantity,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    idempotencyKey: row.idempotencyKey,
    model: row.model ?? undefined,
    inputTokens: row.inputTokens ?? undefined,
    outputTokens: row.outputTokens ?? undefined,
    statusCode: row.statusCode ?? undefined,
    latencyMs: row.latencyMs ?? undefined,
    costCentre: row.costCentre ?? undefined,
  }));
}

/** Takes the months that end before the day out of the table of events. Returns how many. Gives up after three seconds of waiting. */
export async function detachMonths(db: Database, firstKept: string, now: Date): Promise<number> {
  // Whoever waits for the table holds up everybody behind: another day will do as well.
  await db.$executeRaw`SET LOCAL lock_timeout = '3s'`;
  const [row] = await db.$queryRaw<{ months: number }[]>`SELECT detach_usage_partitions(${firstKept}::date, ${now}) AS months`;
  return row?.months ?? 0;
}

/** Deletes the events of all months taken out. Returns how many months. */
export async function dropDetachedMonths(db: Database, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ months: number }[]>`SELECT drop_detached_usage(${now}) AS months`;
  return row?.months ?? 0;
}

/** The first moment from which on events are kept, or null when all are. */
export async function readKeptFrom(db: Database): Promise<Date | null> {
  const { _max: newest } = await db.usageRetiredMonth.aggregate({ _max: { month: true } });
  if (!newest.month) return null;
  return new Date(Date.UTC(newest.month.getUTCFullYear(), newest.month.getUTCMonth() + 1, 1));
}

/** Counters that began in the period and whose use changed after the moment and after their own end. */
export async function readReopened(db: Database, accountId: string, period: Period, since: Date) {
  const rows = await db.quotaCounter.findMany({
    where: { accountId, periodStart: { gte: period.start, lt: period.end }, reopenedAt: { gt: since } },
    select: { featureKey: true, periodStart: true, periodEnd: true, used: true, reopenedAt: true },
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ reopenedAt, periodStart, periodEnd, featureKey, used }) =>
    reopenedAt ? [{ featureKey, period: { start: periodStart, end: periodEnd }, used, changedAt: reopenedAt }] : [],
  );
}
