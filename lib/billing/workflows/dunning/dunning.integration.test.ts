import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { createPerson } from '@/lib/auth/people';
import { newId } from '@/lib/core/ids';
import { createEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { addTestMethod, ScriptedGateway, type Script } from '@/lib/testing/scripted-gateway';
import { useTestDatabase } from '@/lib/testing/database';
import { addMember } from '../../accounts/add-member';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { recordPayment } from '../../invoices/record-payment';
import { voidInvoice } from '../../invoices/void-invoice';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { readAttempts } from '../../payments/store';
import { getSubscription } from '../../subscriptions/get-subscription';
import { closeDuePeriods } from '../billing-run/close-due-periods';
import { performPayments } from '../collect-payment/perform-payments';
import { recordResult } from '../collect-payment/record-result';
import { subscribe } from '../subscribe';
import { retryDueDunnings } from './retry-due';
import { withDunningReviewed } from './review-dunning';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const border = new Date('2026-02-28T09:00:00Z');
const days = (count: number) => new Date(border.getTime() + count * 86_400_000);
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(() => setPaymentGateways([]));

/** A customer on Pro who paid the first month, and whose method then follows the script. */
async function customer(...script: Script[]) {
  const { context, clock } = await seedAccount(sellerId, start);
  const method = await addTestMethod(context);
  await subscribe(context, { planKey: 'pro', interval: 'month' });
  await performPayments(clock);
  gateway.script(method, ...script);
  return { context, clock, method };
}

/** Everything the jobs do at that moment. */
async function work(at: Date) {
  const clock = new FixedClock(at);
  await closeDuePeriods(clock);
  await performPayments(clock);
  await retryDueDunnings(clock);
  await performPayments(clock);
}

const invoicesOf = ({ accountId }: Context) => database().invoice.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } });
const newest = async (context: Context) => (await invoicesOf(context)).at(-1)!;
const statusOf = async (context: Context) => (await getSubscription(context))?.status;
const dunningOf = async (context: Context) => database().dunning.findFirstOrThrow({ where: { accountId: context.accountId }, orderBy: { startedAt: 'desc' } });

describe('an invoice at the end of a period', () => {
  it('is charged to the default payment method, once, however many workers there are', async () => {
    const { context } = await customer('succeeded');
    const clock = new FixedClock(border);
    await Promise.all([1, 2, 3].map(() => closeDuePeriods(clock)));
    await Promise.all([1, 2, 3].map(() => performPayments(clock)));
    const [first, second] = await invoicesOf(context);
    expect([first, second]).toMatchObject([{ status: 'paid' }, { status: 'paid', paidAt: border }]);
    expect(await gateway.collected(second!.id)).toBe(2999n);
    expect(await readAttempts(database(), second!.id)).toMatchObject([{ status: 'succeeded', amountMinor: 2999n }]);
  });

  it('stays open without a payment method', async () => {
    const { context } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await work(border);
    expect((await invoicesOf(context)).map(({ status }) => status)).toEqual(['open', 'open']);
    expect(await statusOf(context)).toBe('active');
  });

  it('is charged once when the gateway acted and its answer was lost', async () => {
    const { context } = await customer('lost');
    await work(border);
    expect(await newest(context)).toMatchObject({ status: 'open' });
    await work(new Date(border.getTime() + 60_000));
    expect(await newest(context)).toMatchObject({ status: 'paid' });
    expect(await gateway.collected((await newest(context)).id)).toBe(2999n);
  });

  it('waits while the gateway is away, and the customer is not past due for it', async () => {
    const { context } = await customer('away', 'away', 'succeeded');
    await work(border);
    expect(await statusOf(context)).toBe('active');
    await work(new Date(border.getTime() + 10 * 60_000));
    await work(new Date(border.getTime() + 20 * 60_000));
    expect(await newest(context)).toMatchObject({ status: 'paid' });
  });

  it('is asked for anew with what is left when it was credited before the gateway was asked', async () => {
    const { context, clock } = await customer('succeeded');
    clock.set(border);
    await closeDuePeriods(clock);
    const { id } = await newest(context);
    await issueCreditNote(context, { invoiceId: id, reason: 'Demo', wanted: { scope: 'amount', amountMinor: 999n } });
    await performPayments(clock);
    expect((await readAttempts(database(), id)).map(({ status, amountMinor }) => [status, amountMinor])).toEqual([['canceled', 2999n], ['succeeded', 2000n]]);
    expect(await gateway.collected(id)).toBe(2000n);
  });
});

