import { describe, expect, it } from 'vitest';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { cancelSubscription } from '../subscriptions/cancel-subscription';
import { downgradeSubscription } from './change-plan/change-plan';
import { readSummary } from './read-summary';
import { subscribe } from './subscribe';

useTestDatabase();

const now = new Date('2026-03-10T08:00:00Z');

describe('the summary', () => {
  it('tells of an account without anything', async () => {
    const { context } = await seedAccount(await seedSeller(now), now);
    expect(await readSummary(context)).toMatchObject({
      account: { id: context.accountId },
      subscription: null,
      openInvoices: { count: 0, amounts: [] },
      nextRenewal: null,
    });
  });

  it('tells what is owed and what comes next, a scheduled downgrade and a cancellation too', async () => {
    const { context } = await seedAccount(await seedSeller(now), now);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    const at = new Date('2026-04-10T08:00:00Z');
    const summary = await readSummary(context);
    expect(summary).toMatchObject({
      subscription: { plan: { key: 'pro' } },
      openInvoices: { count: 1, amounts: [{ currency: 'USD', minor: 2999n }] },
      nextRenewal: { at, planKey: 'pro', currency: 'USD', amountMinor: 2999n },
    });
    expect(summary.quota.find((quota) => quota.feature.key === 'api_calls')).toMatchObject({ limit: 10_000n, used: 0n });

    await downgradeSubscription(context, { planKey: 'free' });
    expect((await readSummary(context)).nextRenewal).toMatchObject({ at, planKey: 'free', amountMinor: 0n });
    await cancelSubscription(context);
    expect((await readSummary(context)).nextRenewal).toBeNull();
  });
});
