import type { Database } from '@/lib/core/database';
import { Prisma } from '@/lib/core/database';
import { idOfUuid } from '@/lib/core/ids';
import type { Period } from '../time/period';
import type { DayRange } from './day-range';
import type { UsageEvent } from './usage';

/** Use of one feature in one hour, day or month. */
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

/** Calendar days of the account within the range: those added up, and what the newest hour of each counter has so far. */
const daysWithin = (accountId: string, { from, to }: DayRange, featureKey: string | undefined): Prisma.Sql => Prisma.sql`
  SELECT feature_key, day, quantity, events FROM usage_day
  WHERE account_id = ${accountId} AND day >= ${from}::date AND day <= ${to}::date ${featureIs(Prisma.sql`feature_key`, featureKey)}
  UNION ALL
  SELECT feature_key, hour_day, hour_quantity, hour_events FROM quota_counter
  WHERE account_id = ${accountId} AND hour_day >= ${from}::date AND hour_day <= ${to}::date ${featureIs(Prisma.sql`feature_key`, featureKey)}`;

const dayFormats = { day: 'YYYY-MM-DD', month: 'YYYY-MM' } as const;

/** Usage of each feature by calendar day (`2026-11-21`) or month (`2026-11`), those without usage left out. */
export function readDays(db: Database, accountId: string, range: DayRange, featureKey?: string, by: 'day' | 'month' = 'day'): Promise<HourRow[]> {
  return db.$queryRaw<HourRow[]>`
    SELECT feature_key AS "featureKey", to_char(day, ${dayFormats[by]}) AS at, sum(quantity)::bigint AS quantity, sum(events)::bigint AS events
    FROM (${daysWithin(accountId, range, featureKey)}) d GROUP BY 1, 2 ORDER BY 2`;
}

/** What each feature adds up to before the day: of a level, where it stood. */
export async function readBefore(db: Database, accountId: string, day: string, featureKey: string): Promise<bigint> {
  const [row] = await db.$queryRaw<{ quantity: bigint | null }[]>`
    SELECT sum(quantity)::bigint AS quantity FROM (${daysWithin(accountId, { from: '-infinity', to: day }, featureKey)}) d WHERE day < ${day}::date`;
  return row?.quantity ?? 0n;
}

/** Usage of each feature by hour, named by its first moment in ISO 8601, hours without usage left out. */
export async function readHours(db: Database, accountId: string, range: Period, featureKey?: string): Promise<HourRow[]> {
  const rows = await db.$queryRaw<(Omit<HourRow, 'at'> & { hour: Date })[]>`
    SELECT feature_key AS "featureKey", hour, sum(quantity)::bigint AS quantity, sum(events)::bigint AS events
    FROM (${hoursWithin(accountId, range, featureKey)}) h GROUP BY 1, 2 ORDER BY 2`;
  return rows.map(({ hour, ...row }) => ({ ...row, at: hour.toISOString() }));
}

/** Units and events of each feature in the hours within the range. */
export function readSums(db: Database, accountId: string, range: Period): Promise<Omit<HourRow, 'at'>[]> {
  return db.$queryRaw`
    SELECT feature_key AS "featureKey", sum(quantity)::bigint AS quantity, sum(events)::bigint AS events
    FROM (${hoursWithin(accountId, range, undefined)}) h GROUP BY 1`;
}

/** How many events the range holds: those that the hours add up to, and the few that correct others, which are in no sum. */
export async function countEvents(db: Database, accountId: string, range: Period, featureKey?: string): Promise<number> {
  const [row] = await db.$queryRaw<{ events: bigint }[]>`
    SELECT (SELECT coalesce(sum(events), 0) FROM (${hoursWithin(accountId, range, featureKey)}) h)::bigint + (
      SELECT count(*) FROM quota_counter c JOIN usage_event e ON e.counter_id = c.id AND e.kind = 'correction'
      WHERE c.account_id = ${accountId} AND e.occurred_at >= ${range.start} AND e.occurred_at < ${range.end}
        ${featureIs(Prisma.sql`c.feature_key`, featureKey)}
    ) AS events`;
  return Number(row?.events ?? 0n);
}

interface EventRow extends Omit<UsageEvent, 'id' | 'corrects'> {
  id: string;
  corrects: string | null;
}

/** Events of the range, newest first: each counter gives the places of its newest, which are merged; then those of the page are read. */
export async function readEvents(db: Database, accountId: string, range: Period, featureKey: string | undefined, skip: number, take: number): Promise<UsageEvent[]> {
  const rows = await db.$queryRaw<EventRow[]>`
    SELECT e.id, c.feature_key AS feature, e.kind::text AS kind, e.corrects_id AS corrects, e.quantity, e.occurred_at AS "occurredAt",
      e.recorded_at AS "recordedAt", e.idempotency_key AS "idempotencyKey", e.model, e.input_tokens AS "inputTokens",
      e.output_tokens AS "outputTokens", e.status_code AS "statusCode", e.latency_ms AS "latencyMs", e.cost_centre AS "costCentre"
    FROM (
      SELECT c.feature_key, u.counter_id, u.occurred_at, u.id FROM quota_counter c CROSS JOIN LATERAL (
        SELECT o.counter_id, o.occurred_at, o.id FROM usage_event o
        WHERE o.counter_id = c.id AND o.occurred_at >= ${range.start} AND o.occurred_at < ${range.end}
        ORDER BY o.occurred_at DESC, o.id DESC LIMIT ${skip + take}
      ) u
      WHERE c.account_id = ${accountId} AND c.period_start < ${range.end} AND c.period_end > ${range.start}
        ${featureIs(Prisma.sql`c.feature_key`, featureKey)}
      ORDER BY u.occurred_at DESC, u.id DESC OFFSET ${skip} LIMIT ${take}
    ) c JOIN usage_event e ON e.counter_id = c.counter_id AND e.occurred_at = c.occurred_at AND e.id = c.id
    ORDER BY e.occurred_at DESC, e.id DESC`;
  return rows.map((row) => ({
    ...row,
    id: idOfUuid('evt', row.id),
    corrects: row.corrects && idOfUuid('evt', row.corrects),
    model: row.model ?? undefined,
    inputTokens: row.inputTokens ?? undefined,
    outputTokens: row.outputTokens ?? undefined,
    statusCode: row.statusCode ?? undefined,
    latencyMs: row.latencyMs ?? undefined,
    costCentre: row.costCentre ?? undefined,
  }));
}

/** Makes the partitions of `usage_event` for the month of the moment and those after it, `months` in all. */
export async function makeUsagePartitions(db: Database, from: Date, months: number): Promise<void> {
  const day = from.toISOString().slice(0, 10);
  await db.$executeRaw`SELECT ensure_usage_partitions(${day}::date, ${months}::integer)`;
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

/** Counters that began in the period and changed after the moment and after their own end. */
export function readChanged(db: Database, accountId: string, period: Period, since: Date) {
  return db.$queryRaw<{ featureKey: string; start: Date; end: Date; used: bigint; changedAt: Date }[]>`
    SELECT feature_key AS "featureKey", period_start AS start, period_end AS end, used, updated_at AS "changedAt" FROM quota_counter
    WHERE account_id = ${accountId} AND period_start >= ${period.start} AND period_start < ${period.end}
      AND updated_at >= period_end AND updated_at > ${since} AND events > 0
    ORDER BY id`;
}
