import { describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { at, expectProven, newCounter, newRate, start } from '@/lib/testing/engine-items';
import { answerAtOnce, useTestEngine } from '@/lib/testing/test-engine';
import { eventId, QuotaEngine } from './engine';
import type { ConsumeItem, MeterResult, RateLimit } from './meter-item';
import { asPlainBatch } from './plain-batch';

const test = useTestEngine();

interface Customer {
  accountId: string;
  counterId: number;
  rates: RateLimit[];
}

async function newCustomer(...limits: [windowSeconds: number, limit: bigint][]): Promise<Customer> {
  const { accountId, counterId } = await newCounter();
  const rates: RateLimit[] = [];
  for (const [windowSeconds, limit] of limits) rates.push(await newRate(accountId, windowSeconds, limit));
  return { accountId, counterId, rates };
}

const consume = ({ counterId, rates }: Customer, quantity: bigint, change: Partial<ConsumeItem> = {}, moment = start): ConsumeItem => ({
  operation: 'consume', ceiling: 1_000n, limit: 1_000n, termsVersion: 0n, ...at(moment), counterId, quantity,
  id: eventId(`rates ${counterId}`, change.keyText ?? null, new Date(moment)), keyText: null, dimensions: {}, rates, ...change,
});

const send = (items: ConsumeItem[]): Promise<MeterResult[]> => Promise.all(items.map((item) => test.engine.submit('api_calls', item)));

/** Used and held by counter before, as the statement itself answers; null where it leaves the batch to `quota_operate`. */
const takenBefore = async (...items: ConsumeItem[]): Promise<unknown> => (await answerAtOnce(test.url, items))[0];

/** Its rates as they stand. */
async function ratesOf({ rates }: Customer): Promise<{ newestSlice: bigint; slices: bigint[] }[]> {
  const rows = await database().quotaRate.findMany({ where: { id: { in: rates.map(({ rateId }) => BigInt(rateId)) } }, orderBy: { id: 'asc' } });
  return rows.map(({ newestSlice, slices }) => ({ newestSlice, slices }));
}

const taken = async (customer: Customer): Promise<bigint[]> => (await ratesOf(customer)).map(({ slices }) => slices.reduce((sum, units) => sum + units, 0n));

describe('a batch with rates of which nothing but "recorded" is expected', () => {
  it('is recorded by one statement, each rate with what its items come to', async () => {
    const [one, other] = [await newCustomer([60, 10n], [3_600, 20n]), await newCustomer([60, 10n])];
    const free = { ...(await newCustomer()), rates: [] };
    await send([consume(one, 1n), consume(other, 1n), consume(free, 1n)]);
    expect(await takenBefore(consume(other, 2n), consume(one, 3n), consume(free, 500n), consume(one, 6n))).toEqual(['1', '1', '1']);
    expect([await taken(one), await taken(other)]).toEqual([[10n, 10n], [3n]]);
    expect(await send([consume(one, 1n)])).toMatchObject([{ verdict: 'refused', reason: 'rate_limited', used: 10n }]);
    for (const { accountId } of [one, other, free]) await expectProven(accountId);
  });

  it('is left alone as a whole where one rate has no room for all of it or is unknown', async () => {
    const [one, other] = [await newCustomer([60, 10n]), await newCustomer([60, 10n], [3_600, 12n])];
    await send([consume(one, 1n), consume(other, 1n)]);
    const before = [await ratesOf(one), await ratesOf(other)];
    expect(await takenBefore(consume(one, 2n), consume(other, 5n), consume(other, 5n))).toBeNull();
    expect(await takenBefore(consume(one, 2n), consume(other, 11n, {}, start + 120_000))).toBeNull();
    expect(await takenBefore(consume(one, 2n, { rates: [...one.rates, { rateId: 2 ** 40, windowSeconds: 60, limit: 5n }] }))).toBeNull();
    const huge = { ceiling: null, limit: null };
    expect(await takenBefore(consume(one, 2n ** 63n - 10n, huge))).toBeNull();
    expect([await ratesOf(one), await ratesOf(other)]).toEqual(before);
    expect(await send([consume(one, 2n), consume(other, 5n), consume(other, 5n), consume(other, 4n)])).toMatchObject([
      { verdict: 'recorded', used: 3n }, { verdict: 'recorded', used: 6n }, { verdict: 'refused', reason: 'rate_limited' }, { verdict: 'recorded', used: 10n },
    ]);
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('answers a key that was used before as the first time, and takes nothing of the rate for it', async () => {
    const customer = await newCustomer([60, 10n]);
    await send([consume(customer, 1n)]);
    const again = (): ConsumeItem => consume(customer, 4n, { keyText: 'again' });
    expect(await send([again()])).toMatchObject([{ verdict: 'recorded', used: 5n }]);
    expect(await takenBefore(again())).toBeNull();
    expect(await send([again(), consume(customer, 5n)])).toMatchObject([{ verdict: 'repeated', used: 5n }, { verdict: 'recorded', used: 10n }]);
    expect(await taken(customer)).toEqual([10n]);
    await expectProven(customer.accountId);
  });

  it('is not plain where a rate limits two items differently', async () => {
    const customer = await newCustomer([60, 10n]);
    const raised = customer.rates.map((rate) => ({ ...rate, limit: 20n }));
    expect(asPlainBatch([consume(customer, 1n), consume(customer, 1n, { rates: raised })])).toBeNull();
    expect(await send([consume(customer, 8n), consume(customer, 8n, { rates: raised })])).toMatchObject([{ verdict: 'recorded' }, { verdict: 'recorded' }]);
    expect(await taken(customer)).toEqual([16n]);
  });

  it('leaves every rate as if each call had been decided by itself, whenever it came', async () => {
    const limits: [number, bigint][] = [[1, 20n], [60, 500n]];
    const [quick, slow] = [await newCustomer(...limits), await newCustomer(...limits)];
    let seed = 11;
    const random = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    // With a spend cap it is decided item by item.
    const capped = { spend: { group: 'demo', amount: '1.00', counterIds: [slow.counterId] } };
    const seen = { recorded: 0, refused: 0 };
    for (let step = 0, moment = start; step < 250; step += 1, moment += random(20) === 0 ? random(30_000) : random(300)) {
      const asked = Array.from({ length: 1 + random(3) }, () => BigInt(1 + random(4)));
      // Another server's clock may be behind.
      const then = moment - random(3) * 80;
      const answers = await send(asked.map((quantity) => consume(quick, quantity, {}, then)));
      expect(await send(asked.map((quantity) => consume(slow, quantity, capped, then)))).toEqual(answers);
      expect(await ratesOf(quick)).toEqual(await ratesOf(slow));
      for (const { verdict } of answers) seen[verdict === 'recorded' ? 'recorded' : 'refused'] += 1;
    }
    expect(seen.recorded).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(20);
    await expectProven(quick.accountId);
  });

  it('gives what a rate has and no more to two servers that ask at once, and none waits in a circle', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => index);
    const here = await Promise.all(ids.map(() => newCustomer([60, 100n])));
    // Counters of another period: what both servers contend for is the rates.
    const there = await Promise.all(here.map(async ({ accountId, rates }) => ({ ...(await newCounter({ accountId, featureKey: 'other' })), rates })));
    const other = new QuotaEngine(test.url);
    const ask = (engine: QuotaEngine, customers: Customer[]): Promise<MeterResult[]> =>
      Promise.all(customers.map((customer) => engine.submit('api_calls', consume(customer, 1n))));
    await ask(test.engine, here);
    await ask(other, there);
    const verdicts: string[] = [];
    for (let wave = 0; wave < 12; wave += 1) {
      const asked = Array.from({ length: 5 }, () => [ask(test.engine, here), ask(other, there.toReversed())]).flat();
      for (const { verdict } of (await Promise.all(asked)).flat()) verdicts.push(verdict);
    }
    await other.drain();
    expect(verdicts.filter((verdict) => verdict === 'recorded')).toHaveLength(10 * 98);
    expect(verdicts.filter((verdict) => verdict === 'refused')).toHaveLength(10 * 22);
    expect(await Promise.all(here.map(taken))).toEqual(ids.map(() => [100n]));
    for (const { accountId } of here) await expectProven(accountId);
  });
});
