import { beforeAll, describe, expect, it } from 'vitest';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { createSubscription } from './create-subscription';
import { getSubscription, listSubscriptions } from './get-subscription';

useTestDatabase();
const now = new Date('2026-01-31T10:20:30.500Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});

describe('createSubscription', () => {
  it('begins a period now at the price in the currency of the account', async () => {
    const { context } = await seedAccount(sellerId, now, { currency: 'EUR' });
    expect(await getSubscription(context)).toBeNull();
    const created = await createSubscription(context, { planKey: 'pro', interval: 'month' });
    const read = await getSubscription(context);
    expect(read).toEqual(created);
    expect(read).toMatchObject({
      status: 'active',
      plan: { key: 'pro' },
      price: { currency: 'EUR', amountMinor: 2799n },
      currentPeriod: { start: now, end: new Date('2026-02-28T10:20:30.500Z') },
    });
    expect(await listSubscriptions(context, { page: 1, pageSize: 20 })).toEqual({ items: [read], page: 1, pageSize: 20, total: 1 });
  });

  it('allows one running subscription an account, also when asked twice at once', async () => {
    const { context } = await seedAccount(sellerId, now);
    const results = await Promise.allSettled([1, 2, 3].map(() => createSubscription(context, { planKey: 'free', interval: 'month' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'already_subscribed' });
  });

  it('refuses what is not offered', async () => {
    const { context } = await seedAccount(sellerId, now);
    await expect(createSubscription(context, { planKey: 'gold', interval: 'month' })).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(createSubscription(context, { planKey: 'pro', interval: 'week' })).rejects.toMatchObject({ code: 'price_not_offered' });
  });
});
