import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { at, expectProven, newCounter, newRate, start } from '@/lib/testing/engine-items';
import { useTestEngine } from '@/lib/testing/test-engine';
import { eventId, QuotaEngine, reservationId } from './engine';
import { expireReservations } from './expire-reservations';
import type { Allowance, ConsumeItem, CorrectItem, LeaseItem, MeterResult, RecordItem, SetLevelItem } from './meter-item';

const test = useTestEngine();

const free: Allowance = { ceiling: null, limit: null, termsVersion: 0n };

function consume(counterId: number, quantity: bigint, change: Partial<ConsumeItem> = {}, moment = start): Promise<MeterResult> {
  return test.engine.submit('api_calls', {
    operation: 'consume', ...free, ...at(moment), counterId, quantity, id: eventId('', null, new Date(moment)), keyText: null, dimensions: {}, ...change,
  });
}

function hold(operation: 'reserve' | 'lease', counterId: number, quantity: bigint, change: Partial<Omit<LeaseItem, 'operation'>> = {}, moment = start): { id: string; result: Promise<MeterResult> } {
  const id = change.id ?? reservationId('', null, new Date(moment));
  const item = { ...free, ...at(moment), counterId, quantity, id, keyText: null, expiresAt: new Date(moment + 60_000), minimum: 1n, dimensions: {}, ...change };
  return { id, result: test.engine.submit('api_calls', operation === 'reserve' ? { ...item, operation: 'reserve' } : { ...item, operation: 'lease' }) };
}

describe('a rate', () => {
  it('gives at most its limit in any stretch of the window, and says when there is room again', async () => {
    const { accountId, counterId } = await newCounter();
    const rates = [await newRate(accountId, 60, 10n)];
    const take = (second: number, quantity = 1n) => consume(counterId, quantity, { rates }, start + second * 1000);
    for (let second = 0; second < 10; second += 1) expect(await take(second)).toMatchObject({ verdict: 'recorded' });
    const refused = await take(30, 2n);
    expect(refused).toMatchObject({ verdict: 'refused', reason: 'rate_limited', used: 10n });
    // The second of two units leaves a minute after it came, and up to a sixtieth of a minute later.
    const retryAt = refused.retryAt?.getTime() ?? 0;
    expect(retryAt).toBeGreaterThanOrEqual(start + 61_000);
    expect(retryAt).toBeLessThanOrEqual(start + 62_000);
    expect(await consume(counterId, 2n, { rates }, retryAt - 1)).toMatchObject({ verdict: 'refused' });
    expect(await consume(counterId, 2n, { rates }, retryAt)).toMatchObject({ verdict: 'recorded', used: 12n });
    expect(await consume(counterId, 11n, { rates }, retryAt)).toMatchObject({ verdict: 'refused', retryAt: null });
  });

  it('holds where several apply, and takes nothing of one that another refuses', async () => {
    const { accountId, counterId } = await newCounter();
    const rates = [await newRate(accountId, 1, 5n), await newRate(accountId, 60, 8n)];
    const take = (moment: number, quantity: bigint) => consume(counterId, quantity, { rates }, start + moment);
    expect((await take(0, 5n)).verdict).toBe('recorded');
    expect((await take(10, 1n)).verdict).toBe('refused');
    expect((await take(2_000, 4n)).verdict).toBe('refused');
    expect((await take(2_010, 3n)).verdict).toBe('recorded');
    expect((await take(4_000, 1n)).verdict).toBe('refused');
  });
});

