import { Pool } from 'pg';
import type { Database, Prisma } from '@/lib/core/database';
import type { LimitPolicy, QuotaReset } from '../catalog/catalog';
import type { Period } from '../time/period';
import type { MeterItem, MeterResult } from './engine/meter-item';
import { decodeOperate, encodeOperate, operateStatement } from './engine/operate-statement';
import { asPlainBatch, decodeTake, encodeTake, takeStatement } from './engine/take-statement';

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
export type CounterToOpen = Pick<CounterRow, 'featureKey' | 'reset' | 'period' | 'rolledOver'> & NotedLimit;

/** The periods of the plan's reset of the account that have counters, newest first, at most 60. */
export async function readPeriods(db: Database, accountId: string): Promise<Period[]> {
  const rows = await db.$queryRaw<{ period_start: Date; period_end: Date }[]>`
    SELECT period_start, period_end FROM quota_counter WHERE account_id = ${accountId} AND reset = 'period'
    GROUP BY period_start, period_end ORDER BY period_start DESC LIMIT 60`;
  return rows.map((row) => ({ start: row.period_start, end: row.period_end }));
}

/** Of the account's periods of that reset, the last that begins at or before the moment and the first that begins after it. */
export async function readPeriodsAround(db: Database, accountId: string, reset: QuotaReset, moment: Date): Promise<Period[]> {
  const select = { periodStart: true, periodEnd: true } as const;
  const around = [
    await db.quotaCounter.findFirst({ where: { accountId, reset, periodStart: { lte: moment } }, orderBy: [{ periodStart: 'desc' }, { periodEnd: 'asc' }], select }),
    await db.quotaCounter.findFirst({ where: { accountId, reset, periodStart: { gt: moment } }, orderBy: { periodStart: 'asc' }, select }),
  ];
  return around.flatMap((row) => (row ? [{ start: row.periodStart, end: row.periodEnd }] : []));
}