describe('a charge that fails', () => {
  it('makes the subscription past due and is tried on days 1, 3, 5 and 7, then given up for the free plan', async () => {
    const { context } = await customer('declined');
    await work(border);
    expect(await statusOf(context)).toBe('past_due');
    expect(await dunningOf(context)).toMatchObject({ status: 'retrying', failures: 1, days: [1, 3, 5, 7], nextAttemptAt: days(1), lastFailureCode: 'insufficient_funds' });
    const { id } = await newest(context);
    for (const [day, failures] of [[1, 2], [3, 3], [5, 4]] as const) {
      await work(new Date(days(day).getTime() - 1));
      expect(await dunningOf(context)).toMatchObject({ failures: failures - 1 });
      await work(days(day));
      expect(await dunningOf(context)).toMatchObject({ status: 'retrying', failures });
    }
    await work(days(7));
    expect(await dunningOf(context)).toMatchObject({ status: 'given_up', failures: 5, nextAttemptAt: null, endedAt: days(7) });
    expect(await newest(context)).toMatchObject({ id, status: 'uncollectible', uncollectibleAt: days(7) });
    expect(await getSubscription(context)).toMatchObject({ plan: { key: 'free' }, status: 'active', currentPeriod: { start: days(7) } });
    expect(await database().subscription.count({ where: { accountId: context.accountId, status: 'expired', endedAt: days(7) } })).toBe(1);
    expect(await gateway.collected(id)).toBe(0n);
  });

  it('is tried again once a day, however many workers there are', async () => {
    const { context } = await customer('declined');
    await work(border);
    await Promise.all([1, 2, 3].map(() => work(days(1))));
    expect(await dunningOf(context)).toMatchObject({ failures: 2 });
    expect(await readAttempts(database(), (await newest(context)).id)).toHaveLength(2);
  });

  it('is over when a later charge goes through: paid, and active at once', async () => {
    const { context } = await customer('declined', 'declined', 'succeeded');
    for (const day of [0, 1, 3]) await work(days(day));
    expect(await newest(context)).toMatchObject({ status: 'paid', paidAt: days(3) });
    expect(await dunningOf(context)).toMatchObject({ status: 'recovered', failures: 2, endedAt: days(3) });
    expect(await statusOf(context)).toBe('active');
  });

  it('is over when the invoice is paid by hand, credited or declared void; nothing is charged any more', async () => {
    for (const settle of [
      (context: Context, invoiceId: string) => recordPayment(context, { invoiceId, paidAt: context.clock.now() }),
      (context: Context, invoiceId: string) => issueCreditNote(context, { invoiceId, reason: 'Demo', wanted: { scope: 'whole' } }),
      (context: Context, invoiceId: string) => voidInvoice(context, { invoiceId }),
    ]) {
      const { context, clock } = await customer('declined');
      await work(border);
      clock.set(new Date(days(2)));
      const { id } = await newest(context);
      await withDunningReviewed<unknown>(context, id, () => settle(context, id));
      expect(await statusOf(context)).toBe('active');
      await work(days(9));
      expect(await readAttempts(database(), id)).toHaveLength(1);
      expect((await dunningOf(context)).status).toMatch(/recovered|dropped/);
    }
  });

  it('does not charge again a card that must not be, until there is another one', async () => {
    const { context, clock } = await customer('stolen');
    await work(border);
    await work(days(1));
    const { id } = await newest(context);
    expect(await readAttempts(database(), id)).toHaveLength(1);
    expect(await dunningOf(context)).toMatchObject({ failures: 2, lastFailureCode: 'lost_or_stolen' });
    clock.set(days(2));
    await addTestMethod(context);
    await work(days(3));
    expect(await newest(context)).toMatchObject({ id, status: 'paid' });
  });

  it('counts once when the customer had to confirm it and did not', async () => {
    const { context } = await customer('requires_action', 'succeeded');
    await work(border);
    const { id } = await newest(context);
    const [attempt] = await readAttempts(database(), id);
    expect(attempt).toMatchObject({ status: 'requires_action' });
    expect(await dunningOf(context)).toMatchObject({ failures: 1, lastFailureCode: 'authentication_failed' });
    await recordResult(context, attempt!.id, { outcome: 'failed', reference: 'ch_1', code: 'authentication_failed', retryable: true });
    expect(await dunningOf(context)).toMatchObject({ failures: 1 });
    await work(days(1));
    expect(await newest(context)).toMatchObject({ id, status: 'paid' });
  });

  it('follows the schedule and the end that the seller set', async () => {
    const own = await seedSellerWith({ dunningDays: [2], dunningEnd: 'end' });
    const { context, clock } = await seedAccount(own, start);
    gateway.script(await addTestMethod(context), 'succeeded', 'declined');
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(clock);
    await work(border);
    expect(await dunningOf(context)).toMatchObject({ nextAttemptAt: days(2) });
    await work(days(2));
    expect(await getSubscription(context)).toBeNull();
    expect(await newest(context)).toMatchObject({ status: 'uncollectible' });
  });

  it('that is told late, twice or out of order changes nothing that is settled', async () => {
    const { context } = await customer('processing');
    await work(border);
    const { id } = await newest(context);
    const [attempt] = await readAttempts(database(), id);
    await recordResult(context, attempt!.id, { outcome: 'succeeded', reference: 'ch_9' });
    await recordResult(context, attempt!.id, { outcome: 'succeeded', reference: 'ch_9' });
    await recordResult(context, attempt!.id, { outcome: 'processing', reference: 'ch_9' });
    await recordResult(context, attempt!.id, { outcome: 'failed', reference: 'ch_9', code: 'declined', retryable: true });
    expect(await newest(context)).toMatchObject({ id, status: 'paid' });
    expect(await statusOf(context)).toBe('active');
    expect(await database().auditEntry.count({ where: { subject: id, action: 'invoice.paid' } })).toBe(1);
  });
});

