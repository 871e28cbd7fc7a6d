import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { consumeQuota } from '../quota/consume-quota';
import { drainQuotaEngine } from '../quota/engine/engine';
import { takeLease } from '../quota/reservations/take-lease';
import { createSubscription } from '../subscriptions/create-subscription';
import { recordUsage } from './record-usage';
import { usageChangedAfter } from './usage-changed-after';

useTestDatabase();
const start = new Date('2026-01-10T09:00:00Z');
const end = new Date('2026-02-10T09:00:00Z');
const period = { start, end };
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

describe('usageChangedAfter', () => {
  it('names the counters that late usage reached after their period had ended, with all they count', async () => {
    const { context, clock } = await seedAccount(sellerId, start);
    const other = await seedAccount(sellerId, start);
    for (const { context: one } of [{ context }, other]) await createSubscription(one, { planKey: 'pro', interval: 'month' });
    await consumeQuota(context, { feature: 'tokens', quantity: 100n });
    await consumeQuota(other.context, { feature: 'tokens', quantity: 100n });
    expect(await usageChangedAfter(context, period, start)).toEqual([]);

    clock.set(new Date('2026-02-10T09:05:00Z'));
    await consumeQuota(context, { feature: 'tokens', quantity: 1n });
    expect(await usageChangedAfter(context, period, end)).toEqual([]);

    clock.set(new Date('2026-02-12T00:00:00Z'));
    await recordUsage(context, [{ feature: 'tokens', quantity: 7n, occurredAt: new Date('2026-02-10T08:59:00Z'), idempotencyKey: 'late' }]);
    expect(await usageChangedAfter(context, period, end)).toEqual([{ featureKey: 'tokens', period, used: 107n, changedAt: clock.now() }]);
    expect(await usageChangedAfter(context, period, clock.now())).toEqual([]);
    expect(await usageChangedAfter(other.context, period, end)).toEqual([]);
  });

  it('names those that a lease of the period reached when it expired after the end', async () => {
    const { context, clock } = await seedAccount(sellerId, start);
    await createSubscription(context, { planKey: 'pro', interval: 'month' });
    clock.set(new Date('2026-02-10T08:59:50Z'));
    await takeLease(context, { feature: 'tokens', quantity: 50n, expiresInSeconds: 60 });
    const counter = await database().quotaCounter.findFirstOrThrow({ where: { accountId: context.accountId, featureKey: 'tokens' } });
    clock.set(new Date('2026-02-10T09:02:00Z'));
    await database().$executeRaw`SELECT quota_end_expired(ARRAY[${counter.id}]::bigint[], ${clock.now().getTime()}::bigint)`;
    expect(await usageChangedAfter(context, period, end)).toMatchObject([{ featureKey: 'tokens', used: 50n, changedAt: clock.now() }]);
  });
});
