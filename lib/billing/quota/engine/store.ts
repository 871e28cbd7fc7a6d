import { Pool } from 'pg';
import { inTransaction, type Database } from '@/lib/core/database';
import { atOnceStatement, decodeAtOnce, encodeAtOnce } from './at-once-statement';
import type { Parameter } from './literals';
import type { MeterItem, MeterResult } from './meter-item';
import { decodeOperate, encodeOperate, operateStatement } from './operate-statement';
import { asPlainBatch } from './plain-batch';
import { decodeTake, encodeTake, takeStatement } from './take-statement';
import { UsualCounters } from './usual-counters';

export { isHeldUp, isOutage } from '@/lib/core/database';

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
  /** Whether the batch before met keys that were used before: who sends again often does so for a while. */
  private repeats = false;
  private readonly usual = new UsualCounters();

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
    try {
      return await this.decide(items);
    } catch (error) {
      // Another server recorded the same key on another counter at that moment: now the key is found.
      if (items.length === 1 && codeOf(error) === '23505') return this.decide(items);
      throw error;
    }
  }

  private async decide(items: MeterItem[]): Promise<MeterResult[]> {
    const plain = asPlainBatch(items);
    if (!plain) return this.operate(items);
    let lookFirst = this.repeats;
    if (this.usual.expects(plain) && !(plain.hasKeys && lookFirst)) {
      const results = decodeAtOnce(await this.call('quota_take_at_once', atOnceStatement, encodeAtOnce(plain)), plain);
      if (!('repeats' in results)) return results;
      lookFirst ||= results.repeats;
    }
    const results =
      plain.rates.length > 0
        ? await this.operate(items)
        : decodeTake(await this.call('quota_take', takeStatement, encodeTake(plain, lookFirst)), plain);
    this.repeats = results.some(({ verdict }) => verdict === 'repeated' || verdict === 'key_reused');
    this.usual.learn(plain, results);
    return results;
  }

  private async operate(items: MeterItem[]): Promise<MeterResult[]> {
    return decodeOperate(await this.call('quota_operate', operateStatement, encodeOperate(items)), items);
  }

  private async call(name: string, text: string, values: Parameter[]): Promise<(string | null)[]> {
    const { rows } = await this.pool.query<(string | null)[]>({ name, text, values, rowMode: 'array', types: asText });
    return rows[0] ?? [];
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Counters with reservations that may have expired by the moment, at most so many, of accounts that live by that test clock; null: by real time. */
export async function readDueCounters(db: Database, now: Date, atMost: number, testClockId: string | null): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    SELECT q.id FROM quota_counter q
    WHERE q.next_expiry <= ${now} AND (SELECT a.test_clock_id FROM account a WHERE a.id = q.account_id) IS NOT DISTINCT FROM ${testClockId}
    ORDER BY q.next_expiry LIMIT ${atMost}`;
  return rows.map(({ id }) => Number(id));
}

/** Ends what has expired by the moment of these counters. */
export async function endExpired(counterIds: readonly number[], now: Date): Promise<void> {
  const ids = counterIds.map(BigInt);
  await inTransaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM quota_counter WHERE id = ANY (${ids}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
    await transaction.$executeRaw`SELECT quota_end_expired(${ids}::bigint[], ${BigInt(now.getTime())}::bigint)`;
  });
}
