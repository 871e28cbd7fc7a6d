import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { database } from '@/lib/core/database';
import { at, expectProven, newCounter, start } from '@/lib/testing/engine-items';
import { answerAtOnce, useTestEngine } from '@/lib/testing/test-engine';
import { eventId, QuotaEngine, reservationId } from './engine';
import type { ConsumeItem, MeterItem, MeterResult } from './meter-item';

const test = useTestEngine();

function consume(counterId: number, quantity: bigint, change: Partial<ConsumeItem> = {}, moment = start): ConsumeItem {
  const keyText = change.keyText ?? null;
  return {
    operation: 'consume', ceiling: 100n, limit: 100n, termsVersion: 0n, ...at(moment), counterId, quantity, id: eventId(`at once ${counterId}`, keyText, new Date(moment)),
    keyText, dimensions: {}, ...change,
  };
}

const send = async (items: MeterItem[]): Promise<MeterResult[]> => Promise.all(items.map((item) => test.engine.submit('api_calls', item)));
const verdicts = async (items: MeterItem[]): Promise<string[]> => (await send(items)).map(({ verdict }) => verdict);
/** One call of each counter, after which more of the same is expected of them. */
const settle = (...counterIds: number[]): Promise<string[]> => verdicts(counterIds.map((counterId) => consume(counterId, 1n)));

const atOnce = (items: ConsumeItem[]): Promise<unknown[]> => answerAtOnce(test.url, items);

