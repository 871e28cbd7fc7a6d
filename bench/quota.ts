import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { QuotaEngine } from '@/lib/billing/quota/engine/engine';
import { migrate } from '@/lib/core/database/migrate';
import { startEmbeddedDatabase } from '@/scripts/postgres/server';

/**
 * Decisions a second of the quota engine against one plain statement a call, on the same PostgreSQL in the same run.
 * The statement does the least that could pass for the same: it adds to a counter unless that passes the limit, and keeps
 * an event with a unique key. On a machine that does other work too, look at the processor time: throughput then shows
 * how the system shares itself out between three busy processes and eleven.
 */
const customers = 10_000;
const callers = 64;
const plainConnections = 10;
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const limit = 2n ** 62n;

type Call = (counter: number) => Promise<unknown>;

interface Measure {
  perSecond: number;
  p99: number;
  /** Microseconds of processor for one decision, this process and the database's together; NaN where Linux is not. */
  processor: number;
}

/** Milliseconds of processor that the database's connections and this process have used so far. */
async function processorTime(pool: Pool): Promise<number> {
  if (!existsSync('/proc/self/stat')) return NaN;
  const { rows } = await pool.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'`);
  const ticks = rows.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return sum + Number(fields[11]) + Number(fields[12]);
  }, 0);
  const { user, system } = process.cpuUsage();
  return ticks * 10 + (user + system) / 1000;
}

async function measure(pool: Pool, call: Call, counterOf: (step: number) => number): Promise<Measure> {
  await Promise.all(Array.from({ length: callers }, (_, step) => call(counterOf(step))));
  const processorBefore = await processorTime(pool);
  const ends = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  let step = 0;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    while (performance.now() < ends) {
      const since = performance.now();
      await call(counterOf(step++));
      latencies.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = (performance.now() - started) / 1000;
  const processor = (((await processorTime(pool)) - processorBefore) * 1000) / latencies.length;
  latencies.sort((one, other) => one - other);
  return { perSecond: latencies.length / took, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0, processor };
}

const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const shown = (value: number): string => Math.round(value).toLocaleString('en-US').padStart(9);

async function prepare(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO quota_counter (account_id, feature_key, period_start, period_end, updated_at)
     SELECT 'bench_' || n, 'api_calls', '2026-01-01', '2027-01-01', now() FROM generate_series(1, $1) n`,
    [customers],
  );
  await pool.query(`CREATE TABLE plain_counter (id bigint PRIMARY KEY, used bigint NOT NULL, ceiling bigint NOT NULL) WITH (fillfactor = 50)`);
  await pool.query(`CREATE TABLE plain_event (id uuid PRIMARY KEY, counter_id bigint NOT NULL, quantity bigint NOT NULL, occurred_at timestamptz NOT NULL, used_after bigint NOT NULL)`);
  await pool.query(`INSERT INTO plain_counter SELECT n, 0, $2 FROM generate_series(1, $1) n`, [customers, limit]);
  await pool.query('VACUUM ANALYZE');
}

function plainCall(pool: Pool): Call {
  return (counter) =>
    pool.query({
      name: 'plain',
      text: `WITH taken AS (UPDATE plain_counter SET used = used + $2 WHERE id = $1 AND used + $2 <= ceiling RETURNING id, used)
             INSERT INTO plain_event SELECT $3, id, $2, $4, used FROM taken RETURNING used_after`,
      values: [counter, 1, randomUUID(), new Date()],
    });
}

function engineCall(engine: QuotaEngine): Call {
  return (counter) => {
    const now = new Date();
    return engine.submit('api_calls', {
      operation: 'consume', id: randomUUID(), keyText: null, counterId: counter, quantity: 1n, ceiling: limit, limit, termsVersion: 0n, occurredAt: now, recordedAt: now,
      hour: Math.floor(now.getTime() / 3_600_000) * 60, day: Math.floor(now.getTime() / 86_400_000), dimensions: {},
    });
  };
}

const dataDir = mkdtempSync(join(tmpdir(), 'portal-bench-'));
chmodSync(dataDir, 0o711);
const server = await startEmbeddedDatabase(dataDir);
try {
  await migrate(server.url);
  const pool = new Pool({ connectionString: server.url, max: plainConnections });
  pool.on('error', () => undefined); // The server ends before the last connection has said goodbye.
  await prepare(pool);
  const engine = new QuotaEngine(server.url);
  const spread = (step: number): number => ((step * 7919) % customers) + 1;
  const hot = (): number => 1;
  const cases = [
    { name: 'spread', counterOf: spread },
    { name: 'hot', counterOf: hot },
  ];
  const results = new Map<string, Measure[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, counterOf } of cases) {
      for (const [who, call] of [['engine', engineCall(engine)], ['plain', plainCall(pool)]] as const) {
        const result = await measure(pool, call, counterOf);
        results.set(`${who} ${name}`, [...(results.get(`${who} ${name}`) ?? []), result]);
        console.log(`round ${round + 1}  ${`${who} ${name}`.padEnd(14)} ${shown(result.perSecond)}/s  p99 ${result.p99.toFixed(1)} ms   processor ${result.processor.toFixed(0)} µs each`);
      }
    }
  }
  const middle = (name: string, read: (one: Measure) => number): number => median((results.get(name) ?? []).map(read));
  console.log(`\n${customers} customers, ${callers} callers, plain statement over ${plainConnections} connections, medians of ${rounds} rounds of ${seconds} s`);
  for (const { name } of cases) {
    const rate = (who: string): number => middle(`${who} ${name}`, ({ perSecond }) => perSecond);
    const cost = (who: string): number => middle(`${who} ${name}`, ({ processor }) => processor);
    console.log(
      `${name.padEnd(7)} engine ${shown(rate('engine'))}/s   plain ${shown(rate('plain'))}/s   ratio ${(rate('engine') / rate('plain')).toFixed(2)} x` +
        `   processor ${cost('engine').toFixed(0)} µs against ${cost('plain').toFixed(0)} µs, ${(cost('plain') / cost('engine')).toFixed(2)} x less`,
    );
  }
  const { rows } = await pool.query(`SELECT sum(used) = (SELECT sum(quantity) FROM usage_event) AND sum(used) = (SELECT count(*) FROM usage_key) AS exact FROM quota_counter`);
  console.log(`counters equal the sum of the events: ${rows[0]?.exact === true ? 'yes' : 'NO'}`);
  await engine.drain();
  await pool.end();
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
