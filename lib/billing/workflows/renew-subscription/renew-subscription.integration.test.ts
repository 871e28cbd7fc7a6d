import { beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { FixedClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { cancelSubscription } from '../../subscriptions/cancel-subscription';
import { listSubscriptions, requireSubscription } from '../../subscriptions/get-subscription';
import { generateInvoice } from '../../invoices/generate-invoice';
import { recordUsage } from '../../usage/record-usage';
import { downgradeSubscription } from '../change-plan/change-plan';
import { previewPlanChange } from '../change-plan/preview';
import { subscribe } from '../subscribe';
import { closeDuePeriods } from '../billing-run/close-due-periods';
import { renewSubscription, renewUntilCurrent } from './renew-subscription';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function customer(planKey: string, interval: 'month' | 'year' = 'month', timeZone = 'UTC') {
  const account = await seedAccount(sellerId, start, { timeZone });
  await subscribe(account.context, { planKey, interval });
  return account;
}

const invoicesOf = async (context: Context) =>
  (await database().invoice.findMany({ where: { accountId: context.accountId }, orderBy: { periodStart: 'asc' }, include: { lines: { orderBy: { position: 'asc' } } } })).map(
    ({ reason, periodStart, totalMinor, lines }) => ({ reason, from: periodStart.toISOString().slice(0, 10), totalMinor, kinds: lines.map(({ kind }) => kind) }),
  );

describe('the end of a period', () => {
  it('is nothing to do before it, and renews at it: counted from the anchor, charged in advance', async () => {
    const { context, clock } = await customer('pro');
    clock.set(new Date('2026-02-28T08:59:59.999Z'));
    expect(await renewSubscription(context)).toBe(false);
    clock.set(new Date('2026-02-28T09:00:00Z'));
    expect(await renewSubscription(context)).toBe(true);
    expect(await renewSubscription(context)).toBe(false);
    expect((await requireSubscription(context)).currentPeriod).toEqual({ start: clock.now(), end: new Date('2026-03-31T09:00:00Z') });
    expect(await invoicesOf(context)).toEqual([
      { reason: 'subscribe', from: '2026-01-31', totalMinor: 2999n, kinds: ['subscription'] },
      { reason: 'renewal', from: '2026-02-28', totalMinor: 2999n, kinds: ['subscription'] },
    ]);
  });

  it('happens once, however many workers see it', async () => {
    const accounts = await Promise.all(Array.from({ length: 5 }, () => customer('pro')));
    const clock = new FixedClock(new Date('2026-03-01T00:00:00Z'));
    await Promise.all([1, 2, 3].map(() => closeDuePeriods(clock)));
    for (const { context } of accounts) {
      expect(await invoicesOf(context)).toHaveLength(2);
      expect((await requireSubscription(context)).periodIndex).toBe(1);
    }
  });

  it('is caught up with, period by period, when nothing ran for months', async () => {
    const { context, clock } = await customer('pro');
    clock.set(new Date('2026-06-15T00:00:00Z'));
    await renewUntilCurrent(context);
    expect((await invoicesOf(context)).map(({ from }) => from)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    expect((await requireSubscription(context)).currentPeriod.end).toEqual(new Date('2026-06-30T09:00:00Z'));
  });

  it('comes before a change of plan that is asked for after it', async () => {
    const { context, clock } = await customer('pro');
    clock.set(new Date('2026-02-28T09:00:00Z'));
    const { due } = await previewPlanChange(context, { planKey: 'enterprise' });
    expect(due.lines.map(({ amountMinor }) => amountMinor)).toEqual([-2999n, 9999n]);
    expect(await invoicesOf(context)).toHaveLength(2);
  });

  it('leaves no gap when the account has moved to another time zone', async () => {
    const { context, clock } = await customer('pro', 'month', 'Pacific/Auckland');
    const before = await requireSubscription(context);
    await database().account.update({ where: { id: context.accountId }, data: { timeZone: 'America/Los_Angeles' } });
    clock.set(before.currentPeriod.end);
    await renewSubscription(context);
    const { currentPeriod } = await requireSubscription(context);
    expect(currentPeriod.start).toEqual(before.currentPeriod.end);
    expect(currentPeriod.end.getTime() - currentPeriod.start.getTime()).toBeGreaterThan(27 * 86_400_000);
  });

  it('charges nothing for a plan that costs nothing', async () => {
    const { context, clock } = await customer('free');
    clock.set(new Date('2026-05-01T00:00:00Z'));
    await renewUntilCurrent(context);
    expect(await invoicesOf(context)).toEqual([]);
    expect((await requireSubscription(context)).periodIndex).toBe(3);
  });

  it('charges the usage past the limits of the period that closed, with the period that opens', async () => {
    const { context, clock } = await customer('pro');
    clock.set(new Date('2026-02-10T00:00:00Z'));
    const events = [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'first' }];
    await recordUsage(context, events);
    clock.set(new Date('2026-02-28T09:00:00Z'));
    await renewSubscription(context);
    const [, renewal] = await invoicesOf(context);
    expect(renewal).toMatchObject({ kinds: ['subscription', 'usage'], totalMinor: 2999n + 100n });
    clock.set(new Date('2026-03-31T09:00:00Z'));
    await renewSubscription(context);
    expect((await invoicesOf(context))[2]).toMatchObject({ kinds: ['subscription'], totalMinor: 2999n });
  });
});

describe('usage that was invoiced on demand', () => {
  it('is not charged again at the end of the year', async () => {
    const { context, clock } = await customer('pro', 'year');
    clock.set(new Date('2026-02-10T00:00:00Z'));
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'february' }]);
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_300n, idempotencyKey: 'march' }]);
    expect((await generateInvoice(context, { periodStart: '2026-01-31' })).totalMinor).toBe(100n);
    clock.set(new Date('2027-01-31T09:00:00Z'));
    await renewSubscription(context);
    expect((await invoicesOf(context)).map(({ totalMinor }) => totalMinor)).toEqual([29_990n, 100n, 29_990n + 300n]);
  });
});

describe('what waited for the period end', () => {
  it('as a downgrade takes effect there and keeps the day of the anchor', async () => {
    const { context, clock } = await customer('pro', 'year');
    await downgradeSubscription(context, { planKey: 'pro', interval: 'month' });
    clock.set(new Date('2027-01-31T09:00:00Z'));
    await renewSubscription(context);
    expect(await requireSubscription(context)).toMatchObject({
      price: { interval: 'month' }, pendingPrice: null, anchorAt: start, periodIndex: 12, currentPeriod: { start: clock.now(), end: new Date('2027-02-28T09:00:00Z') },
    });
    expect(await invoicesOf(context)).toMatchObject([{ totalMinor: 29_990n }, { totalMinor: 2999n }]);
  });

  it('as a cancellation ends the subscription and falls back to the free plan', async () => {
    const { context, clock } = await customer('pro');
    await cancelSubscription(context);
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await renewUntilCurrent(context);
    const [now, ended] = (await listSubscriptions(context, { page: 1, pageSize: 10 })).items;
    expect(ended).toMatchObject({ plan: { key: 'pro' }, status: 'canceled', endedAt: new Date('2026-02-28T09:00:00Z') });
    expect(now).toMatchObject({ plan: { key: 'free' }, status: 'active', currentPeriod: { start: new Date('2026-02-28T09:00:00Z') } });
    expect(await invoicesOf(context)).toHaveLength(1);
  });
});
