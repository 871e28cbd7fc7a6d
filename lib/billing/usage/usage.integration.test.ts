import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, disconnect, pool } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { drainQuotaEngine } from '../quota/engine/engine';
import { consumeQuota } from '../quota/consume-quota';
import { reserveQuota } from '../quota/reservations/reserve-quota';
import { setLevel } from '../quota/set-level';
import { remainingQuota } from '../quota/remaining-quota';
import { createSubscription } from '../subscriptions/create-subscription';
import { usageBreakdown } from './breakdown/usage-breakdown';
import { correctUsage } from './corrections/correct-usage';
import { exportUsage } from './export-usage';
import { findUnusualUsage } from './find-unusual-usage';
import { listUsage } from './list-usage';
import { recordUsage } from './record-usage';
import { summarizeUsage } from './summarize-usage';
import { forecastUsage } from './usage-forecast';
import { usageSeries } from './usage-series';

useTestDatabase();
const start = new Date('2026-01-15T10:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(timeZone = 'UTC') {
  const account = await seedAccount(sellerId, start, { timeZone });
  await createSubscription(account.context, { planKey: 'free', interval: 'month' });
  return account;
}

describe('recordUsage', () => {
  it('counts each key once and answers each item in its place', async () => {
    const { context } = await customer();
    const receipts = await recordUsage(context, [
      { feature: 'api_calls', quantity: 3n, idempotencyKey: 'a' },
      { feature: 'api_calls', quantity: 3n, idempotencyKey: 'a' },
      { feature: 'nothing', idempotencyKey: 'b' },
      { feature: 'members', idempotencyKey: 'c' },
      { feature: 'api_calls', quantity: 4n, idempotencyKey: 'a' },
      { feature: 'api_calls', occurredAt: new Date('2026-01-15T10:06:00Z'), idempotencyKey: 'd' },
      { feature: 'api_calls', occurredAt: new Date('2025-12-11T09:59:00Z'), idempotencyKey: 'e' },
    ]);
    expect(receipts).toEqual([
      { idempotencyKey: 'a', status: 'recorded', event: expect.stringMatching(/^evt_/) },
      { idempotencyKey: 'a', status: 'duplicate', event: receipts[0] && 'event' in receipts[0] && receipts[0].event },
      { idempotencyKey: 'b', status: 'refused', code: 'unknown_feature' },
      { idempotencyKey: 'c', status: 'refused', code: 'feature_not_metered' },
      { idempotencyKey: 'a', status: 'refused', code: 'idempotency_key_reused' },
      { idempotencyKey: 'd', status: 'refused', code: 'event_in_future' },
      { idempotencyKey: 'e', status: 'refused', code: 'event_too_old' },
    ]);
    expect((await remainingQuota(context, 'api_calls'))[0]?.used).toBe(3n);
  });

  it('counts past the limit and shares the counter with consume', async () => {
    const { context } = await customer();
    await consumeQuota(context, { feature: 'api_calls', quantity: 60n });
    await recordUsage(context, [{ feature: 'api_calls', quantity: 50n, idempotencyKey: 'late' }]);
    expect((await remainingQuota(context, 'api_calls'))[0]).toMatchObject({ used: 110n, remaining: 0n, overage: 10n });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, used: 110n });
  });

  it('counts late usage in the period in which it happened', async () => {
    const { context, clock } = await customer();
    await recordUsage(context, [{ feature: 'email', quantity: 1n, idempotencyKey: '1' }]);
    clock.set(new Date('2026-02-16T00:00:00Z'));
    await recordUsage(context, [
      { feature: 'email', quantity: 10n, idempotencyKey: '2', occurredAt: new Date('2026-02-15T09:59:59.999Z') },
      { feature: 'email', quantity: 100n, idempotencyKey: '3', occurredAt: new Date('2026-02-15T10:00:00.000Z') },
    ]);
    const now = await summarizeUsage(context);
    expect(now.period.start).toEqual(new Date('2026-02-15T10:00:00Z'));
    expect(now.items.find(({ feature }) => feature.key === 'email')).toMatchObject({ used: 100n, events: 1n, limit: 100n, remaining: 0n });
    const before = await summarizeUsage(context, start);
    expect(before.running).toBe(false);
    expect(before.items.find(({ feature }) => feature.key === 'email')).toMatchObject({ used: 11n, events: 2n, limit: 100n });
    expect(before.periods).toHaveLength(2);
  });
});

describe('summarizeUsage', () => {
  it('tells a daily limit by the newest day, and the whole period beside it', async () => {
    const { context, clock } = await customer();
    await database().entitlement.updateMany({ where: { featureKey: 'email', planVersion: { plan: { key: 'free' } } }, data: { reset: 'day' } });
    try {
      await consumeQuota(context, { feature: 'email', quantity: 30n });
      clock.set(new Date('2026-01-16T08:00:00Z'));
      await consumeQuota(context, { feature: 'email', quantity: 5n });
      await reserveQuota(context, { feature: 'email', quantity: 2n, expiresInSeconds: 600 });
      const email = (await summarizeUsage(context)).items.find(({ feature }) => feature.key === 'email');
      expect(email).toMatchObject({ reset: 'day', used: 5n, held: 2n, limit: 100n, remaining: 93n, total: 35n, events: 2n });
    } finally {
      await database().entitlement.updateMany({ data: { reset: 'period' }, where: { reset: 'day' } });
    }
  });
});