/** Makes the counters that are missing; those that are there stay as they are. */
export async function openCounters(db: Database, accountId: string, counters: readonly CounterToOpen[], now: Date): Promise<void> {
  await db.quotaCounter.createMany({
    data: counters.map(({ period, limit, ...counter }) => ({
      ...counter,
      accountId,
      periodStart: period.start,
      periodEnd: period.end,
      limitQuantity: limit,
      updatedAt: now,
    })),
    skipDuplicates: true,
  });
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

/** The feature's newest counter of that reset that begins before the moment. */
export async function readCounterBefore(db: Database, accountId: string, { featureKey, reset }: Pick<CounterRow, 'featureKey' | 'reset'>, moment: Date): Promise<CounterRow | null> {
  const row = await db.quotaCounter.findFirst({ where: { accountId, featureKey, reset, periodStart: { lt: moment } }, orderBy: { periodStart: 'desc' } });
  return row && counterFrom(row);
}

/** Notes the limits of now on counters of running periods. Counters are locked by id, as everywhere. */
export async function noteLimits(db: Database, counters: readonly ({ id: number } & NotedLimit)[]): Promise<void> {
  for (const { id, limit, policy, overageAmount } of [...counters].sort((one, other) => one.id - other.id)) {
    await db.quotaCounter.update({ where: { id }, data: { limitQuantity: limit, policy, overageAmount } });
  }
}

/** What a counter stands at. */
export type CounterUse = Pick<CounterRow, 'used' | 'held' | 'termsVersion'>;

/** What counters stand at, straight from the database, by id. */
export async function readUse(db: Database, ids: readonly number[]): Promise<Map<number, CounterUse>> {
  const select = { id: true, used: true, held: true, termsVersion: true } as const;
  const rows = await db.quotaCounter.findMany({ where: { id: { in: [...ids] } }, select });
  return new Map(rows.map(({ id, ...use }) => [Number(id), use]));
}

/** Gives every counter of the account a new terms version, so that decisions under way are made again. */
export async function renewTermsVersions(db: Database, accountId: string): Promise<void> {
  await db.$queryRaw`SELECT quota_terms_changed(${accountId})::text`;
}

/** What a limit of pace remembers: the units of its last slices, sixtieths of the window, the newest last. */
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

/** Makes the rows that are missing; those that are there go on. */
export async function openRates(db: Database, accountId: string, rates: readonly Pick<RateRow, 'featureKey' | 'windowSeconds'>[]): Promise<void> {
  await db.quotaRate.createMany({ data: rates.map((rate) => ({ accountId, ...rate })), skipDuplicates: true });
}

const asText = { getTypeParser: () => (text: string) => text };

/** What the engine's statements rely on: see README.md. */
const connectionOptions = [
  // Keys are looked up in a snapshot taken after the locks: a stricter level would not see them.
  'default_transaction_isolation=read\\ committed',
  'synchronous_commit=on',
  // Plans that stay right from the first row to the last: by index, however small the tables are when the plans are made.
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** The connections that batches go through: as many as may be under way, so that other work cannot hold them up. */
export class MeterConnections {
  private readonly pool: Pool;

  constructor(databaseUrl: string, connections: number) {
    this.pool = new Pool({
      connectionString: databaseUrl,
      max: connections,
      application_name: 'portal quota',
      statement_timeout: 15_000,
      lock_timeout: 3_000,
      options: connectionOptions,
    });
    this.pool.on('error', () => undefined);
  }

  /** Decides and records the items in one statement, which is one transaction. */
  async apply(items: MeterItem[]): Promise<MeterResult[]> {
    const plain = asPlainBatch(items);
    if (plain) return decodeTake(await this.call('quota_take', takeStatement, encodeTake(plain)), plain);
    return decodeOperate(await this.call('quota_operate', operateStatement, encodeOperate(items)), items);
  }

  private async call(name: string, text: string, values: (string | null)[]): Promise<(string | null)[]> {
    const { rows } = await this.pool.query<(string | null)[]>({ name, text, values, rowMode: 'array', types: asText });
    return rows[0] ?? [];
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Whether the statement waited too long for a lock, or met another one that wrote the same. */
export function isHeldUp(error: unknown): boolean {
  return ['55P03', '57014', '40001', '40P01', '23505'].includes(codeOf(error));
}

/** Whether the database is away or refuses work for now, rather than refusing this piece of work. */
export function isOutage(error: unknown): boolean {
  if (/^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(codeOf(error))) return true;
  return error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|pool after calling end/.test(error.message);
}

/** A counter beside what its events and reservations say. */
export interface CounterProof {
  featureKey: string;
  periodStart: Date;
  used: bigint;
  usedByEvents: bigint;
  events: bigint;
  eventsCounted: bigint;
  held: bigint;
  heldByReservations: bigint;
  /** Whether the counter knows of the end of its first open reservation. */
  expiryKnown: boolean;
  keys: bigint;
  keyedEvents: bigint;
}

/** What all counters of a feature used beside what its rollups say. */
export interface FeatureProof {
  featureKey: string;
  used: bigint;
  byHours: bigint;
  byDays: bigint;
  usedWithDimensions: bigint;
  byBreakdown: bigint;
}

/** The account's counters and rollups beside what they are made of, in one snapshot. */
export async function readProofs(db: Database, accountId: string, since: Date): Promise<{ counters: CounterProof[]; features: FeatureProof[] }> {
  const [row] = await db.$queryRaw<{ counters: CounterProofRow[] | null; features: FeatureProofRow[] | null }[]>`
    WITH counter AS (SELECT * FROM quota_counter WHERE account_id = ${accountId}),
    event AS (
      SELECT e.counter_id, sum(e.quantity) AS quantity, count(*) FILTER (WHERE e.kind <> 'correction') AS count,
        count(*) FILTER (WHERE e.idempotency_key IS NOT NULL) AS keyed,
        count(*) FILTER (WHERE e.idempotency_key IS NOT NULL AND EXISTS (SELECT FROM usage_key k WHERE k.id = e.id)) AS keys,
        sum(e.quantity) FILTER (WHERE num_nonnulls(e.model, e.cost_centre, e.status_code, e.input_tokens, e.output_tokens, e.latency_ms) > 0) AS told
      FROM usage_event e JOIN counter ON counter.id = e.counter_id GROUP BY e.counter_id
    ),
    open AS (
      SELECT r.counter_id, sum(r.quantity) AS quantity, min(r.expires_at) AS first FROM quota_reservation r JOIN counter ON counter.id = r.counter_id
      WHERE r.status = 'held' GROUP BY r.counter_id
    )
    SELECT (
      SELECT json_agg(json_build_object(
        'featureKey', c.feature_key, 'periodStart', c.period_start, 'used', c.used::text, 'usedByEvents', coalesce(e.quantity, 0)::text,
        'events', c.events::text, 'eventsCounted', coalesce(e.count, 0)::text, 'held', c.held::text, 'heldByReservations', coalesce(o.quantity, 0)::text,
        'expiryKnown', o.first IS NULL OR coalesce(c.next_expiry <= o.first, false), 'keys', coalesce(e.keys, 0)::text, 'keyedEvents', coalesce(e.keyed, 0)::text
      ) ORDER BY c.id)
      FROM counter c LEFT JOIN event e ON e.counter_id = c.id LEFT JOIN open o ON o.counter_id = c.id WHERE c.period_start >= ${since}
    ) AS counters, (
      SELECT json_agg(json_build_object(
        'featureKey', f.feature_key, 'used', f.used::text, 'usedWithDimensions', f.told::text,
        'byHours', (f.open + coalesce((SELECT sum(quantity) FROM usage_hour h WHERE h.account_id = ${accountId} AND h.feature_key = f.feature_key), 0))::text,
        'byDays', (f.open + coalesce((SELECT sum(quantity) FROM usage_day d WHERE d.account_id = ${accountId} AND d.feature_key = f.feature_key), 0))::text,
        'byBreakdown', CASE WHEN f.oldest < ${since} THEN f.told
          ELSE coalesce((SELECT sum(quantity) FROM usage_breakdown b WHERE b.account_id = ${accountId} AND b.feature_key = f.feature_key), 0) END::text
      ))
      FROM (
        SELECT c.feature_key, sum(c.used) AS used, sum(c.hour_quantity) AS open, coalesce(sum(e.told), 0) AS told, min(c.period_start) AS oldest
        FROM counter c LEFT JOIN event e ON e.counter_id = c.id GROUP BY c.feature_key
      ) f
    ) AS features`;
  return {
    counters: (row?.counters ?? []).map((one) => ({
      ...one, periodStart: new Date(one.periodStart), used: BigInt(one.used), usedByEvents: BigInt(one.usedByEvents), events: BigInt(one.events),
      eventsCounted: BigInt(one.eventsCounted), held: BigInt(one.held), heldByReservations: BigInt(one.heldByReservations), keys: BigInt(one.keys),
      keyedEvents: BigInt(one.keyedEvents),
    })),
    features: (row?.features ?? []).map((one) => ({
      featureKey: one.featureKey, used: BigInt(one.used), byHours: BigInt(one.byHours), byDays: BigInt(one.byDays),
      usedWithDimensions: BigInt(one.usedWithDimensions), byBreakdown: BigInt(one.byBreakdown),
    })),
  };
}

/** As JSON carries them. */
type InText<Row> = { [Name in keyof Row]: Row[Name] extends bigint | Date ? string : Row[Name] };
type CounterProofRow = InText<CounterProof>;
type FeatureProofRow = InText<FeatureProof>;
