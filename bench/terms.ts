import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { forgetTerms } from '@/lib/billing/quota/terms';
import { FixedClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import { startBenchDatabase } from './engine/database';
import { callers, table, whole } from './engine/measure';
import { processorTime } from './http/processes';

/**
 * What the first decision of an account costs: decisions a second from 64 callers that each ask for another account, of the
 * default plans and in several time zones. Once each when the process knows no account and no counter is open; when the next
 * period begins for all of them at once; when the process knows none but counters are open, as after a restart; and warm.
 */
const customers = Number(process.env.BENCH_CUSTOMERS ?? 10_000);
const start = new Date('2026-03-10T08:00:00Z');
const zones = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heap = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const database = await startBenchDatabase();

/** Customers by SQL, on the plans in turn. Returns their ids. */
async function makeCustomers(sellerId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO account (id, seller_id, name, contact_email, time_zone, created_at, updated_at)
     SELECT 'acc_bench' || lpad(n::text, 21, '0'), $2, 'Demo Customer', 'owner@demo.example', ($3::text[])[1 + n % cardinality($3::text[])], $4, $4
     FROM generate_series(1, $1) n RETURNING id`,
    [customers, sellerId, zones, start],
  );
  await database.pool.query(
    `INSERT INTO subscription (id, account_id, price_id, status, anchor_at, current_period_start, current_period_end, started_at, created_at, updated_at)
     SELECT replace(account.id, 'acc', 'sub'), account.id, prices.ids[1 + substr(account.id, 10)::integer % cardinality(prices.ids)], 'active',
       $1, $1, $1::timestamptz + interval '1 month', $1, $1, $1
     FROM account, (SELECT array_agg(price.id ORDER BY price.id) AS ids FROM price WHERE currency = 'USD' AND interval = 'month') prices`,
    [start],
  );
  await database.pool.query('VACUUM ANALYZE');
  return rows.map(({ id }) => id);
}

interface Outcome {
  perSecond: number;
  /** Microseconds of processor for each account, of this process and of PostgreSQL. */
  processor: number;
  database: number;
  /** Milliseconds. */
  p99: number;
  accepted: number;
}

/** Takes a unit for each account once. */
async function askAll(accounts: readonly string[], now: Date): Promise<Outcome> {
  const clock = new FixedClock(now);
  const latencies: number[] = [];
  let next = 0;
  let accepted = 0;
  const servers = new Map((await database.processes()).map((pid) => [pid, processorTime([pid])]));
  const before = process.cpuUsage();
  const started = performance.now();
  const caller = async (): Promise<void> => {
    for (let accountId = accounts[next++]; accountId; accountId = accounts[next++]) {
      const since = performance.now();
      const { allowed } = await consumeQuota({ actor: { kind: 'system', id: 'bench' }, accountId, clock, requestId: 'req_bench' }, { feature: 'api_calls' });
      latencies.push(performance.now() - since);
      if (allowed) accepted += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const spent = (await database.processes()).reduce((sum, pid) => sum + processorTime([pid]) - (servers.get(pid) ?? 0), 0);
  latencies.sort((one, other) => one - other);
  return { perSecond: accounts.length / took, processor: (user + system) / accounts.length, database: spent / accounts.length, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0, accepted };
}

try {
  process.env.DATABASE_URL = database.url;
  const accounts = await makeCustomers(await seedSeller(start));
  const nextMonth = new Date('2026-04-10T20:00:00Z');
  const cases: [string, Date, boolean][] = [
    ['cold, counters to open', start, true],
    ['the next period begins', nextMonth, false],
    ['cold, counters open', nextMonth, true],
    ['warm', nextMonth, false],
  ];
  const outcomes = new Map<string, Outcome>();
  let bytes = 0;
  for (const [name, now, cold] of cases) {
    if (cold) forgetTerms();
    const before = heap();
    const outcome = await askAll(accounts, now);
    if (name === 'cold, counters open') bytes = (heap() - before) / accounts.length;
    outcomes.set(name, outcome);
    console.log(`${name.padEnd(24)} ${whole(outcome.perSecond).padStart(7)}/s   p99 ${outcome.p99.toFixed(1)} ms   processor an account: here ${whole(outcome.processor)} µs, PostgreSQL ${whole(outcome.database)} µs`);
  }
  const warm = outcomes.get('warm')?.perSecond ?? NaN;
  console.log(`\n${whole(customers)} customers, ${callers} callers, each account asked once in each row`);
  console.log(table([
    ['', '/s', 'against warm'],
    ...[...outcomes].map(([name, { perSecond }]) => [name, whole(perSecond), `${(perSecond / warm).toFixed(2)} x`]),
  ]));
  console.log(`kept in memory of an account's terms: ${(bytes / 1_024).toFixed(1)} KiB`);
  const accepted = [...outcomes.values()].reduce((sum, outcome) => sum + outcome.accepted, 0);
  const { rows } = await database.pool.query<{ used: string }>('SELECT sum(used) AS used FROM quota_counter');
  console.log(`every accepted unit is in its counter: ${Number(rows[0]?.used) === accepted ? 'yes' : 'NO'}`);
} finally {
  await drainQuotaEngine();
  await disconnect();
  await database.stop();
}