describe('a lease', () => {
  it('takes what is left, returns what was not used, and is counted in full when its holder is gone', async () => {
    const { accountId, counterId } = await newCounter();
    const allowance = { ceiling: 10n, limit: 10n };
    await consume(counterId, 4n, allowance);
    const first = hold('lease', counterId, 20n, { ...allowance, minimum: 2n });
    expect(await first.result).toMatchObject({ verdict: 'recorded', used: 4n, held: 6n, reservation: { quantity: 6n, status: 'held' } });
    expect(await hold('lease', counterId, 1n, allowance).result).toMatchObject({ verdict: 'refused', reason: 'limit_reached' });
    const settle = (id: string, quantity: bigint, moment: number) =>
      test.engine.submit('api_calls', { operation: 'settle', ...at(moment), counterId, id, quantity, limit: 10n, dimensions: {} });
    expect(await settle(first.id, 1n, start + 1_000)).toMatchObject({ verdict: 'recorded', used: 5n, held: 0n });
    expect(await settle(first.id, 1n, start + 2_000)).toMatchObject({ verdict: 'repeated', used: 5n });
    expect(await settle(first.id, 2n, start + 2_000)).toMatchObject({ verdict: 'settled' });

    const second = hold('lease', counterId, 5n, { ...allowance, dimensions: { costCentre: 'support' } }, start + 2_000);
    expect((await second.result).reservation?.quantity).toBe(5n);
    const later = start + 2_000 + 60_000;
    expect(await consume(counterId, 1n, allowance, later)).toMatchObject({ verdict: 'refused', used: 10n, held: 0n });
    await expectProven(accountId);
    // Its holder was only slow: what it did not use comes back.
    expect(await settle(second.id, 2n, later + 1_000)).toMatchObject({ verdict: 'recorded', used: 7n, quantity: -3n, reservation: { status: 'settled', settledQuantity: 2n } });
    expect(await consume(counterId, 3n, allowance, later + 1_000)).toMatchObject({ verdict: 'recorded', used: 10n });
    await expectProven(accountId);
    // All of it was in the cost centre that it was taken for.
    expect(await database().usageBreakdown.findMany({ where: { accountId }, select: { costCentre: true, quantity: true, events: true } })).toEqual([{ costCentre: 'support', quantity: 2n, events: 1n }]);
  });
});

describe('a reservation', () => {
  it('answers its key as the first time, and ends by itself though nobody asks', async () => {
    const { accountId, counterId } = await newCounter();
    const change = { id: reservationId(accountId, 'k', new Date(start)), keyText: 'k', ceiling: 10n, limit: 10n };
    const first = await hold('reserve', counterId, 7n, change).result;
    expect(first).toMatchObject({ verdict: 'recorded', used: 0n, held: 7n });
    await consume(counterId, 3n, { ceiling: 10n, limit: 10n });
    expect(await hold('reserve', counterId, 7n, change).result).toMatchObject({ verdict: 'repeated', used: 0n, held: 7n, reservation: { status: 'held' } });
    expect(await hold('reserve', counterId, 6n, change).result).toMatchObject({ verdict: 'key_reused' });
    expect(await expireReservations(new FixedClock(new Date(start + 59_999)))).toBe(0);
    expect(await expireReservations(new FixedClock(new Date(start + 60_000)))).toBe(1);
    expect(await database().quotaCounter.findUnique({ where: { id: counterId } })).toMatchObject({
      held: 0n, used: 3n, nextExpiry: null, updatedAt: new Date(start + 60_000),
    });
    await expectProven(accountId);
  });
});

