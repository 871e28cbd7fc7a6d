import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FixedClock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { cancelSubscription, resumeSubscription } from '../../subscriptions/cancel-subscription';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { downgradeSubscription } from '../change-plan/change-plan';
import { previewPlanChange } from '../change-plan/preview';
import { subscribe } from '../subscribe';
import { confirmQuote } from './confirm-quote';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const middle = new Date('2026-02-10T07:31:13.345Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
  await database().taxRate.create({ data: { id: 'tax_de', sellerId, country: 'DE', name: 'VAT', nameZh: '增值税', percentage: '19' } });
});

async function customer(planKey = 'pro', country = 'DE'): Promise<{ context: Context; clock: FixedClock }> {
  const account = await seedAccount(sellerId, start, { country });
  await subscribe(account.context, { planKey, interval: 'month' });
  return account;
}

const invoicesOf = ({ accountId }: Context) => database().invoice.count({ where: { accountId } });
const later = (clock: FixedClock, minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000));

describe('a quote', () => {
  it('is charged to the last line as it was shown, minutes later', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote, due } = await previewPlanChange(context, { planKey: 'enterprise' });
    later(clock, 14);
    const { invoice, subscription } = await confirmQuote(context, quote.id);
    expect(invoice?.lines.map(({ id: _, position: __, ...line }) => line)).toMatchObject(due.lines.map(({ unitAmount: _, taxPercentage: __, ...line }) => line));
    expect(invoice).toMatchObject({ subtotalMinor: due.subtotalMinor, taxMinor: due.taxMinor, totalMinor: due.totalMinor });
    expect(subscription).toMatchObject({ plan: { key: 'enterprise' } });
  });

  it('is used once: confirmed again, also at the same time and long after, it answers the same invoice', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => confirmQuote(context, quote.id)));
    later(clock, 24 * 60);
    outcomes.push(await confirmQuote(context, quote.id));
    expect(new Set(outcomes.map(({ invoice }) => invoice?.id)).size).toBe(1);
    expect(await invoicesOf(context)).toBe(2);
  });

  it('is refused when 15 minutes have passed', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    later(clock, 15);
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
    expect(await invoicesOf(context)).toBe(1);
  });

  it('is refused when the subscription has changed in between, even at the same moment and back again', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    await cancelSubscription(context);
    await resumeSubscription(context);
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
  });

  it('is refused when the tax has changed', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    await database().account.update({ where: { id: context.accountId }, data: { country: 'US' } });
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
    expect((await requireSubscription(context)).plan.key).toBe('pro');
  });

  it('is refused when the period has ended in between', async () => {
    const { context, clock } = await customer();
    clock.set(new Date('2026-02-28T08:55:00Z'));
    const { quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    later(clock, 10);
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
  });

  it('schedules a downgrade that it was shown for', async () => {
    const { context } = await customer();
    const { quote } = await previewPlanChange(context, { planKey: 'free' });
    expect(await confirmQuote(context, quote.id)).toMatchObject({ invoice: null, subscription: { pendingPrice: { plan: { key: 'free' } } } });
  });

  it('of another account is not found', async () => {
    const [victim, stranger] = [await customer(), await customer()];
    const { quote } = await previewPlanChange(victim.context, { planKey: 'enterprise' });
    await expect(confirmQuote(stranger.context, quote.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('over any sequence of changes', () => {
  const step = fc.record({
    planKey: fc.constantFrom('free', 'pro', 'enterprise'),
    interval: fc.constantFrom('month' as const, 'year' as const),
    secondsLater: fc.integer({ min: 0, max: 40 * 86_400 }),
    thinking: fc.integer({ min: 0, max: 899 }),
    meanwhile: fc.constantFrom('nothing' as const, 'nothing' as const, 'downgrade' as const),
  });

  it('what is confirmed costs what was shown, or nothing is charged', async () => {
    const outcomes = { charged: 0, outdated: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), fc.constantFrom('DE', 'US'), async (steps, country) => {
        const { context, clock } = await customer('free', country);
        for (const { planKey, interval, secondsLater, thinking, meanwhile } of steps) {
          clock.set(new Date(clock.now().getTime() + secondsLater * 1000));
          try {
            const { quote, due } = await previewPlanChange(context, { planKey, interval });
            const before = await invoicesOf(context);
            clock.set(new Date(clock.now().getTime() + thinking * 1000));
            if (meanwhile === 'downgrade') await downgradeSubscription(context, { planKey: 'free', interval: 'month' });
            try {
              const { invoice } = await confirmQuote(context, quote.id);
              expect(invoice?.totalMinor ?? 0n).toBe(due.totalMinor);
              expect(await invoicesOf(context)).toBe(before + (due.lines.length > 0 ? 1 : 0));
              outcomes.charged += 1;
            } catch (error) {
              expect(error).toMatchObject({ code: 'preview_outdated' });
              expect(await invoicesOf(context)).toBe(before);
              outcomes.outdated += 1;
            }
          } catch (error) {
            // What is no change, or no downgrade, is refused before anything is shown.
            if (!(error instanceof DomainError)) throw error;
            outcomes.refused += 1;
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(Math.min(outcomes.charged, outcomes.outdated)).toBeGreaterThan(0);
  });
});
