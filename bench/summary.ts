import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { summarizeUsage } from '@/lib/billing/usage/summarize-usage';
import { usageSeries } from '@/lib/billing/usage/usage-series';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { startBenchDatabase } from './engine/database';
import { median, table, whole } from './engine/measure';

/**
 * What the summary of a month and its days cost for a customer with 10 000 events and for one with many (BENCH_EVENTS, one million
 * unless said; the table grows by about 150 bytes an event). Events and rollups are made by SQL, as the engine would have left them.
 */
const few = 10_000;
const many = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const runs = Number(process.env.BENCH_RUNS ?? 200);

const start = new Date('2026-03-01T00:00:00Z');
const now = new Date('2026-03-31T12:00:00Z');
const database = await startBenchDatabase();

async function fill(context: Context, events: number): Promise<void> {
  await consumeQuota(context, { feature: 'api_calls' });
  const { rows } = await database.pool.query<{ id: string }>(`SELECT id FROM quota_counter WHERE account_id = $1 AND feature_key = 'api_calls'`, [context.accountId]);
  const counter = rows[0]?.id;
  await database.pool.query(
    `INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at)
     SELECT $1, $2::timestamptz + n * interval '30 days' / $3::bigint, gen_random_uuid(), 1, $2 FROM generate_series(0, $3::bigint - 1) n`,
    [counter, start, events],
  );
  for (const [target, unit, column] of [['usage_hour', 'hour', 'hour'], ['usage_day', 'day', 'day']]) {
    await database.pool.query(
      `INSERT INTO ${target} (account_id, feature_key, ${column}, quantity, events)
       SELECT $1, 'api_calls', date_trunc('${unit}', $2::timestamptz + n * interval '30 days' / $3::bigint, 'UTC'), count(*), count(*)
       FROM generate_series(0, $3::bigint - 1) n GROUP BY 3
       ON CONFLICT (account_id, feature_key, ${column}) DO UPDATE SET quantity = ${target}.quantity + excluded.quantity, events = ${target}.events + excluded.events`,
      [context.accountId, start, events],
    );
  }
  await database.pool.query(`UPDATE quota_counter SET used = used + $2, events = events + $2 WHERE id = $1`, [counter, events]);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  for (let run = 0; run < 20; run += 1) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

try {
  process.env.DATABASE_URL = database.url;
  const sellerId = await seedSeller(start);
  const customer = async (events: number): Promise<Context> => {
    const { context } = await seedAccount(sellerId, start);
    await createSubscription(context, { planKey: 'enterprise', interval: 'month' });
    const later = { ...context, clock: new FixedClock(now) };
    await fill(later, events);
    return later;
  };
  const small = await customer(few);
  const large = await customer(many);
  await database.pool.query('VACUUM ANALYZE');

  const series = (context: Context) => usageSeries(context, { from: '2026-03-01', to: '2026-03-31', granularity: 'day', feature: 'api_calls' });
  const rows = [['', `${whole(few)} events`, `${whole(many)} events`, 'ratio']];
  for (const [name, work] of [['summary of the period', summarizeUsage], ['its days', series]] as const) {
    const one = await timeOf(() => work(small));
    const other = await timeOf(() => work(large));
    rows.push([name, `${one.toFixed(2)} ms`, `${other.toFixed(2)} ms`, `${(other / one).toFixed(2)} x`]);
  }
  const [item] = (await summarizeUsage(large)).items.filter(({ feature }) => feature.key === 'api_calls');
  console.log(table(rows));
  console.log(`the summary counts every event: ${item?.total === BigInt(many + 1) ? 'yes' : 'NO'}`);
} finally {
  await drainQuotaEngine();
  await disconnect();
  await database.stop();
}
