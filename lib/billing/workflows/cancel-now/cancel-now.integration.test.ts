import { beforeAll, describe, expect, it } from 'vitest';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { listSubscriptions, requireSubscription } from '../../subscriptions/get-subscription';
import { recordUsage } from '../../usage/record-usage';
import { upgradeSubscription } from '../change-plan/change-plan';
import { confirmQuote } from '../quotes/confirm-quote';
import { subscribe } from '../subscribe';
import { cancelNow, previewCancellation } from './cancel-now';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
const middle = new Date('2026-03-16T12:00:00Z'); // Exactly half of March.
const threeQuarters = new Date('2026-03-24T06:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
  await database().taxRate.create({ data: { id: 'tax_de', sellerId, country: 'DE', name: 'VAT', nameZh: '增值税', percentage: '19' } });
});

async function customer(country = 'DE'): Promise<{ context: Context; clock: FixedClock }> {
  const account = await seedAccount(sellerId, start, { country });
  await subscribe(account.context, { planKey: 'pro', interval: 'month' });
  return account;
}

describe('an end at once', () => {
  it('gives back the unused half with its tax on the invoice that charged it, keeps the reason and falls back to the free plan', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { subscription, invoice, creditNotes } = await cancelNow(context, { credit: true, reason: 'Project has ended' });
    // 29.99 + 19 % = 35.69, of which half is 17.845: 17.85.
    expect(creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([1785n]);
    expect(invoice).toBeNull();
    expect(subscription).toMatchObject({ status: 'canceled', endedAt: middle, canceledAt: middle, cancellationReason: 'Project has ended' });
    expect(await requireSubscription(context)).toMatchObject({ plan: { key: 'free' }, currentPeriod: { start: middle } });
    expect((await listSubscriptions(context, { page: 1, pageSize: 5 })).items.find(({ plan }) => plan.key === 'pro')?.cancellationReason).toBe('Project has ended');
  });

  it('gives nothing back unless asked for', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    expect((await cancelNow(context, {})).creditNotes).toEqual([]);
  });

  it('charges the usage past the limits until then', async () => {
    const { context, clock } = await customer('US');
    clock.set(middle);
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'chat' }]);
    const { invoice, creditNotes } = await cancelNow(context, { credit: true });
    expect(invoice).toMatchObject({ reason: 'cancellation', totalMinor: 100n });
    expect(creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([1500n]);
  });

  it('after an upgrade gives back what the larger plan costs for the rest', async () => {
    const { context, clock } = await customer('US');
    clock.set(middle);
    await upgradeSubscription(context, { planKey: 'enterprise' });
    clock.set(threeQuarters);
    // A quarter of 99.99; the upgrade charged 50.00 − 15.00 for half.
    expect((await cancelNow(context, { credit: true })).creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([2500n]);
  });

  it('right after an upgrade takes both invoices of the period, newest first', async () => {
    const { context, clock } = await customer('US');
    clock.set(middle);
    await upgradeSubscription(context, { planKey: 'enterprise' });
    expect((await cancelNow(context, { credit: true })).creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([3500n, 1500n]);
  });

  it('after a switch to a year gives back the year, and nothing of the days of the month that were used', async () => {
    const { context, clock } = await customer('US');
    clock.set(middle);
    await upgradeSubscription(context, { planKey: 'pro', interval: 'year' });
    // Paid: 29.99, then 299.90 − 15.00. Used: half of the month for 14.99.
    const { creditNotes } = await cancelNow(context, { credit: true });
    expect(creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([28_490n, 1_500n]);
  });

  it('gives nothing back twice', async () => {
    const { context, clock } = await customer('US');
    const invoice = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    await issueCreditNote(context, { invoiceId: invoice.id, reason: 'Goodwill', wanted: { scope: 'amount', amountMinor: 2000n } });
    clock.set(middle);
    expect((await cancelNow(context, { credit: true })).creditNotes.map(({ totalMinor }) => totalMinor)).toEqual([999n]);
  });

  it('is refused for the plan that remains', async () => {
    const { context } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'free', interval: 'month' });
    await expect(cancelNow(context, {})).rejects.toMatchObject({ code: 'invalid_transition' });
  });
});

describe('its quote', () => {
  it('does what was shown, once', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote, creditedMinor } = await previewCancellation(context, { credit: true, reason: 'Done' });
    clock.set(new Date(middle.getTime() + 10 * 60_000));
    const outcomes = [await confirmQuote(context, quote.id), await confirmQuote(context, quote.id)];
    expect(creditedMinor).toBe(1785n);
    expect(outcomes.map(({ creditNotes }) => creditNotes.map(({ totalMinor }) => totalMinor))).toEqual([[1785n], [1785n]]);
    expect(outcomes[0]?.subscription).toMatchObject({ status: 'canceled', endedAt: middle, cancellationReason: 'Done' });
    expect(await database().creditNote.count({ where: { accountId: context.accountId } })).toBe(1);
  });

  it('is refused when usage was added since', async () => {
    const { context, clock } = await customer();
    clock.set(middle);
    const { quote } = await previewCancellation(context, { credit: true });
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'late' }]);
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
    expect((await requireSubscription(context)).status).toBe('active');
  });
});