describe('reading usage', () => {
  it('adds up days on the clocks of the account, also where they are half an hour off', async () => {
    const { context, clock } = await customer('Asia/Kolkata');
    clock.set(new Date('2026-01-17T00:00:00Z'));
    await recordUsage(context, [
      { feature: 'tokens', quantity: 1n, idempotencyKey: '1', occurredAt: new Date('2026-01-15T18:29:59Z') },
      { feature: 'tokens', quantity: 10n, idempotencyKey: '2', occurredAt: new Date('2026-01-15T18:30:00Z') },
      { feature: 'tokens', quantity: 100n, idempotencyKey: '3', occurredAt: new Date('2026-01-16T18:29:00Z') },
      { feature: 'tokens', quantity: 1000n, idempotencyKey: '4', occurredAt: new Date('2026-01-16T18:31:00Z') },
    ]);
    const [series] = await usageSeries(context, { from: '2026-01-14', to: '2026-01-17', granularity: 'day', feature: 'tokens' });
    expect(series?.points.map(({ at, quantity }) => [at, quantity])).toEqual([
      ['2026-01-14', 0n], ['2026-01-15', 1n], ['2026-01-16', 110n], ['2026-01-17', 1000n],
    ]);
    expect(series?.total).toBe(1111n);
    const hours = await usageSeries(context, { from: '2026-01-16', to: '2026-01-16', granularity: 'hour', feature: 'tokens' });
    expect(hours[0]?.points).toHaveLength(24);
    expect(hours[0]?.points[0]).toEqual({ at: '2026-01-15T18:30:00.000Z', quantity: 10n, events: 1n });
    const page = await listUsage(context, { from: '2026-01-16', to: '2026-01-16', page: 1, pageSize: 1 });
    expect(page).toMatchObject({ total: 2, items: [{ quantity: 100n }] });
    const csv = await exportUsage(context, { from: '2026-01-16', to: '2026-01-17' });
    expect(csv.split('\r\n')).toHaveLength(5);
    await expect(usageSeries(context, { from: '2026-01-17', to: '2026-01-16', granularity: 'day' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(usageSeries(context, { from: '2024-01-17', to: '2026-01-16', granularity: 'day' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('by month adds up the days, and knows what each day had where clocks are set forward and back', async () => {
    const { context, clock } = await customer('America/New_York');
    const dayOf = async (moment: string, key: string) => {
      clock.set(new Date(moment));
      await recordUsage(context, [{ feature: 'tokens', quantity: 1n, idempotencyKey: key }]);
    };
    // 8 March 2026 has 23 hours there, from 05:00 to 04:00 UTC; 1 November has 25, from 04:00 to 05:00.
    for (const moment of ['2026-03-08T04:59:59Z', '2026-03-08T05:00:00Z', '2026-03-09T03:59:59Z', '2026-03-09T04:00:00Z']) await dayOf(moment, moment);
    for (const moment of ['2026-11-01T03:59:59Z', '2026-11-01T04:00:00Z', '2026-11-02T04:59:59Z', '2026-11-02T05:00:00Z']) await dayOf(moment, moment);
    const series = async (from: string, to: string, granularity: 'month' | 'day' | 'hour') => {
      const [tokens] = await usageSeries(context, { from, to, granularity, feature: 'tokens' });
      return tokens?.points.map(({ at, quantity }) => [at, quantity]);
    };
    expect(await series('2026-03-07', '2026-03-09', 'day')).toEqual([['2026-03-07', 1n], ['2026-03-08', 2n], ['2026-03-09', 1n]]);
    expect(await series('2026-10-31', '2026-11-02', 'day')).toEqual([['2026-10-31', 1n], ['2026-11-01', 2n], ['2026-11-02', 1n]]);
    expect(await series('2026-03-08', '2026-03-08', 'hour')).toHaveLength(23);
    expect(await series('2026-11-01', '2026-11-01', 'hour')).toHaveLength(25);
    expect(await series('2026-02-01', '2026-04-30', 'month')).toEqual([['2026-02', 0n], ['2026-03', 4n], ['2026-04', 0n]]);
    expect(await series('2026-10-01', '2026-11-01', 'month')).toEqual([['2026-10', 1n], ['2026-11', 2n]]);
  });

  it('tells where a level stood, and lists how it went up and down', async () => {
    const { context, clock } = await customer();
    const set = async (moment: string, quantity: bigint) => {
      clock.set(new Date(moment));
      await setLevel(context, { feature: 'storage_gb', move: { set: quantity } });
    };
    await set('2026-01-16T08:00:00Z', 1n);
    await set('2026-01-18T08:10:00Z', 0n);
    await set('2026-01-18T09:00:00Z', 1n);
    const [level] = await usageSeries(context, { from: '2026-01-15', to: '2026-01-19', granularity: 'day', feature: 'storage_gb' });
    expect(level?.points.map(({ quantity }) => quantity)).toEqual([0n, 1n, 1n, 1n, 1n]);
    const [hours] = await usageSeries(context, { from: '2026-01-18', to: '2026-01-18', granularity: 'hour', feature: 'storage_gb' });
    expect(hours?.points.slice(6, 11).map(({ quantity }) => quantity)).toEqual([1n, 1n, 0n, 1n, 1n]);
    expect(hours?.total).toBe(1n);
    const { items, total } = await listUsage(context, { from: '2026-01-15', to: '2026-01-19', page: 1, pageSize: 10 });
    expect(items.map(({ kind, quantity }) => [kind, quantity])).toEqual([['level', 1n], ['level', -1n], ['level', 1n]]);
    expect(total).toBe(3);
  });

  it('shows a correction beside what it corrects, and takes it off everywhere else', async () => {
    const { context } = await customer();
    await recordUsage(context, [
      { feature: 'tokens', quantity: 100n, idempotencyKey: '1', model: 'demo-small', inputTokens: 60n, outputTokens: 40n },
      { feature: 'tokens', quantity: 5n, idempotencyKey: '2', model: 'demo-small' },
    ]);
    const days = { from: '2026-01-15', to: '2026-01-15' };
    const page = () => listUsage(context, { ...days, page: 1, pageSize: 10 });
    const wrong = (await page()).items.find(({ quantity }) => quantity === 100n);
    await correctUsage(context, { event: wrong?.id ?? '', quantity: 0n });
    const { items, total } = await page();
    expect(total).toBe(3);
    expect(items.find(({ kind }) => kind === 'correction')).toMatchObject({ quantity: -100n, corrects: wrong?.id, occurredAt: wrong?.occurredAt });
    expect(await exportUsage(context, days)).toContain(`,correction,${wrong?.id}\r\n`);
    const [series] = await usageSeries(context, { ...days, granularity: 'day', feature: 'tokens' });
    expect(series).toMatchObject({ total: 5n });
    expect((await usageBreakdown(context, { ...days, by: 'model', feature: 'tokens' })).items).toMatchObject([
      { value: 'demo-small', quantity: 5n, events: 2n, inputTokens: 0n, outputTokens: 0n },
    ]);
  });

  it('pages through the events of every feature in the order of time', async () => {
    const { context, clock } = await customer();
    clock.set(new Date('2026-01-16T00:00:00Z'));
    const moments = Array.from({ length: 25 }, (_, index) => new Date(start.getTime() + index * 60_000));
    await recordUsage(context, moments.map((occurredAt, index) => ({ feature: ['tokens', 'api_calls', 'email'][index % 3] ?? '', idempotencyKey: `page-${index}`, occurredAt })));
    const pages = await Promise.all([1, 2, 3].map((page) => listUsage(context, { from: '2026-01-15', to: '2026-01-15', page, pageSize: 10 })));
    expect(pages.flatMap(({ items }) => items.map(({ occurredAt }) => occurredAt))).toEqual(moments.toReversed());
    expect(pages.map(({ total }) => total)).toEqual([25, 25, 25]);
    const emails = await listUsage(context, { from: '2026-01-15', to: '2026-01-15', feature: 'email', page: 1, pageSize: 100 });
    expect(emails).toMatchObject({ total: 8 });
    expect(emails.items.every(({ feature }) => feature === 'email')).toBe(true);
  });

  it('is told by counters and rollups alone: also while nobody can reach the events', async () => {
    const { context } = await customer();
    await recordUsage(context, [{ feature: 'tokens', quantity: 9n, idempotencyKey: '1', model: 'demo-small' }]);
    const days = { from: '2026-01-15', to: '2026-01-15' };
    const keeper = await pool().connect();
    try {
      await keeper.query('BEGIN');
      await keeper.query('LOCK TABLE usage_event IN ACCESS EXCLUSIVE MODE');
      expect((await summarizeUsage(context)).items.find(({ feature }) => feature.key === 'tokens')).toMatchObject({ used: 9n, total: 9n });
      for (const granularity of ['hour', 'day', 'month'] as const) expect((await usageSeries(context, { ...days, granularity, feature: 'tokens' }))[0]?.total).toBe(9n);
      expect((await usageBreakdown(context, { ...days, by: 'model' })).items).toMatchObject([{ value: 'demo-small', events: 1n }]);
      expect((await forecastUsage(context)).find(({ feature }) => feature.key === 'tokens')).toMatchObject({ used: 9n });
      expect(await findUnusualUsage(context, 14)).toEqual([]);
    } finally {
      await keeper.query('ROLLBACK');
      keeper.release();
    }
  });
});
