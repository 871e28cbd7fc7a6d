import { closeDuePeriods } from '@/lib/billing/workflows/billing-run/close-due-periods';
import { FixedClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import { seedManySubscribers } from '@/lib/testing/many-subscribers';
import { startBenchDatabase } from './engine/database';
import { table, whole } from './engine/measure';

/**
 * What it costs to close the period of one subscription with usage past its limit, among 1 000 that are due and among
 * 10 000 (BENCH_FEW, BENCH_MANY), by one worker, and the most memory that the worker held.
 */
const few = Number(process.env.BENCH_FEW ?? 1_000);
const many = Number(process.env.BENCH_MANY ?? 10_000);
const start = new Date('2026-01-31T09:00:00Z');
const border = new Date('2026-02-28T09:00:00Z');

const database = await startBenchDatabase();

async function close(accounts: number): Promise<number> {
  const { sellerId } = await seedManySubscribers(database.pool, { accounts, start, usage: 6_000n });
  await database.pool.query('CHECKPOINT');
  const since = performance.now();
  const { closed } = await closeDuePeriods(new FixedClock(border));
  const took = performance.now() - since;
  const { rows } = await database.pool.query<{ invoices: string; last: string; sum: string }>(
    'SELECT count(*) AS invoices, max(number) AS last, sum(total_minor) AS sum FROM invoice WHERE seller_id = $1', [sellerId],
  );
  const right = closed === accounts && rows[0]?.invoices === String(accounts) && rows[0].last.endsWith(String(accounts)) && rows[0].sum === String(3_999 * accounts);
  if (!right) throw new Error(`Of ${accounts} subscriptions ${closed} were closed, with ${rows[0]?.invoices ?? 'no'} invoices of ${rows[0]?.sum ?? 'nothing'}.`);
  return took / accounts;
}

try {
  process.env.DATABASE_URL = database.url;
  await seedSeller(start);
  await close(100); // Plans are made and code is compiled.
  let resident = 0;
  const watch = setInterval(() => (resident = Math.max(resident, process.memoryUsage.rss())), 50);
  // The few before and after the many, so that a machine that is busier for a while changes both.
  const [before, other, after] = [await close(few), await close(many), await close(few)];
  const one = (before + after) / 2;
  clearInterval(watch);
  console.log(table([
    ['', `${whole(few)} due`, `${whole(many)} due`, 'ratio'],
    ['a subscription closed', `${one.toFixed(2)} ms`, `${other.toFixed(2)} ms`, `${(other / one).toFixed(2)} x`],
  ]));
  console.log(`the worker held ${whole(Math.round(resident / 2 ** 20))} MB at most`);
} finally {
  await disconnect();
  await database.stop();
}
