import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { createSubscription } from '../subscriptions/create-subscription';
import { checkQuota } from './check-quota';
import { consumeQuota } from './consume-quota';
import { drainQuotaEngine } from './engine/engine';
import { remainingQuota } from './remaining-quota';

useTestDatabase();
const now = new Date('2026-01-15T10:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(planKey: string) {
  const account = await seedAccount(sellerId, now);
  await createSubscription(account.context, { planKey, interval: 'month' });
  return account;
}

describe('consumeQuota', () => {
  it('takes until the limit and then refuses, to the unit', async () => {
    const { context } = await customer('free');
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 99n })).toEqual({
      feature: 'api_calls', allowed: true, reason: null, quantity: 99n, policy: 'block', limit: 100n, used: 99n, remaining: 1n, overage: 0n,
      resetsAt: new Date('2026-02-15T10:00:00.000Z'),
    });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 2n })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 99n, remaining: 1n });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: true, used: 100n, remaining: 0n });
    expect(await checkQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 100n });
    const [quota] = await remainingQuota(context, 'api_calls');
    expect(quota).toMatchObject({ used: 100n, remaining: 0n, limit: 100n });
  });

  it('answers the same key as the first time, and refuses it for something else', async () => {
    const { context } = await customer('free');
    const first = await consumeQuota(context, { feature: 'api_calls', quantity: 5n, idempotencyKey: 'k' });
    await consumeQuota(context, { feature: 'api_calls', quantity: 7n });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 5n, idempotencyKey: 'k' })).toEqual(first);
    await expect(consumeQuota(context, { feature: 'api_calls', quantity: 6n, idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(consumeQuota(context, { feature: 'tokens', quantity: 5n, idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const [quota] = await remainingQuota(context, 'api_calls');
    expect(quota?.used).toBe(12n);
  });

  it('never passes the limit when many callers ask at once', async () => {
    const { context } = await customer('free');
    const answers = await Promise.all(Array.from({ length: 250 }, () => consumeQuota(context, { feature: 'api_calls' })));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100);
  });
});
