import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { BenchDatabase } from './database';
import type { Opponent } from './measure';

/**
 * One statement a call over ten connections, the least that could pass for the same: it adds to a counter unless that passes
 * the limit, and keeps an event with a unique key.
 */
export async function plainStatement(database: BenchDatabase, customers: number): Promise<Opponent> {
  await database.pool.query(`CREATE TABLE plain_counter (id bigint PRIMARY KEY, used bigint NOT NULL, ceiling bigint NOT NULL) WITH (fillfactor = 50)`);
  await database.pool.query(
    `CREATE TABLE plain_event (id uuid PRIMARY KEY, counter_id bigint NOT NULL, quantity bigint NOT NULL, occurred_at timestamptz NOT NULL, used_after bigint NOT NULL)`,
  );
  await database.pool.query(`INSERT INTO plain_counter SELECT n, 0, 4611686018427387904 FROM generate_series(1, $1) n`, [customers]);
  const pool = new Pool({ connectionString: database.url, max: 10 });
  pool.on('error', () => undefined);
  return {
    name: 'plain statement',
    take: async (customer) => {
      const { rowCount } = await pool.query({
        name: 'plain',
        text: `WITH taken AS (UPDATE plain_counter SET used = used + $2 WHERE id = $1 AND used + $2 <= ceiling RETURNING id, used)
               INSERT INTO plain_event SELECT $3, id, $2, $4, used FROM taken`,
        values: [customer + 1, 1, randomUUID(), new Date()],
      });
      return rowCount === 1;
    },
    close: () => pool.end(),
  };
}
