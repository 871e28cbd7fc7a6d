import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { requireSubscription } from '../subscriptions/get-subscription';
import { beginTrial, mayBeginTrial } from './begin-trial';
import { previewPlanChange } from './change-plan/preview';
import { confirmQuote } from './quotes/confirm-quote';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';

useTestDatabase();
const start = new Date('2026-04-01T00:00:00Z');
const later = new Date('2026-04-05T00:00:00Z');
const trialEnd = new Date('2026-04-15T00:00:00Z');
const pro = { planKey: 'pro', interval: 'month' } as const;
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function onFree() {
  const account = await seedAccount(sellerId, start);
  await subscribe(account.context, { planKey: 'free', interval: 'month' });
  return account;
}

const invoicesOf = (accountId: string) => database().invoice.findMany({ where: { accountId }, include: { lines: true } });

describe('a trial', () => {
  it('begins in place of a plan that costs nothing, without a charge, and falls back to it where nobody pays', async () => {
    const { context, clock } = await onFree();
    expect(await mayBeginTrial(context)).toBe(true);
    const trial = await beginTrial(context, pro);
    expect(trial).toMatchObject({ status: 'trialing', plan: { key: 'pro' }, trialEndAt: trialEnd });
    expect(await mayBeginTrial(context)).toBe(false);
    clock.set(trialEnd);
    await renewUntilCurrent(context);
    expect(await requireSubscription(context)).toMatchObject({ status: 'active', plan: { key: 'free' } });
    expect(await invoicesOf(context.accountId)).toEqual([]);
    expect(await mayBeginTrial(context)).toBe(false);
    await expect(beginTrial(context, pro)).rejects.toMatchObject({ code: 'trial_used' });
    expect(await requireSubscription(context)).toMatchObject({ status: 'active', plan: { key: 'free' } });
  });

  it('begins as the first subscription too, and never in place of one that is paid', async () => {
    const { context } = await seedAccount(sellerId, start);
    expect(await mayBeginTrial(context)).toBe(true);
    expect(await beginTrial(context, pro)).toMatchObject({ status: 'trialing' });
    const paying = await seedAccount(sellerId, start);
    await subscribe(paying.context, pro);
    expect(await mayBeginTrial(paying.context)).toBe(false);
    await expect(beginTrial(paying.context, pro)).rejects.toMatchObject({ code: 'already_subscribed' });
  });

  it('begun twice at once is had once', async () => {
    const { context } = await onFree();
    const results = await Promise.allSettled([beginTrial(context, pro), beginTrial(context, pro)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database().subscription.count({ where: { accountId: context.accountId, trialEndAt: { not: null } } })).toBe(1);
  });

  it('ends early by paying for the plan, from then on, for what the preview shows', async () => {
    const { context, clock } = await onFree();
    await beginTrial(context, pro);
    clock.set(later);
    const preview = await previewPlanChange(context, { planKey: 'pro' });
    expect(preview).toMatchObject({ change: { direction: 'upgrade' }, due: { totalMinor: 2_999n }, next: { at: new Date('2026-05-05T00:00:00Z') } });
    const { subscription, invoice } = await confirmQuote(context, preview.quote.id);
    expect(invoice?.totalMinor).toBe(2_999n);
    expect(subscription).toMatchObject({ status: 'active', currentPeriod: { start: later, end: new Date('2026-05-05T00:00:00Z') }, trialEndAt: trialEnd });
    await expect(previewPlanChange(context, { planKey: 'pro' })).rejects.toMatchObject({ code: 'same_price' });
  });
});
