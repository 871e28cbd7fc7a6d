import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { drainQuotaEngine } from '../quota/engine/engine';
import { createSubscription } from '../subscriptions/create-subscription';
import { listUsage } from './list-usage';
import { recordUsage } from './record-usage';
import { retireUsage } from './retire-usage';
import { summarizeUsage } from './summarize-usage';
import { usageSeries } from './usage-series';

useTestDatabase();
const start = new Date('2026-01-10T09:00:00Z');
const kept = { monthsKept: 3, deleteOlder: false, lateUsageDays: 35 };
let context: Context;
let clock: FixedClock;

beforeAll(async () => {
  ({ context, clock } = await seedAccount(await seedSeller(start), start, { timeZone: 'Europe/Berlin' }));
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  for (const [index, moment] of ['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15', '2026-06-01'].entries()) {
    clock.set(new Date(`${moment}T12:00:00Z`));
    await recordUsage(context, [{ feature: 'api_calls', quantity: BigInt(index + 1), idempotencyKey: moment }]);
  }
});
beforeEach(() => clock.set(new Date('2026-06-01T12:00:00Z')));
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function tables(): Promise<string[]> {
  const rows = await database().$queryRaw<{ name: string }[]>`SELECT relname AS name FROM pg_class WHERE relname ~ '^usage_event_2026_0[1-6]$' AND relkind = 'r' ORDER BY 1`;
  return rows.map(({ name }) => name.slice('usage_event_'.length));
}
const detail = (from: string, to: string) => listUsage(context, { from, to, page: 1, pageSize: 10 });

describe('retireUsage', () => {
  it('keeps everything unless told otherwise', async () => {
    expect(await retireUsage(clock, { ...kept, monthsKept: null })).toEqual({ detached: 0, deleted: 0 });
    expect((await detail('2026-01-01', '2026-06-02')).items).toHaveLength(5);
  });

  it('keeps the months that late usage may fall into, however few are wanted', async () => {
    expect(await retireUsage(clock, { ...kept, monthsKept: 1, lateUsageDays: 200 })).toMatchObject({ deleted: 0 });
    expect((await detail('2026-01-01', '2026-06-02')).items).toHaveLength(5);
  });

  it('sets older months aside, once, and says so when they are asked for', async () => {
    expect((await retireUsage(clock, kept)).detached).toBeGreaterThanOrEqual(2);
    expect(await retireUsage(clock, kept)).toEqual({ detached: 0, deleted: 0 });
    expect(await tables()).toEqual(['2026_01', '2026_02', '2026_03', '2026_04', '2026_05', '2026_06']);
    await expect(detail('2026-02-15', '2026-06-01')).rejects.toMatchObject({ code: 'usage_not_kept', message: expect.stringContaining('from 2026-03-02 on') });
    expect((await detail('2026-03-02', '2026-06-01')).items.map(({ quantity }) => quantity)).toEqual([5n, 4n, 3n]);
  });

  it('leaves counters, rollups and keys as they were', async () => {
    const [series] = await usageSeries(context, { from: '2026-01-01', to: '2026-06-01', granularity: 'day', feature: 'api_calls' });
    expect(series?.total).toBe(15n);
    expect((await summarizeUsage(context, start)).items.find(({ feature }) => feature.key === 'api_calls')).toMatchObject({ used: 1n, events: 1n });
    clock.set(new Date('2026-02-10T12:00:00Z'));
    expect(await recordUsage(context, [{ feature: 'api_calls', quantity: 1n, idempotencyKey: '2026-01-15' }])).toMatchObject([{ status: 'duplicate' }]);
  });

  it('deletes them only when that is wanted', async () => {
    expect((await retireUsage(clock, { ...kept, deleteOlder: true })).deleted).toBeGreaterThanOrEqual(2);
    expect(await tables()).toEqual(['2026_03', '2026_04', '2026_05', '2026_06']);
    expect(await retireUsage(clock, { ...kept, deleteOlder: true })).toEqual({ detached: 0, deleted: 0 });
  });
});
