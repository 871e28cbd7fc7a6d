import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import type { NewUsage } from '@/lib/billing/usage/usage';
import { systemClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { startBenchDatabase } from './engine/database';
import { median, table, whole } from './engine/measure';

/**
 * Events a second that `recordUsage` takes in, 1 000 in a call, each with its key, model and tokens, deduplicated, counted and added
 * up, against `COPY` of the same rows into a table with neither key nor index. Both commit every 1 000.
 */
const perCall = 1_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

const database = await startBenchDatabase();
const folder = mkdtempSync(join(tmpdir(), 'portal-bench-rows-'));
chmodSync(folder, 0o711);
try {
  process.env.DATABASE_URL = database.url;
  const { context } = await seedAccount(await seedSeller(systemClock.now()), systemClock.now());
  await createSubscription(context, { planKey: 'enterprise', interval: 'month' });
  const caller = { ...context, clock: systemClock };

  let batches = 0;
  const eventsOf = (): NewUsage[] => {
    const batch = (batches += 1);
    return Array.from({ length: perCall }, (_, index) => ({
      feature: 'tokens', quantity: 500n, idempotencyKey: `batch-${batch}-${index}`, model: index % 2 === 0 ? 'demo-large' : 'demo-small', inputTokens: 400n,
      outputTokens: 100n,
    }));
  };
  const ingest = async (): Promise<void> => {
    const receipts = await recordUsage(caller, eventsOf());
    if (receipts.some(({ status }) => status !== 'recorded')) throw new Error('An event was not recorded.');
  };

  await database.pool.query(
    `CREATE TABLE bare_event (id uuid, counter_id bigint, quantity bigint, occurred_at timestamptz, recorded_at timestamptz, key text, model text, input_tokens bigint, output_tokens bigint)`,
  );
  const file = join(folder, 'rows.csv');
  const now = systemClock.now().toISOString();
  writeFileSync(file, eventsOf().map((event, index) =>
    `00000000-0000-4000-8000-${String(index).padStart(12, '0')},1,${event.quantity},${now},${now},${event.idempotencyKey},${event.model},400,100\n`).join(''));
  chmodSync(file, 0o644);
  const copy = async (): Promise<void> => void (await database.pool.query(`COPY bare_event FROM '${file}' (FORMAT csv)`));

  const perSecond = async (work: () => Promise<void>, atOnce: number): Promise<number> => {
    await work();
    const started = performance.now();
    let done = 0;
    const worker = async (): Promise<void> => {
      while (performance.now() - started < seconds * 1000) {
        await work();
        done += perCall;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return (done * 1000) / (performance.now() - started);
  };

  const rates = { ingest: [] as number[], copy: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    rates.ingest.push(await perSecond(ingest, 2));
    rates.copy.push(await perSecond(copy, 2));
  }
  console.log(table([
    ['', 'events /s', 'of COPY'],
    ['COPY into a bare table', whole(median(rates.copy)), '1.00 x'],
    ['recordUsage', whole(median(rates.ingest)), `${(median(rates.ingest) / median(rates.copy)).toFixed(2)} x`],
  ]));
} finally {
  await drainQuotaEngine();
  await disconnect();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