describe('a spend cap', () => {
  it('stops what would cost more than is left, over all counters of the account, holds included', async () => {
    const { accountId, counterId: calls } = await newCounter({ limit: 10n, overageAmount: '0.5' });
    const { counterId: tokens } = await newCounter({ accountId, featureKey: 'tokens', limit: 100n, overageAmount: '0.01' });
    const spend = { group: accountId, amount: '5.00', counterIds: [calls, tokens] };
    expect(await consume(calls, 15n, { spend })).toMatchObject({ verdict: 'recorded' }); // 2.50
    expect(await hold('reserve', tokens, 300n, { spend }).result).toMatchObject({ verdict: 'recorded', held: 300n }); // 2.00 held
    expect(await consume(calls, 2n, { spend })).toMatchObject({ verdict: 'refused', reason: 'spend_cap_reached', used: 15n });
    expect(await consume(calls, 1n, { spend })).toMatchObject({ verdict: 'recorded', used: 16n });
    expect(await consume(tokens, 1n, { spend })).toMatchObject({ verdict: 'refused', reason: 'spend_cap_reached' });
    expect(await hold('lease', tokens, 50n, { spend: { ...spend, amount: '5.20' } }).result).toMatchObject({ verdict: 'recorded', reservation: { quantity: 20n } });
    await expectProven(accountId);
  });

  it('is never passed when both features are asked for at once', async () => {
    const { accountId, counterId: calls } = await newCounter({ limit: 0n, overageAmount: '0.3' });
    const { counterId: tokens } = await newCounter({ accountId, featureKey: 'tokens', limit: 0n, overageAmount: '0.7' });
    const spend = { group: accountId, amount: '20.00', counterIds: [calls, tokens] };
    const other = new QuotaEngine(test.url);
    const both = [test.engine, other];
    await Promise.all(Array.from({ length: 120 }, (_, index) => both[index % 2]?.submit('x', {
      operation: 'consume', ...free, ...at(start), counterId: index % 3 === 0 ? tokens : calls, quantity: 1n, id: eventId('', null, new Date(start)), keyText: null, dimensions: {}, spend,
    })));
    await other.drain();
    const rows = await database().quotaCounter.findMany({ where: { accountId } });
    const tenths = rows.reduce((sum, row) => sum + row.used * (row.featureKey === 'tokens' ? 7n : 3n), 0n);
    expect(tenths).toBeLessThanOrEqual(200n);
    expect(tenths).toBeGreaterThan(200n - 7n);
  });
});

describe('a level', () => {
  it('is set and moved, never below zero, and its key answers as the first time', async () => {
    const { accountId, counterId } = await newCounter({ featureKey: 'agent_seats' });
    const base = { ...free, ...at(start), ceiling: 5n, limit: 5n, counterId, dimensions: {} };
    const set = (quantity: bigint, key: string | null = null) =>
      test.engine.submit('agent_seats', { operation: 'level_set', ...base, quantity, id: eventId(accountId, key, new Date(start)), keyText: key } satisfies SetLevelItem);
    const move = (quantity: bigint) => test.engine.submit('agent_seats', { operation: 'level_change', ...base, quantity, id: eventId(accountId, null, new Date(start)), keyText: null });
    expect(await set(3n, 'three')).toMatchObject({ verdict: 'recorded', used: 3n, quantity: 3n });
    expect(await move(2n)).toMatchObject({ verdict: 'recorded', used: 5n });
    expect(await move(1n)).toMatchObject({ verdict: 'refused', reason: 'limit_reached', used: 5n });
    expect(await move(-4n)).toMatchObject({ verdict: 'recorded', used: 1n, quantity: -4n });
    expect(await move(-2n)).toMatchObject({ verdict: 'below_zero', used: 1n });
    expect(await set(1n, 'same')).toMatchObject({ verdict: 'recorded', used: 1n, quantity: 0n });
    expect(await set(4n)).toMatchObject({ verdict: 'recorded', used: 4n });
    expect(await set(3n, 'three')).toMatchObject({ verdict: 'repeated', used: 3n });
    expect(await set(1n, 'same')).toMatchObject({ verdict: 'repeated', used: 1n });
    await expectProven(accountId);
  });
});

describe('a correction', () => {
  it('counts where the event counted, and a void takes its tokens away too', async () => {
    const { accountId, counterId } = await newCounter();
    const id = eventId(accountId, 'one', new Date(start));
    const dimensions = { model: 'demo-large', inputTokens: 100n, outputTokens: 20n, statusCode: 200, latencyMs: 700 };
    await consume(counterId, 5n, { id, keyText: 'one', dimensions });
    await consume(counterId, 1n, {}, start + 3_600_000);
    const correct = (quantity: bigint) =>
      test.engine.submit('api_calls', {
        operation: 'correct', ...at(start), recordedAt: new Date(start + 7_200_000), counterId, id: eventId('', null, new Date(start)), keyText: null, correctsId: id, quantity, limit: null,
      } satisfies CorrectItem);
    expect(await correct(8n)).toMatchObject({ verdict: 'recorded', used: 9n, quantity: 3n });
    expect(await correct(0n)).toMatchObject({ verdict: 'recorded', used: 1n, quantity: -8n });
    expect(await correct(0n)).toMatchObject({ verdict: 'already_voided' });
    const [row] = await database().usageBreakdown.findMany({ where: { accountId } });
    expect(row).toMatchObject({ model: 'demo-large', statusCode: 200, quantity: 0n, events: 1n, inputTokens: 0n, outputTokens: 0n });
    expect(row?.latencyBuckets.indexOf(1n)).toBe(Math.ceil(2 * Math.log2(700)));
    await expectProven(accountId);
  });
});

