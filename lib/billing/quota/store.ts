import { Pool } from 'pg';
import type { Database } from '@/lib/core/database';
import type { LimitPolicy } from '../catalog/catalog';
import type { Period } from '../time/period';
import type { MeterItem, MeterResult } from './engine/meter-item';
import { applyStatement, decodeBatch, encodeBatch } from './engine/statement';

/** A counter of one feature in one period. */
export interface CounterRow {
  id: number;
  featureKey: string;
  period: Period;
  used: bigint;
  events: bigint;
  termsVersion: bigint;
  limit: bigint | null;
  policy: LimitPolicy | null;
}

export interface CounterToOpen {
  featureKey: string;
  limit: bigint | null;
  policy: LimitPolicy | null;
}

/** The periods of the account that have counters, newest first, at most 60. */
export async function readPeriods(db: Database, accountId: string): Promise<Period[]> {
  const rows = await db.$queryRaw<{ period_start: Date; period_end: Date }[]>`
    SELECT period_start, period_end FROM quota_counter WHERE account_id = ${accountId}
    GROUP BY period_start, period_end ORDER BY period_start DESC LIMIT 60`;
  return rows.map((row) => ({ start: row.period_start, end: row.period_end }));
}

/** Makes the counters that the period lacks; those that it has stay as they are. */
export async function openCounters(db: Database, accountId: string, period: Period, counters: readonly CounterToOpen[], now: Date): Promise<void> {
  await db.quotaCounter.createMany({
    data: counters.map((counter) => ({
      accountId,
      featureKey: counter.featureKey,
      periodStart: period.start,
      periodEnd: period.end,
      limitQuantity: counter.limit,
      policy: counter.policy,
      updatedAt: now,
    })),
    skipDuplicates: true,
  });
}

/** The counters of the period that starts then, or of every period that overlaps the range. */
export async function readCounters(db: Database, accountId: string, range: { startsAt: Date } | Period): Promise<CounterRow[]> {
  const rows = await db.quotaCounter.findMany({
    where: {
      accountId,
      ...('startsAt' in range ? { periodStart: range.startsAt } : { periodStart: { lt: range.end }, periodEnd: { gt: range.start } }),
    },
    orderBy: [{ periodStart: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    id: Number(row.id),
    featureKey: row.featureKey,
    period: { start: row.periodStart, end: row.periodEnd },
    used: row.used,
    events: row.events,
    termsVersion: row.termsVersion,
    limit: row.limitQuantity,
    policy: row.policy,
  }));
}

/** Notes the limits of now on counters of the running period. Counters are locked by id, as everywhere. */
export async function noteLimits(db: Database, counters: readonly { id: number; limit: bigint | null; policy: LimitPolicy | null }[]): Promise<void> {
  for (const counter of [...counters].sort((one, other) => one.id - other.id)) {
    await db.quotaCounter.update({ where: { id: counter.id }, data: { limitQuantity: counter.limit, policy: counter.policy } });
  }
}

/** Id, use and terms version of counters, straight from the database. */
export async function readUse(db: Database, ids: readonly number[]): Promise<Map<number, { used: bigint; termsVersion: bigint }>> {
  const rows = await db.quotaCounter.findMany({ where: { id: { in: [...ids] } }, select: { id: true, used: true, termsVersion: true } });
  return new Map(rows.map((row) => [Number(row.id), { used: row.used, termsVersion: row.termsVersion }]));
}

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
      // Keys are looked up in a snapshot taken after the locks: a stricter level would not see them.
      options: '-c default_transaction_isolation=read\\ committed -c synchronous_commit=on',
    });
    this.pool.on('error', () => undefined);
  }

  /** Decides and records the items in one statement, which is one transaction. */
  async apply(items: MeterItem[]): Promise<MeterResult[]> {
    const { rows } = await this.pool.query<string[]>({
      name: 'quota_apply',
      text: applyStatement,
      values: encodeBatch(items),
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    });
    return decodeBatch(rows[0] ?? []);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Whether the statement waited too long for a lock, or met another one that wrote the same. */
export function isHeldUp(error: unknown): boolean {
  return ['55P03', '57014', '40001', '40P01'].includes(codeOf(error));
}

/** Whether the database is away or refuses work for now, rather than refusing this piece of work. */
export function isOutage(error: unknown): boolean {
  if (/^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(codeOf(error))) return true;
  return error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|pool after calling end/.test(error.message);
}
