import { startBenchDatabase } from './engine/database';
import { callers, compare, inTurn, measure, median, table, whole, type Measure, type Opponent } from './engine/measure';
import { ourEngine } from './engine/our-engine';
import { plainStatement } from './engine/plain-statement';
import { rateLimiter } from './engine/rate-limiter';
import { readThenWrite } from './engine/read-then-write';
import { redisScript } from './engine/redis-script';

/**
 * Decisions a second of the quota engine, durable and with an event each, against other ways to count on the same machine, in
 * turns in one run: for 10 000 customers (spread) and for one (hot). On a machine that does other work too, look at the
 * processor time: throughput then shows how the system shares itself out.
 */
const customers = Number(process.env.BENCH_CUSTOMERS ?? 10_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 1.5);
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);

const spread = (step: number): number => (step * 7919) % customers;
const hot = (): number => 0;
const cases = [
  { place: 'spread', customerOf: spread },
  { place: 'hot', customerOf: hot },
];

const database = await startBenchDatabase();
const redis = await redisScript();
try {
  const prisma = await readThenWrite(database, customers);
  const engine = await ourEngine(database, customers, 'nothing');
  const opponents: Opponent[] = [
    ...(redis ? [redis] : []),
    engine, await ourEngine(database, customers, 'keys'), await ourEngine(database, customers, 'rates'), await plainStatement(database, customers), await rateLimiter(database), prisma,
  ];
  if (!redis) console.log('redis-server is not installed, so its row is left out (Debian: apt-get install redis-server)');
  await database.pool.query('VACUUM ANALYZE');

  const results = new Map<string, Measure[]>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const { place, customerOf } of cases) {
      for (const opponent of inTurn(opponents, round)) {
        const result = await measure(opponent, customerOf, seconds, async () => [...(await database.processes()), ...(redis?.processes ?? [])]);
        const name = `${opponent.name} ${place}`;
        results.set(name, [...(results.get(name) ?? []), result]);
        console.log(`round ${round}  ${name.padEnd(34)} ${whole(result.perSecond).padStart(8)}/s   p99 ${result.p99.toFixed(1)} ms   processor ${result.processor.toFixed(0)} µs each`);
      }
    }
  }

  const all = (opponent: Opponent, place: string, read: (one: Measure) => number): number[] => (results.get(`${opponent.name} ${place}`) ?? []).map(read);
  const middle = (opponent: Opponent, place: string, read: (one: Measure) => number): number => median(all(opponent, place, read));
  const rate = ({ perSecond }: Measure): number => perSecond;
  const cost = ({ processor }: Measure): number => processor;
  console.log(`\n${whole(customers)} customers, ${callers} callers, medians of ${rounds} rounds of ${seconds} s; the engine's rate as a multiple of the other's of the same round`);
  console.log(table([
    ['', 'spread /s', 'hot /s', 'engine spread', 'engine hot', 'spread µs', 'hot µs'],
    ...opponents.map((opponent) => [
      opponent.name,
      ...cases.map(({ place }) => whole(middle(opponent, place, rate))),
      ...cases.map(({ place }) => `${compare(all(engine, place, rate), all(opponent, place, rate)).toFixed(2)} x`),
      ...cases.map(({ place }) => middle(opponent, place, cost).toFixed(0)),
    ]),
  ]));
  console.log(`hot against spread: ${compare(all(engine, 'hot', rate), all(engine, 'spread', rate)).toFixed(2)} x`);
  const { acknowledged, counted } = await prisma.miscount();
  console.log(`Prisma, read then write: ${whole(acknowledged)} acknowledged, ${whole(counted)} counted`);
  const { rows } = await database.pool.query<{ exact: boolean }>(
    `SELECT sum(used) = (SELECT count(*) FROM usage_event e JOIN quota_counter c ON c.id = e.counter_id WHERE c.account_id LIKE 'engine%') AS exact
     FROM quota_counter WHERE account_id LIKE 'engine%'`,
  );
  console.log(`counters of the engine equal the sum of their events: ${rows[0]?.exact ? 'yes' : 'NO'}`);
  for (const opponent of opponents) await opponent.close();
} finally {
  await database.stop();
}