describe('what is noted beside', () => {
  it('adds up refusals by hour and reason', async () => {
    const { accountId, counterId } = await newCounter();
    await Promise.all([1n, 2n, 3n].map((quantity) => consume(counterId, quantity, { ceiling: 0n, limit: 0n })));
    await consume(counterId, 4n, { ceiling: 0n, limit: 0n }, start + 1_000);
    await consume(counterId, 1n, { ceiling: 0n, limit: null, refusal: 'subscription_paused' }, start + 2_000);
    await consume(counterId, 1n, { ceiling: 0n, limit: 0n, rates: [await newRate(accountId, 60, 5n)] }, start + 3_600_000);
    const rows = await database().quotaViolation.findMany({ where: { accountId }, orderBy: [{ hour: 'asc' }, { reason: 'asc' }] });
    expect(rows.map(({ reason, calls, quantity }) => [reason, calls, quantity])).toEqual([
      ['limit_reached', 4n, 10n], ['subscription_paused', 1n, 1n], ['limit_reached', 1n, 1n],
    ]);
    expect(rows[0]).toMatchObject({ firstAt: new Date(start), lastAt: new Date(start + 1_000) });
  });

  it('tells once that a counter reached what somebody wants to know', async () => {
    const { counterId } = await newCounter();
    await database().quotaCounter.update({ where: { id: counterId }, data: { alertAt: 5n } });
    const listener = new Client({ connectionString: test.url });
    await listener.connect();
    const told: string[] = [];
    listener.on('notification', ({ payload }) => told.push(payload ?? ''));
    await listener.query('LISTEN quota_crossing');
    await consume(counterId, 4n);
    expect(await database().quotaCrossing.count({ where: { counterId } })).toBe(0);
    await Promise.all([consume(counterId, 1n), consume(counterId, 1n), consume(counterId, 1n)]);
    await consume(counterId, 9n);
    expect(await database().quotaCrossing.findMany({ where: { counterId } })).toMatchObject([{ counterId: BigInt(counterId), used: 5n }]);
    expect((await database().quotaCounter.findUnique({ where: { id: counterId } }))?.alertAt).toBeNull();
    try {
      await expect.poll(() => told.filter((payload) => payload === String(counterId))).toHaveLength(1);
    } finally {
      await listener.end();
    }
  });

  it('breaks usage down by what it told, across batches', async () => {
    const { accountId, counterId } = await newCounter();
    const record = (model: string, latencyMs: number | undefined, quantity: bigint): Promise<MeterResult> =>
      test.engine.submit('api_calls', {
        operation: 'record', ...at(start), counterId, quantity, limit: null, id: eventId('', null, new Date(start)), keyText: null, dimensions: { model, latencyMs },
      } satisfies RecordItem);
    await Promise.all([record('a', 1, 1n), record('a', 2, 2n), record('b', undefined, 4n)]);
    await Promise.all([record('a', 2, 8n), record('b', 1_000_000_000, 16n)]);
    const rows = await database().usageBreakdown.findMany({ where: { accountId }, orderBy: { model: 'asc' } });
    expect(rows.map(({ model, quantity, events }) => [model, quantity, events])).toEqual([['a', 11n, 3n], ['b', 20n, 2n]]);
    expect(rows[0]?.latencyBuckets.slice(0, 4)).toEqual([1n, 0n, 2n, 0n]);
    expect(rows[1]?.latencyBuckets).toHaveLength(48);
    expect(rows[1]?.latencyBuckets[47]).toBe(1n);
    await expectProven(accountId);
  });
});
