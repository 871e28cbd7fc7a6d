import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { getLineExplanation } from '../invoices/explain-line';
import { setProrationUnit } from '../subscriptions/set-proration-unit';
import { recordUsage } from '../usage/record-usage';
import { upgradeSubscription } from './change-plan/change-plan';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
const middle = new Date('2026-03-16T12:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function customer(alignment?: 'calendar', at = start) {
  const account = await seedAccount(sellerId, at);
  return { ...account, ...(await subscribe(account.context, { planKey: 'pro', interval: 'month', ...(alignment && { alignment }) })) };
}

describe('an issued line', () => {
  it('of usage leads to the counter, the limit and the version that made it, whatever becomes of them', async () => {
    const { context, clock, subscription } = await customer();
    clock.set(middle);
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'chat' }]);
    clock.set(new Date('2026-04-01T00:00:00Z'));
    await renewUntilCurrent(context);
    const line = await database().invoiceLine.findFirstOrThrow({ where: { invoice: { accountId: context.accountId }, kind: 'usage' } });
    const { madeFrom, feature, steps, usageFrom, usageTo } = await getLineExplanation(context, { invoiceId: line.invoiceId, lineId: line.id });
    const counter = await database().quotaCounter.findFirstOrThrow({ where: { accountId: context.accountId, featureKey: 'ai_chat' }, orderBy: { id: 'asc' } });
    expect(madeFrom).toEqual({
      kind: 'usage', planKey: 'pro', planVersion: 1, planVersionId: subscription.plan.versionId, featureKey: 'ai_chat', counterId: Number(counter.id), limit: 5_000n, used: 5_100n,
    });
    expect({ feature: feature?.key, usageFrom, usageTo }).toEqual({ feature: 'ai_chat', usageFrom: '2026-03-01', usageTo: '2026-03-31' });
    expect(steps.at(-1)?.en).toBe('100 × USD 0.01 = USD 1, rounded once to USD 1.00.');
  });

  it('of an upgrade leads to both prices and the seconds that were left', async () => {
    const { context, clock, subscription } = await customer();
    clock.set(middle);
    const { invoice } = await upgradeSubscription(context, { planKey: 'enterprise' });
    expect(invoice?.lines.map(({ madeFrom }) => madeFrom)).toMatchObject([
      { kind: 'proration', direction: 'unused', priceId: subscription.price.id, priceMinor: 2_999n, unit: 'second', left: 1_339_200n, whole: 2_678_400n },
      { kind: 'proration', direction: 'remaining', planKey: 'enterprise', priceMinor: 9_999n, left: 1_339_200n, whole: 2_678_400n },
    ]);
  });

  it('of another account, or of another invoice, is not found', async () => {
    const [victim, stranger] = [await customer(), await customer()];
    const [invoiceId, lineId] = [victim.invoice?.id ?? '', victim.invoice?.lines[0]?.id ?? ''];
    await expect(getLineExplanation(stranger.context, { invoiceId, lineId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getLineExplanation(stranger.context, { invoiceId: stranger.invoice?.id ?? '', lineId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('billing by the calendar', () => {
  it('charges the first month in part and every later one whole, from its first day', async () => {
    const { context, clock, invoice } = await customer('calendar', middle);
    expect(invoice?.totalMinor).toBe(1_500n); // Half of March: 29.99 / 2.
    clock.set(new Date('2026-05-02T00:00:00Z'));
    await renewUntilCurrent(context);
    const invoices = await database().invoice.findMany({ where: { accountId: context.accountId }, orderBy: { periodStart: 'asc' } });
    expect(invoices.map(({ periodStart, totalMinor }) => [periodStart.toISOString().slice(0, 10), totalMinor])).toEqual([['2026-03-16', 1_500n], ['2026-04-01', 2_999n], ['2026-05-01', 2_999n]]);
  });

  it('upgraded in its first month counts by the whole month, not by the part that was bought', async () => {
    const { context, clock } = await customer('calendar', middle);
    clock.set(new Date('2026-03-24T06:00:00Z')); // A quarter of March is left.
    const { invoice } = await upgradeSubscription(context, { planKey: 'enterprise' });
    expect(invoice?.lines.map(({ amountMinor }) => amountMinor)).toEqual([-750n, 2_500n]);
  });
});

describe('a seller who counts by the day', () => {
  it('charges whole days, and the day that has begun to the new plan', async () => {
    const { context, clock } = await customer();
    await setProrationUnit(context, 'day');
    clock.set(new Date('2026-03-11T23:00:00Z'));
    const { invoice } = await upgradeSubscription(context, { planKey: 'enterprise' });
    // 21 of 31 days: 29.99 × 21/31 and 99.99 × 21/31.
    expect(invoice?.lines.map(({ amountMinor, madeFrom }) => [amountMinor, madeFrom?.kind === 'proration' && madeFrom.left])).toEqual([[-2_032n, 21n], [6_774n, 21n]]);
    await setProrationUnit(context, 'second');
  });
});
