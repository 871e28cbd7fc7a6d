import { randomUUID } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';

/** Ways to have PostgreSQL take in the same rows by `COPY` from a file of its own machine; events a second. */
export interface Copies {
  /** Into one table with neither key nor index, by one `COPY` after the other. */
  bare(seconds: number): Promise<number>;
  /** The same by two at once, one for each core. */
  bareTwice(seconds: number): Promise<number>;
  /**
   * Into two tables with the unique keys that exactness takes: by which an event is found and corrected, and by which it is counted once,
   * whatever month it is of; two at once. Nothing is received, checked, hashed, counted or added up: no ingest of exact events is faster.
   */
  keyed(): Promise<number>;
}

const keyedFiles = 400;

/** Writes the rows into files of the folder, `perCall` in each, which PostgreSQL can read. */
export async function prepareCopies(pool: Pool, folder: string, perCall: number): Promise<Copies> {
  const columns = `id uuid, counter_id bigint, quantity bigint, occurred_at timestamptz, recorded_at timestamptz, key text, model text, input_tokens bigint, output_tokens bigint`;
  await pool.query(`
    CREATE TABLE bare_event (${columns});
    CREATE TABLE keyed_event (${columns}, PRIMARY KEY (counter_id, occurred_at, id));
    CREATE TABLE event_key (id uuid PRIMARY KEY, counter_id bigint, occurred_at timestamptz, quantity bigint, used_after bigint)`);
  const write = (name: string, lineOf: (index: number) => string): string => {
    const file = join(folder, name);
    writeFileSync(file, Array.from({ length: perCall }, (_, index) => `${lineOf(index)}\n`).join(''));
    chmodSync(file, 0o644);
    return file;
  };
  const files = Array.from({ length: keyedFiles }, (_, call) => {
    const ids = Array.from({ length: perCall }, () => randomUUID());
    const [counter, now] = [1 + (call % 8), new Date(Date.UTC(2026, 0, 1) + call).toISOString()];
    return {
      events: write(`events-${call}.csv`, (index) => `${ids[index]},${counter},500,${now},${now},call-${call}-${index},demo-small,400,100`),
      keys: write(`keys-${call}.csv`, (index) => `${ids[index]},${counter},${now},500,500`),
    };
  });

  /** Workers that ask for work until there is none. */
  const together = async (workers: number, next: () => (() => Promise<unknown>) | undefined): Promise<number> => {
    const started = performance.now();
    let calls = 0;
    const worker = async (): Promise<void> => {
      for (let work = next(); work; work = next()) {
        await work();
        calls += 1;
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    return (calls * perCall * 1000) / (performance.now() - started);
  };

  const bare = (workers: number, seconds: number): Promise<number> => {
    const ends = performance.now() + seconds * 1000;
    return together(workers, () => (performance.now() < ends ? () => pool.query(`COPY bare_event FROM '${files[0]?.events}' (FORMAT csv)`) : undefined));
  };

  return {
    bare: (seconds) => bare(1, seconds),
    bareTwice: (seconds) => bare(2, seconds),
    keyed: async () => {
      await pool.query('TRUNCATE keyed_event, event_key');
      const left = [...files];
      return together(2, () => {
        const file = left.pop();
        // Both in one statement string, which is one transaction.
        return file && (() => pool.query(`COPY keyed_event FROM '${file.events}' (FORMAT csv); COPY event_key FROM '${file.keys}' (FORMAT csv)`));
      });
    },
  };
}