describe('every step in collecting', () => {
  it('is told by mail in the language of each person, and to products', async () => {
    const { context } = await customer('declined', 'declined', 'succeeded');
    for (const language of ['en', 'zh'] as const) {
      const userId = await createPerson({ email: `${newId('usr')}-${language}@demo.example`, name: 'Demo', language, password: 'a long demo password' }, context.clock);
      await addMember(context, { userId, role: 'billing' });
    }
    await createEndpoint(context, { url: 'https://product.demo.example/', description: '', events: ['invoice.payment_failed', 'invoice.paid'], enabled: true });
    for (const day of [0, 1, 3]) await work(days(day));
    const { id, number } = await newest(context);
    const mail = await database().mail.findMany({ where: { subject: { contains: number! } }, orderBy: { createdAt: 'asc' } });
    const subjects = (language: string) => mail.filter(({ recipient }) => recipient.includes(`-${language}@`)).map(({ subject }) => subject);
    expect(subjects('en')).toEqual([...Array.from({ length: 2 }, () => `Demo Customer: invoice ${number} could not be charged`), `Demo Customer: invoice ${number} is paid`]);
    expect(subjects('zh')).toEqual([...Array.from({ length: 2 }, () => `Demo Customer：账单 ${number} 扣款失败`), `Demo Customer：账单 ${number} 已支付`]);
    const [firstText] = mail.filter(({ recipient }) => recipient.includes('-en@')).map(({ text }) => text);
    expect(firstText).toContain('There was not enough money');
    expect(firstText).toContain('$29.99');
    // The ways to pay are open where it leads.
    expect(firstText).toContain(`/billing/${id}?open=pay`);
    const events = await database().webhookDelivery.findMany({ where: { accountId: context.accountId }, orderBy: { createdAt: 'asc' } });
    expect(events.map(({ event }) => event)).toEqual(['invoice.payment_failed', 'invoice.payment_failed', 'invoice.paid']);
    expect(JSON.parse(events[0]!.body)).toMatchObject({ data: { number, failures: 1, failureCode: 'insufficient_funds', dueMinor: 2999 } });
  });
});

async function seedSellerWith(columns: { dunningDays: number[]; dunningEnd: 'end' | 'fall_back' }): Promise<string> {
  const row = await database().seller.findUniqueOrThrow({ where: { id: sellerId } });
  const { logo: _, ...details } = row;
  const { id } = await database().seller.create({ data: { ...details, ...columns, welcomeCredit: {}, id: newId('sel'), invoicePrefix: 'OWN', nextInvoiceNumber: 1n } });
  return id;
}
