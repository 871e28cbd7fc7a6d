import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { median, table, whole } from './engine/measure';
import { underLoad, type Load } from './http/load';
import { startPortal } from './http/portal';
import { processorTime } from './http/processes';
import { prepareCopies } from './ingest/copies';

/**
 * Events a second that `POST /api/usage` of the production server takes in, 1 000 in a call, each with its key, model and tokens,
 * checked, deduplicated, counted and added up, against `COPY` of the same rows. Four callers for eight customers. All commit every 1 000.
 */
const perCall = 1_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const mark = '########';

const portal = await startPortal(8);
const pool = new Pool({ connectionString: portal.databaseUrl, max: 2 });
pool.on('error', () => undefined);
const folder = mkdtempSync(join(tmpdir(), 'portal-bench-rows-'));
chmodSync(folder, 0o711);
try {
  const models = ['demo-small', 'demo-large'];
  const events = Array.from({ length: perCall }, (_, index) => ({
    feature: 'tokens', quantity: 500, idempotencyKey: `call-${mark}-${index}`, model: models[index % 2], inputTokens: 400, outputTokens: 100,
  }));
  let calls = 0;
  const loadFor = (time: number): Load => ({
    target: { host: '127.0.0.1', port: portal.port }, connections: 4, seconds: time, method: 'POST', path: '/api/usage', accounts: portal.accounts,
    headers: { Authorization: `Bearer ${portal.sellerKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ events }), expected: `"recorded":${perCall}`, numbered: { mark, from: (calls += 100_000) },
  });
  let recorded = 0;
  const ingest = async (time: number): Promise<number> => {
    const { accepted, other, perSecond } = await underLoad(loadFor(time));
    if (Object.keys(other).length > 0) throw new Error(`Not everything was recorded: ${JSON.stringify(other)}`);
    recorded += accepted * perCall;
    return perSecond * perCall;
  };

  const copies = await prepareCopies(pool, folder, perCall);
  await ingest(2);
  await copies.bare(1);
  const rates = { ingest: [] as number[], bare: [] as number[], bareTwice: [] as number[], keyed: [] as number[] };
  let processor = { server: 0, database: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const used = () => ({ server: processorTime(portal.processes().server), database: processorTime(portal.processes().database) });
    const [before, earlier] = [used(), recorded];
    rates.ingest.push(await ingest(seconds));
    const after = used();
    processor = { server: (after.server - before.server) / (recorded - earlier), database: (after.database - before.database) / (recorded - earlier) };
    rates.bare.push(await copies.bare(seconds));
    rates.bareTwice.push(await copies.bareTwice(seconds));
    rates.keyed.push(await copies.keyed());
  }
  const line = (name: string, measured: number[]): string[] => [name, whole(median(measured)), `${(median(measured) / median(rates.bare)).toFixed(2)} x`];
  console.log(table([
    ['', 'events /s', 'of COPY'],
    line('COPY into a bare table', rates.bare),
    line('two of them at once', rates.bareTwice),
    line('two at once into tables with the keys that exactness takes', rates.keyed),
    line('POST /api/usage', rates.ingest),
  ]));
  console.log(`processor for an event: server ${processor.server.toFixed(1)} µs, database ${processor.database.toFixed(1)} µs`);
  const { rows } = await pool.query<{ used: string }>(`SELECT sum(used) AS used FROM quota_counter WHERE feature_key = 'tokens'`);
  console.log(`every recorded event is in its counter: ${Number(rows[0]?.used) === recorded * 500 ? 'yes' : 'NO'}`);
} finally {
  await pool.end();
  await portal.stop();
  rmSync(folder, { recursive: true, force: true });
}
