import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { drainQuotaEngine } from '../quota/engine/engine';
import { consumeQuota } from '../quota/consume-quota';
import { remainingQuota } from '../quota/remaining-quota';
import { createSubscription } from '../subscriptions/create-subscription';
import { exportUsage } from './export-usage';
import { listUsage } from './list-usage';
import { recordUsage } from './record-usage';
import { summarizeUsage } from './summarize-usage';
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
      { idempotencyKey: 'a', status: 'recorded' },
      { idempotencyKey: 'a', status: 'duplicate' },
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
});
