import { beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { checkQuota } from '../../quota/check-quota';
import { cancelSubscription } from '../../subscriptions/cancel-subscription';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { cancelNow } from '../cancel-now/cancel-now';
import { previewPlanChange } from '../change-plan/preview';
import { closeDuePeriods } from '../billing-run/close-due-periods';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { subscribe } from '../subscribe';
import { pauseSubscription, resumeSubscription } from './pause';
import { resumeDueSubscriptions } from './resume-due-subscriptions';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
const day = (text: string) => new Date(`${text}T00:00:00Z`);
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function customer(planKey = 'pro'): Promise<{ context: Context; clock: FixedClock }> {
  const account = await seedAccount(sellerId, start);
  await subscribe(account.context, { planKey, interval: 'month' });
  return account;
}

const invoicesOf = async ({ accountId }: Context) =>
  (await database().invoice.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } })).map(({ reason, totalMinor, periodStart, periodEnd }) => ({
    reason, totalMinor, from: periodStart.toISOString().slice(0, 10), to: periodEnd.toISOString().slice(0, 10),
  }));

describe('a pause', () => {
  it('stops renewals and the use of the products until it is resumed', async () => {
    const { context, clock } = await customer();
    clock.set(day('2026-03-11'));
    expect(await pauseSubscription(context, { unusedRest: 'kept' })).toMatchObject({ status: 'paused', pausedAt: day('2026-03-11'), pauseRest: 'kept' });
    expect(await checkQuota(context, { feature: 'api_calls', quantity: 1n })).toMatchObject({ allowed: false, reason: 'subscription_paused' });
    await closeDuePeriods(new FixedClock(day('2026-05-01')));
    expect(await invoicesOf(context)).toHaveLength(1);
    expect(await resumeSubscription(context)).toMatchObject({ status: 'active', pausedAt: null, pauseRest: null });
    expect(await checkQuota(context, { feature: 'api_calls', quantity: 1n })).toMatchObject({ allowed: true });
  });

  it('with its rest kept moves the end of the period, from which the next ones are counted', async () => {
    const { context, clock } = await customer();
    clock.set(day('2026-03-11'));
    await pauseSubscription(context, { unusedRest: 'kept' });
    clock.set(day('2026-05-10')); // 60 days later.
    expect((await resumeSubscription(context)).currentPeriod).toEqual({ start, end: day('2026-05-31') });
    clock.set(day('2026-07-01'));
    await renewUntilCurrent(context);
    expect((await invoicesOf(context)).map(({ from, to }) => [from, to])).toEqual([
      ['2026-03-01', '2026-04-01'], ['2026-05-31', '2026-06-30'], ['2026-06-30', '2026-07-31'],
    ]);
  });

  it('with its rest kept loses none of it: an upgrade afterwards gives back what was not used', async () => {
    const { context, clock } = await customer();
    clock.set(day('2026-03-11'));
    await pauseSubscription(context, { unusedRest: 'kept' });
    clock.set(day('2026-04-20'));
    await resumeSubscription(context);
    // 10 of 31 days are used, 21 are left: 29.99 × 21/31 and 99.99 × 21/31.
    expect((await previewPlanChange(context, { planKey: 'enterprise' })).due.lines.map(({ amountMinor }) => amountMinor)).toEqual([-2032n, 6774n]);
    expect((await cancelNow(context, { credit: true })).creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([2032n]);
  });

  it('with its rest forfeited lets the period end where it would, and begins a new one afterwards', async () => {
    const [short, long] = [await customer(), await customer()];
    for (const { context, clock } of [short, long]) {
      clock.set(day('2026-03-11'));
      await pauseSubscription(context, { unusedRest: 'forfeited' });
    }
    short.clock.set(day('2026-03-20'));
    expect((await resumeSubscription(short.context)).currentPeriod.end).toEqual(day('2026-04-01'));
    long.clock.set(day('2026-04-20'));
    expect((await resumeSubscription(long.context)).currentPeriod).toEqual({ start: day('2026-04-20'), end: day('2026-05-20') });
    expect((await invoicesOf(short.context)).length).toBe(1);
    expect((await invoicesOf(long.context))[1]).toEqual({ reason: 'resume', totalMinor: 2999n, from: '2026-04-20', to: '2026-05-20' });
  });

  it('ends by itself at its date, counted to that date, once however many workers see it', async () => {
    const { context, clock } = await customer();
    clock.set(day('2026-03-11'));
    await pauseSubscription(context, { unusedRest: 'kept', resumesAt: day('2026-03-21') });
    const worker = new FixedClock(new Date('2026-03-21T00:04:00Z'));
    const outcomes = await Promise.all([1, 2, 3].map(() => resumeDueSubscriptions(worker)));
    expect(outcomes.reduce((sum, { resumed }) => sum + resumed, 0)).toBe(1);
    expect(await requireSubscription(context)).toMatchObject({ status: 'active', currentPeriod: { start, end: day('2026-04-11') } });
  });

  it('cancelled at once gives back what was not used when it began, where that was kept', async () => {
    const [kept, forfeited] = [await customer(), await customer()];
    for (const [{ context, clock }, unusedRest] of [[kept, 'kept'], [forfeited, 'forfeited']] as const) {
      clock.set(day('2026-03-11'));
      await pauseSubscription(context, { unusedRest });
      clock.set(day('2026-06-01'));
    }
    expect((await cancelNow(kept.context, { credit: true })).creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([2032n]);
    expect((await cancelNow(forfeited.context, { credit: true })).creditNotes).toEqual([]);
  });

  it('is refused twice, without a cost, while something is scheduled, and with an end that has passed', async () => {
    const [{ context }, free, ending] = [await customer(), await customer('free'), await customer()];
    await expect(pauseSubscription(context, { unusedRest: 'kept', resumesAt: start })).rejects.toMatchObject({ code: 'invalid_request' });
    await pauseSubscription(context, { unusedRest: 'kept' });
    await expect(pauseSubscription(context, { unusedRest: 'kept' })).rejects.toMatchObject({ code: 'invalid_transition' });
    await expect(cancelSubscription(context)).rejects.toMatchObject({ code: 'invalid_transition' });
    await expect(pauseSubscription(free.context, { unusedRest: 'kept' })).rejects.toMatchObject({ code: 'invalid_transition' });
    await cancelSubscription(ending.context);
    await expect(pauseSubscription(ending.context, { unusedRest: 'kept' })).rejects.toMatchObject({ code: 'invalid_transition' });
  });
});
