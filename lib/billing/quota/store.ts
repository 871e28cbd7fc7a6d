import { pool, type Database, type Prisma } from '@/lib/core/database';
import type { LimitPolicy, QuotaReset } from '../catalog/catalog';
import type { Period } from '../time/period';

/** A counter of one feature in one period. */
export interface CounterRow {
  id: number;
  featureKey: string;
  reset: QuotaReset;
  period: Period;
  used: bigint;
  held: bigint;
  events: bigint;
  termsVersion: bigint;
  limit: bigint | null;
  policy: LimitPolicy | null;
  /** Units that the period before left over. */
  rolledOver: bigint;
  /** Exact price in major units of one unit past the limit; null: it is not charged. */
  overageAmount: string | null;
}

/** What is noted with a counter of the limit of then. */
export type NotedLimit = Pick<CounterRow, 'limit' | 'policy' | 'overageAmount'>;

/** The periods of the plan's reset of the account that have counters, newest first, at most 60. */
export async function readPeriods(db: Database, accountId: string): Promise<Period[]> {
  const rows = await db.$queryRaw<{ period_start: Date; period_end: Date }[]>`
    SELECT period_start, period_end FROM quota_counter WHERE account_id = ${accountId} AND reset = 'period'
    GROUP BY period_start, period_end ORDER BY period_start DESC LIMIT 60`;
  return rows.map((row) => ({ start: row.period_start, end: row.period_end }));
}

type QuotaCounterRow = Prisma.QuotaCounterGetPayload<object>;

function counterFrom(row: QuotaCounterRow): CounterRow {
  return {
    id: Number(row.id),
    featureKey: row.featureKey,
    reset: row.reset,
    period: { start: row.periodStart, end: row.periodEnd },
    used: row.used,
    held: row.held,
    events: row.events,
    termsVersion: row.termsVersion,
    limit: row.limitQuantity,
    policy: row.policy,
    rolledOver: row.rolledOver,
    overageAmount: row.overageAmount?.toFixed() ?? null,
  };
}

/** The counters of the periods that start at one of the moments, or of every period that overlaps the range. */
export async function readCounters(db: Database, accountId: string, range: { startsAt: Date | readonly Date[] } | Period): Promise<CounterRow[]> {
  const where = 'startsAt' in range
    ? { periodStart: { in: [range.startsAt].flat() } }
    : { periodStart: { lt: range.end }, periodEnd: { gt: range.start } };
  const rows = await db.quotaCounter.findMany({ where: { accountId, ...where }, orderBy: [{ periodStart: 'asc' }, { id: 'asc' }] });
  return rows.map(counterFrom);
}

export async function readCountersById(db: Database, ids: readonly number[]): Promise<CounterRow[]> {
  const rows = await db.quotaCounter.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
  return rows.map(counterFrom);
}

/** What a counter stands at. */
export type CounterUse = Pick<CounterRow, 'used' | 'held' | 'termsVersion'>;

/** What counters stand at, straight from the database, by id. */
export async function readUse(db: Database, ids: readonly number[]): Promise<Map<number, CounterUse>> {
  const select = { id: true, used: true, held: true, termsVersion: true } as const;
  const rows = await db.quotaCounter.findMany({ where: { id: { in: [...ids] } }, select });
  return new Map(rows.map(({ id, ...use }) => [Number(id), use]));
}

/** The same for many accounts at once, past Prisma, whose part of a read is several times the database's. */
export async function readUseTogether(ids: readonly number[]): Promise<Map<number, CounterUse>> {
  const { rows } = await pool().query<[string, string, string, string]>({
    name: 'quota_use',
    text: 'SELECT id, used, held, terms_version FROM quota_counter WHERE id = ANY ($1::bigint[])',
    values: [`{${ids.join(',')}}`],
    rowMode: 'array',
  });
  return new Map(rows.map(([id, used, held, termsVersion]) => [Number(id), { used: BigInt(used), held: BigInt(held), termsVersion: BigInt(termsVersion) }]));
}

/** What a limit of pace remembers: the units of its last 61 slices, sixtieths of the window, each at its number modulo 61. */
export interface RateRow {
  id: number;
  featureKey: string;
  windowSeconds: number;
  /** Number of the newest slice since 1970. */
  newestSlice: bigint;
  slices: bigint[];
}

export async function readRates(db: Database, accountId: string): Promise<RateRow[]> {
  const rows = await db.quotaRate.findMany({ where: { accountId } });
  return rows.map(({ accountId: _, id, ...row }) => ({ ...row, id: Number(id) }));
}
