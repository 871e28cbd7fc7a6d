import { beforeAll, describe, expect, it } from 'vitest';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { cancelSubscription, resumeSubscription } from '../../subscriptions/cancel-subscription';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { subscribe } from '../subscribe';
import { downgradeSubscription, upgradeSubscription } from './change-plan';
import { previewPlanChange } from './preview';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
const middle = new Date('2026-03-16T12:00:00Z'); // Exactly half of March.
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
  await database().taxRate.create({ data: { id: 'tax_de', sellerId, country: 'DE', name: 'VAT', nameZh: '增值税', percentage: '19' } });
});

async function customer(planKey: string, interval: 'month' | 'year' = 'month', country = 'US'): Promise<{ context: Context; clock: FixedClock }> {
  const account = await seedAccount(sellerId, start, { country });
  await subscribe(account.context, { planKey, interval });
  return account;
}

const auditOf = async (context: Context) =>
  (await database().auditEntry.findMany({ where: { accountId: context.accountId }, orderBy: { id: 'asc' } })).map(({ action }) => action);
const invoicesOf = (context: Context) => database().invoice.findMany({ where: { accountId: context.accountId }, orderBy: { createdAt: 'asc' } });

describe('upgrade', () => {
  it('from a plan without cost starts a new period at the full price', async () => {
    const { context, clock } = await customer('free');
    clock.set(middle);
    const { subscription, invoice } = await upgradeSubscription(context, { planKey: 'pro' });
    expect(subscription).toMatchObject({
      plan: { key: 'pro' }, anchorAt: middle, periodIndex: 0, currentPeriod: { start: middle, end: new Date('2026-04-16T12:00:00Z') },
    });
    expect(invoice).toMatchObject({ reason: 'upgrade', status: 'open', totalMinor: 2999n });
    expect(await requireSubscription(context)).toEqual(subscription);
    expect(await auditOf(context)).toEqual(['subscription.created', 'subscription.upgraded', 'invoice.issued']);
  });

  it('in the same interval keeps the period, gives the unused half back and charges half of the new price, with tax', async () => {
    const { context, clock } = await customer('pro', 'month', 'DE');
    clock.set(middle);
    const { subscription, invoice } = await upgradeSubscription(context, { planKey: 'enterprise' });
    expect(subscription.currentPeriod).toEqual({ start, end: new Date('2026-04-01T00:00:00Z') });
    expect(invoice?.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([['proration', -1500n], ['proration', 5000n], ['tax', 665n]]);
    expect(invoice?.totalMinor).toBe(4165n);
  });

  it('to a longer interval starts a new period and gives back what was unused', async () => {
    const { context, clock } = await customer('pro');
    clock.set(middle);
    const { subscription, invoice } = await upgradeSubscription(context, { planKey: 'pro', interval: 'year' });
    expect(subscription.currentPeriod).toEqual({ start: middle, end: new Date('2027-03-16T12:00:00Z') });
    expect(invoice?.totalMinor).toBe(29_990n - 1500n);
  });

  it('charges exactly what the preview said, minutes later and whatever else', async () => {
    const { context, clock } = await customer('pro', 'month', 'DE');
    clock.set(new Date('2026-03-10T07:31:13.345Z'));
    const preview = await previewPlanChange(context, { planKey: 'enterprise' });
    expect(await invoicesOf(context)).toHaveLength(1);
    clock.set(new Date('2026-03-10T07:45:00Z'));
    const { invoice } = await upgradeSubscription(context, {
      planKey: 'enterprise', prorationAt: preview.change.effectiveAt, expectedTotalMinor: preview.due.totalMinor,
    });
    expect(invoice?.totalMinor).toBe(preview.due.totalMinor);
    expect(invoice?.lines.map(({ description, amountMinor }) => ({ description, amountMinor }))).toEqual(
      preview.due.lines.map(({ description, amountMinor }) => ({ description, amountMinor })),
    );
  });

  it('charges nothing when the amount is not the one that was seen, or the preview is old', async () => {
    const { context, clock } = await customer('pro');
    clock.set(middle);
    const { change } = await previewPlanChange(context, { planKey: 'enterprise' });
    const wrong = upgradeSubscription(context, { planKey: 'enterprise', prorationAt: change.effectiveAt, expectedTotalMinor: 1n });
    await expect(wrong).rejects.toMatchObject({ code: 'preview_outdated' });
    clock.set(new Date(middle.getTime() + 16 * 60_000));
    const late = upgradeSubscription(context, { planKey: 'enterprise', prorationAt: change.effectiveAt });
    await expect(late).rejects.toMatchObject({ code: 'preview_outdated' });
    expect(await invoicesOf(context)).toHaveLength(1);
    expect((await requireSubscription(context)).plan.key).toBe('pro');
  });

  it('asked for ten times at once happens and is charged once', async () => {
    const { context, clock } = await customer('free');
    clock.set(middle);
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => upgradeSubscription(context, { planKey: 'pro' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'same_price' });
    expect(await invoicesOf(context)).toHaveLength(1);
  });

  it('refuses a downgrade, the same plan and plans that do not exist', async () => {
    const { context } = await customer('pro', 'year');
    await expect(upgradeSubscription(context, { planKey: 'free' })).rejects.toMatchObject({ code: 'not_an_upgrade' });
    await expect(upgradeSubscription(context, { planKey: 'pro', interval: 'month' })).rejects.toMatchObject({ code: 'not_an_upgrade' });
    await expect(upgradeSubscription(context, { planKey: 'enterprise', interval: 'month' })).rejects.toMatchObject({ code: 'not_an_upgrade' });
    await expect(upgradeSubscription(context, { planKey: 'pro' })).rejects.toMatchObject({ code: 'same_price' });
    await expect(upgradeSubscription(context, { planKey: 'gold' })).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(upgradeSubscription(context, { planKey: 'enterprise', interval: 'week' })).rejects.toMatchObject({ code: 'price_not_offered' });
  });
});

describe('what waits for the period end', () => {
  it('is a downgrade without any charge, which resume and an upgrade undo', async () => {
    const { context, clock } = await customer('pro');
    clock.set(middle);
    const { subscription, invoice } = await downgradeSubscription(context, { planKey: 'free' });
    expect(invoice).toBeNull();
    expect(subscription).toMatchObject({ plan: { key: 'pro' }, pendingPrice: { plan: { key: 'free' } } });
    expect(await resumeSubscription(context)).toMatchObject({ pendingPrice: null });
    await downgradeSubscription(context, { planKey: 'free' });
    expect((await upgradeSubscription(context, { planKey: 'enterprise' })).subscription.pendingPrice).toBeNull();
    await expect(resumeSubscription(context)).rejects.toMatchObject({ code: 'invalid_transition' });
    await expect(downgradeSubscription(context, { planKey: 'enterprise', interval: 'year' })).rejects.toMatchObject({ code: 'not_a_downgrade' });
  });

  it('is a cancellation, which replaces a downgrade and can be undone', async () => {
    const { context, clock } = await customer('enterprise');
    clock.set(middle);
    await downgradeSubscription(context, { planKey: 'pro' });
    expect(await cancelSubscription(context)).toMatchObject({ status: 'active', cancelAtPeriodEnd: true, canceledAt: middle, pendingPrice: null });
    await expect(cancelSubscription(context)).rejects.toMatchObject({ code: 'invalid_transition' });
    expect(await resumeSubscription(context)).toMatchObject({ cancelAtPeriodEnd: false, canceledAt: null });
    expect(await auditOf(context)).toEqual([
      'subscription.created', 'invoice.issued', 'subscription.downgrade_scheduled', 'subscription.cancellation_scheduled', 'subscription.resumed',
    ]);
  });

  it('is never a cancellation of the free plan', async () => {
    const { context } = await customer('free');
    await expect(cancelSubscription(context)).rejects.toMatchObject({ code: 'invalid_transition' });
  });

  it('is told by the preview with what shrinks and what is undone', async () => {
    const { context } = await customer('pro');
    await cancelSubscription(context);
    const preview = await previewPlanChange(context, { planKey: 'free' });
    expect(preview).toMatchObject({ change: { direction: 'downgrade', undoes: 'cancellation' }, due: { totalMinor: 0n }, next: { totals: { totalMinor: 0n } } });
    expect(preview.change.effectiveAt).toEqual(new Date('2026-04-01T00:00:00Z'));
    expect(preview.shrinking.find(({ feature }) => feature.key === 'api_calls')).toMatchObject({ before: 10_000n, after: 100n });
    expect(preview.shrinking.find(({ feature }) => feature.key === 'models')).toMatchObject({ removed: ['demo-large'] });
  });
});
