import { underLoad, connections } from './http/load';
import { startPortal } from './http/portal';
import { residentMemory } from './http/processes';

/**
 * Whether the server of `npm start` keeps what it should let go: its memory under steady load of consumptions, after a
 * tenth of the time against the end. `BENCH_MINUTES` sets the time, ten unless said.
 */
const minutes = Number(process.env.BENCH_MINUTES ?? 10);
const customers = Number(process.env.BENCH_CUSTOMERS ?? 10_000);
const steps = 10;

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

const portal = await startPortal(customers);
try {
  const load = {
    connections,
    seconds: (minutes * 60) / steps,
    method: 'POST',
    path: '/api/quota/consume',
    target: { host: '127.0.0.1', port: portal.port },
    headers: { Authorization: `Bearer ${portal.sellerKey}`, 'Content-Type': 'application/json' },
    body: '{"feature":"api_calls","quantity":1}',
    accounts: portal.accounts,
    expected: '"allowed":true',
  };
  const warm = await underLoad({ ...load, seconds: 1, atLeast: customers });
  console.log(`warm: ${warm.accepted} accepted, every customer called once`);
  const readings: number[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const { accepted, perSecond } = await underLoad(load);
    const [front = 0] = portal.processes().server;
    readings.push(residentMemory(front));
    console.log(`after ${((minutes * step) / steps).toFixed(1)} min  ${megabytes(readings.at(-1) ?? 0).padStart(7)}   ${accepted} accepted, ${Math.round(perSecond).toLocaleString('en-US')}/s`);
  }
  const [first = NaN] = readings;
  console.log(`\nmemory at the end against a tenth of the way: ${((readings.at(-1) ?? NaN) / first).toFixed(2)} x   (at most 1.1)`);
} finally {
  await portal.stop();
}