/** How many of the engine's statements wait for somebody else's lock. */
async function waitingForLocks(): Promise<number> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'portal quota' AND wait_event_type = 'Lock'`;
  return rows.length;
}

const leftAlone = [null, expect.anything(), false];

describe('a batch of which nothing but "recorded" is expected', () => {
  it('is recorded by one statement, whose answer says where counters stood', async () => {
    const [one, other] = [await newCounter(), await newCounter()];
    await settle(one.counterId, other.counterId);
    const items = [consume(other.counterId, 5n), consume(one.counterId, 2n, { keyText: 'first' }), consume(other.counterId, 3n)];
    expect(await atOnce(items)).toEqual([['1', '1'], ['0', '0'], null]);
    expect(await send([consume(one.counterId, 2n, { keyText: 'first' })])).toMatchObject([{ verdict: 'repeated', used: 3n, limit: 100n }]);
    expect(await send([consume(other.counterId, 1n), consume(other.counterId, 1n)])).toMatchObject([{ used: 10n, held: 0n, limit: 100n }, { used: 11n }]);
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('takes counters in hours of their own and usage of another moment', async () => {
    const [one, other] = [await newCounter(), await newCounter()];
    const half = { hour: at(start).hour + 30 };
    await send([consume(one.counterId, 1n), consume(other.counterId, 1n, half)]);
    const late = { recordedAt: new Date(start + 5_000) };
    expect(await atOnce([consume(one.counterId, 1n, late), consume(other.counterId, 1n, half)])).toEqual([['1', '1'], ['0', '0'], null]);
    expect(await database().usageEvent.findFirst({ where: { counterId: BigInt(one.counterId), recordedAt: late.recordedAt } })).toMatchObject({ occurredAt: new Date(start) });
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('tells the events and their breakdown what items tell', async () => {
    const [one, other] = [await newCounter(), await newCounter()];
    await settle(one.counterId, other.counterId);
    const dimensions = { model: 'demo-small', costCentre: 'support', statusCode: 200, inputTokens: 30n, outputTokens: 7n, latencyMs: 120 };
    const items = [consume(one.counterId, 2n, { dimensions }), consume(other.counterId, 1n), consume(one.counterId, 3n, { dimensions, keyText: 'told' })];
    expect(await atOnce(items)).toEqual([['1', '1'], ['0', '0'], null]);
    const told = await database().usageEvent.findMany({ where: { counterId: BigInt(one.counterId), NOT: { model: null } }, orderBy: { quantity: 'asc' } });
    expect(told).toMatchObject([{ ...dimensions, quantity: 2n }, { ...dimensions, quantity: 3n, idempotencyKey: 'told' }]);
    const { latencyMs: _, ...sums } = { ...dimensions, quantity: 5n, events: 2n, inputTokens: 60n, outputTokens: 14n };
    expect(await database().usageBreakdown.findMany({ where: { accountId: { in: [one.accountId, other.accountId] } } })).toMatchObject([sums]);
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('is left alone where a counter would be refused, is on other terms, in another hour, unknown or has a reservation to end', async () => {
    const [one, other] = [await newCounter(), await newCounter()];
    await settle(one.counterId, other.counterId);
    const good = (): ConsumeItem => consume(one.counterId, 1n);
    expect(await atOnce([good(), consume(other.counterId, 99n)])).toEqual([['1', '1'], ['0', '0'], null]);
    expect(await atOnce([good(), consume(other.counterId, 1n)])).toEqual(leftAlone);
    const unlimited = { ceiling: null, limit: null };
    expect(await atOnce([good(), consume(other.counterId, 1n, { ...unlimited, termsVersion: 7n })])).toEqual(leftAlone);
    expect(await atOnce([good(), consume(other.counterId, 1n, unlimited, start + 3_600_000)])).toEqual(leftAlone);
    expect(await atOnce([good(), consume(2 ** 40, 1n, unlimited)])).toEqual(leftAlone);
    const reserve = { ...at(start), ceiling: null, limit: null, termsVersion: 0n, quantity: 4n, keyText: null, counterId: other.counterId };
    await send([{ operation: 'reserve', ...reserve, id: reservationId('', null, new Date(start)), expiresAt: new Date(start + 1_000) }]);
    expect(await atOnce([good(), consume(other.counterId, 1n, unlimited)])).toEqual([['2', '104'], ['0', '4'], null]);
    expect(await atOnce([good(), consume(other.counterId, 1n, unlimited, start + 2_000)])).toEqual(leftAlone);
    expect(await send([consume(one.counterId, 1n)])).toMatchObject([{ used: 4n }]);
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('takes nothing back of others, and raises alerts, when it is decided item by item after all', async () => {
    const [one, other] = [await newCounter(), await newCounter({ limit: 100n })];
    await settle(one.counterId, other.counterId);
    expect(await send([consume(one.counterId, 1n), consume(other.counterId, 49n), consume(other.counterId, 60n)])).toMatchObject([
      { verdict: 'recorded', used: 2n }, { verdict: 'recorded', used: 50n }, { verdict: 'refused', reason: 'limit_reached', used: 50n },
    ]);
    expect(await database().quotaCrossing.findMany({ where: { counterId: BigInt(other.counterId) } })).toMatchObject([{ used: 50n }]);
    await settle(other.counterId);
    expect(await send([consume(one.counterId, 1n), consume(other.counterId, 1n)])).toMatchObject([{ used: 3n }, { used: 52n }]);
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('answers keys that were used before as the first time, and writes those beside them once', async () => {
    const [one, other] = [await newCounter(), await newCounter()];
    await settle(one.counterId, other.counterId);
    const again = (): ConsumeItem => consume(other.counterId, 3n, { keyText: 'again' });
    expect(await verdicts([again()])).toEqual(['recorded']);
    expect(await atOnce([consume(one.counterId, 1n, { keyText: 'new' }), again()])).toEqual([null, expect.anything(), true]);
    expect(await send([consume(one.counterId, 1n, { keyText: 'new' }), again(), consume(other.counterId, 1n)])).toMatchObject([
      { verdict: 'recorded', used: 2n }, { verdict: 'repeated', used: 4n }, { verdict: 'recorded', used: 5n },
    ]);
    expect(await verdicts([consume(other.counterId, 4n, { keyText: 'again' })])).toEqual(['key_reused']);
    for (const { accountId } of [one, other]) await expectProven(accountId);
  });

  it('waits for who holds a counter, and looks at what that one left', async () => {
    const { accountId, counterId } = await newCounter();
    await settle(counterId);
    const holder = new Client({ connectionString: test.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('UPDATE quota_counter SET terms_version = 9 WHERE id = $1', [counterId]);
    const waiting = send([consume(counterId, 1n)]);
    await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1));
    await holder.query('COMMIT');
    await holder.end();
    expect(await waiting).toMatchObject([{ verdict: 'terms_changed', used: 1n }]);
    await expectProven(accountId);
  });

  it('locks counters in the order of their ids, so that batches never wait in a circle', async () => {
    const counters = await Promise.all(Array.from({ length: 40 }, () => newCounter()));
    const ids = counters.map(({ counterId }) => counterId);
    await settle(...ids);
    const other = new QuotaEngine(test.url);
    const unlimited = { ceiling: null, limit: null };
    const rounds = Array.from({ length: 30 }, async () => {
      const here = send(ids.map((id) => consume(id, 1n, unlimited)));
      const there = Promise.all(ids.toReversed().map((id) => other.submit('api_calls', consume(id, 1n, unlimited))));
      return [...(await here), ...(await there)];
    });
    for (const results of await Promise.all(rounds)) expect(results.every(({ verdict }) => verdict === 'recorded')).toBe(true);
    await other.drain();
    const rows = await database().quotaCounter.findMany({ where: { id: { in: ids.map(BigInt) } } });
    expect(rows.map(({ used }) => used)).toEqual(rows.map(() => 61n));
    for (const { accountId } of counters.slice(0, 3)) await expectProven(accountId);
  });
});

describe('the update of a counter', () => {
  it('is preceded by no trigger, which would lock each row by itself', async () => {
    // Bits of `tgtype`: 1 for each row, 2 before, 16 at updates (PostgreSQL's `catalog/pg_trigger.h`).
    const triggers = await database().$queryRaw`SELECT tgname FROM pg_trigger WHERE tgrelid = 'quota_counter'::regclass AND tgtype & 19 = 19`;
    expect(triggers).toEqual([]);
  });

  it('finds room on its page, which the first hour of a counter gives up', async () => {
    const { counterId } = await newCounter();
    const room = () => database().$queryRaw`SELECT octet_length(room) AS room FROM quota_counter WHERE id = ${BigInt(counterId)}`;
    expect(await room()).toEqual([{ room: 400 }]);
    await settle(counterId);
    expect(await room()).toEqual([{ room: null }]);
  });
});
