import { once } from 'node:events';
import { compare, inTurn } from './engine/measure';
import { helper, underLoad, connections, type Load, type Outcome } from './http/load';
import { processorTime } from './http/processes';
import { startPortal, type Portal } from './http/portal';
import { withConnection } from '@/lib/core/database/connect';

/**
 * What a product backend gets from the server of `npm start`: durable `POST /api/quota/consume` with the seller's key,
 * which names one of 10 000 accounts in each call, over 64 connections. Beside it, in turns on the same machine, a bare
 * `node:http` server and a Next route handler of the same build that parse the same body and answer a constant, and the
 * same consumption through its Next route. What is named a route is measured at Next's own socket, without the way through the front.
 * The rate of a busy machine says little: look at the processor time then.
 */
const customers = Number(process.env.BENCH_CUSTOMERS ?? 10_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
/** Which cases to run, by their names with commas between them: all, unless said. */
const only = process.env.BENCH_ONLY?.split(',');

interface Case {
  name: string;
  load: Load;
  processes(): number[];
}

interface Measure extends Outcome {
  /** Microseconds of processor for one request. */
  server: number;
  database: number;
}

function casesOf(portal: Portal, bare: { port: number; pid: number }): Case[] {
  const host = '127.0.0.1';
  const body = '{"feature":"api_calls","quantity":1}';
  const headers = { Authorization: `Bearer ${portal.sellerKey}`, 'Content-Type': 'application/json' };
  const common = { connections, seconds, method: 'POST', headers, body, accounts: portal.accounts, expected: '"allowed":true' };
  const server = () => portal.processes().server;
  return [
    { name: 'constant', load: { ...common, target: { host, port: portal.port }, path: '/api/bench/constant' }, processes: server },
    { name: 'bare', load: { ...common, target: { host, port: bare.port }, path: '/' }, processes: () => [bare.pid] },
    { name: 'consume', load: { ...common, target: { host, port: portal.port }, path: '/api/quota/consume' }, processes: server },
    { name: 'route consume', load: { ...common, target: { path: portal.nextSocket }, path: '/api/quota/consume' }, processes: server },
    { name: 'route constant', load: { ...common, target: { path: portal.nextSocket }, path: '/api/bench/constant' }, processes: server },
  ];
}

async function measure({ load, processes }: Case, portal: Portal): Promise<Measure> {
  const used = () => ({ server: processorTime(processes()), database: processorTime(portal.processes().database) });
  const before = used();
  const outcome = await underLoad(load);
  const after = used();
  const requests = outcome.perSecond * outcome.seconds;
  return { ...outcome, server: (after.server - before.server) / requests, database: (after.database - before.database) / requests };
}

const rate = (value: number): string => Math.round(value).toLocaleString('en-US').padStart(7);

function line(name: string, { perSecond, p50, p99, server, database, other }: Measure): string {
  const odd = Object.keys(other).length > 0 ? `   NOT ACCEPTED ${JSON.stringify(other)}` : '';
  return `${name.padEnd(15)} ${rate(perSecond)}/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   processor a request: server ${server.toFixed(0)} µs, database ${database.toFixed(0)} µs${odd}`;
}

/** Whether the counters add up to what was acknowledged. */
async function countersHold(portal: Portal, accepted: number): Promise<boolean> {
  return withConnection(portal.databaseUrl, async (client) => {
    const { rows } = await client.query<{ used: string }>(`SELECT sum(used) AS used FROM quota_counter WHERE feature_key = 'api_calls'`);
    return Number(rows[0]?.used) === accepted;
  });
}

const bareServer = helper('bare-server.mjs');
const [{ port: barePort }] = (await once(bareServer, 'message')) as [{ port: number }];
const portal = await startPortal(customers);
try {
  const cases = casesOf(portal, { port: barePort, pid: bareServer.pid ?? 0 }).filter(({ name }) => only?.includes(name) ?? true);
  let accepted = 0;
  const count = ({ name }: Case, outcome: Outcome): void => {
    if (name.includes('consume')) accepted += outcome.accepted;
  };
  for (const one of cases) {
    const { name, load } = one;
    const warm = await underLoad({ ...load, seconds: 2, ...(name.includes('consume') && { atLeast: customers }) });
    count(one, warm);
    console.log(`warm    ${name.padEnd(15)} ${rate(warm.perSecond)}/s`);
  }
  const measures = new Map<string, Measure[]>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const one of inTurn(cases, round)) {
      const result = await measure(one, portal);
      count(one, result);
      measures.set(one.name, [...(measures.get(one.name) ?? []), result]);
      console.log(`round ${round} ${line(one.name, result)}`);
    }
  }
  const all = (name: string, read: (one: Measure) => number): number[] => (measures.get(name) ?? []).map(read);
  const ratio = (one: string, other: string, read: (measure: Measure) => number): string => compare(all(one, read), all(other, read)).toFixed(2);
  const speed = ({ perSecond }: Measure): number => perSecond;
  console.log(`\n${customers} customers, ${connections} connections, medians of what each of ${rounds} rounds of ${seconds} s says by itself`);
  const rows: [string, string, string, (measure: Measure) => number, string][] = [
    ['consume against a constant Next route of the same server', 'consume', 'constant', speed, 'at least 12'],
    ["the same against the constant route by Next's own socket", 'consume', 'route constant', speed, 'no target'],
    ['consume against bare node:http', 'consume', 'bare', speed, 'at least 0.4'],
    ["p99 of consume against bare's", 'consume', 'bare', ({ p99 }) => p99, 'at most 3'],
    ['consume through its Next route against a constant one', 'route consume', 'route constant', speed, 'at least 0.95'],
  ];
  for (const [title, one, other, read, target] of rows) {
    if (measures.has(one) && measures.has(other)) console.log(`${title.padEnd(58)} ${ratio(one, other, read)} x   (${target})`);
  }
  console.log(`every accepted unit is in its counter: ${(await countersHold(portal, accepted)) ? 'yes' : 'NO'}`);
} finally {
  bareServer.disconnect();
  await portal.stop();
}
