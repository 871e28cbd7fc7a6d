import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { storeTestMethod } from '@/lib/testing/payer';
import { ScriptedGateway, type Script } from '@/lib/testing/scripted-gateway';
import { issueInvoice } from '../../invoices/issue-invoice';
import { recordPayment } from '../../invoices/record-payment';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { readAttempts } from '../../payments/store';
import { getSubscription } from '../../subscriptions/get-subscription';
import { closeDuePeriods } from '../billing-run/close-due-periods';
import { retryDueDunnings } from '../dunning/retry-due';
import { setDefaultMethod } from '../store-method/set-default-method';
import { subscribe } from '../subscribe';
import { payInvoice } from './pay-invoice';
import { readPaymentStatus } from './payment-status';
import { performPayments } from './perform-payments';
import { recordResult } from './record-result';
import { refreshOpenAttempts } from './refresh-open-attempts';
import { paymentStatusView } from './schema';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(() => setPaymentGateways([]));

/** A customer with a stored method that follows the script, and an open invoice of 50 that nothing collects by itself. */
async function owing(...script: Script[]) {
  const { context, clock } = await seedAccount(sellerId, start);
  const method = await storeTestMethod(context, gateway);
  if (script.length > 0) gateway.script(method.reference, ...script);
  const invoice = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 5000n)));
  return { context, clock, method, invoiceId: invoice.id };
}

const invoiceOf = (id: string) => database().invoice.findUniqueOrThrow({ where: { id } });
const attemptsAt = async (invoiceId: string) => (await readAttempts(database(), invoiceId)).map(({ status }) => status);
const statusOf = async (context: Context, invoiceId: string) => paymentStatusView(await readPaymentStatus(context, invoiceId)).paymentStatus;

describe('paying an invoice', () => {
  it('charges the default payment method and is done', async () => {
    const { context, invoiceId, method } = await owing();
    const paid = await payInvoice(context, { invoiceId });
    expect(paid).toMatchObject({ invoice: { status: 'paid', paidMinor: 5000n }, attempt: { status: 'succeeded', onSession: true, paymentMethodId: method.id }, clientSecret: null });
    expect(await gateway.collected(invoiceId)).toBe(5000n);
  });

  it('charges once, however many ask at once, with the jobs and the notices of the gateway between them', async () => {
    const { context, clock, invoiceId } = await owing();
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => payInvoice(context, { invoiceId })),
      ...[1, 2, 3].map(() => performPayments(new FixedClock(later(2))).then(() => null)),
      ...[1, 2].map(() => retryDueDunnings(clock).then(() => null)),
      ...[1, 2].map(() => readPaymentStatus(context, invoiceId)),
    ]);
    const [attempt, ...others] = await readAttempts(database(), invoiceId);
    expect(others).toEqual([]);
    await recordResult(context, attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    expect(await gateway.collected(invoiceId)).toBe(5000n);
    expect(gateway.charges.size).toBe(1);
    expect(await statusOf(context, invoiceId)).toBe('succeeded');
    expect(new Set(answers.flatMap((answer) => (answer?.attempt ? [answer.attempt.id] : [])))).toEqual(new Set([attempt!.id]));
    expect(await database().auditEntry.count({ where: { subject: invoiceId, action: 'invoice.paid' } })).toBe(1);
  });

  it('is the same payment with the same key, also after it was declined, and a new one with another', async () => {
    const { context, invoiceId } = await owing('declined', 'succeeded');
    const declined = await payInvoice(context, { invoiceId, requestKey: 'click-1' });
    expect(declined).toMatchObject({ invoice: { status: 'open' }, attempt: { status: 'failed', failureCode: 'insufficient_funds' } });
    expect((await payInvoice(context, { invoiceId, requestKey: 'click-1' })).attempt?.id).toBe(declined.attempt?.id);
    expect(gateway.asked).toBe(1);
    expect(await payInvoice(context, { invoiceId, requestKey: 'click-2' })).toMatchObject({ invoice: { status: 'paid' } });
    const other = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 700n)));
    await expect(payInvoice(context, { invoiceId: other.id, requestKey: 'click-2' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('that is declined makes nobody past due and begins no dunning', async () => {
    const { context, clock } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    const { id } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    const method = await storeTestMethod(context, gateway);
    gateway.script(method.reference, 'declined');
    expect((await payInvoice(context, { invoiceId: id })).attempt?.status).toBe('failed');
    await performPayments(clock);
    expect((await getSubscription(context))?.status).toBe('active');
    expect(await database().dunning.count({ where: { invoiceId: id } })).toBe(0);
  });

  it('is refused for what is not the account’s, or owed no longer, or without a way to pay', async () => {
    const { context, invoiceId, method } = await owing();
    const stranger = await owing();
    await expect(payInvoice(context, { invoiceId: stranger.invoiceId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(payInvoice(context, { invoiceId, paymentMethodId: stranger.method.id })).rejects.toMatchObject({ code: 'not_found' });
    const { context: without } = await seedAccount(sellerId, start);
    const unpaid = await inTransaction((transaction) => issueInvoice(transaction, without, draftOf(without.accountId, 100n)));
    await expect(payInvoice(without, { invoiceId: unpaid.id })).rejects.toMatchObject({ code: 'payment_method_required' });
    await database().$executeRaw`UPDATE invoice SET status = 'void', voided_at = ${start} WHERE id = ${invoiceId}`;
    await expect(payInvoice(context, { invoiceId })).rejects.toMatchObject({ code: 'invoice_not_payable' });
    setPaymentGateways([]);
    await expect(payInvoice(stranger.context, { invoiceId: stranger.invoiceId, paymentMethodId: stranger.method.id })).rejects.toMatchObject({ code: 'payments_unavailable' });
    expect(method.isDefault).toBe(true);
    expect(gateway.charges.size).toBe(0);
  });

  it('pays what the seller had given up', async () => {
    const { context, invoiceId } = await owing();
    await database().$executeRaw`UPDATE invoice SET status = 'uncollectible', uncollectible_at = ${start} WHERE id = ${invoiceId}`;
    expect((await payInvoice(context, { invoiceId })).invoice.status).toBe('paid');
  });
});

describe('a payment that the customer has to confirm', () => {
  it('answers the secret to whoever pays, again to whoever asks again, and is found out without a notice', async () => {
    const { context, clock, invoiceId } = await owing('requires_action');
    const first = await payInvoice(context, { invoiceId });
    expect(first).toMatchObject({ attempt: { status: 'requires_action' }, clientSecret: expect.stringContaining('secret_of_') as string });
    const second = await payInvoice(context, { invoiceId });
    expect(second).toMatchObject({ attempt: { id: first.attempt!.id }, clientSecret: first.clientSecret });
    gateway.finish(first.attempt!.id, { outcome: 'succeeded', reference: first.attempt!.reference! });
    expect(await statusOf(context, invoiceId)).toBe('succeeded');
    clock.set(later(1));
    expect(await gateway.collected(invoiceId)).toBe(5000n);
    expect((await getSubscription(context))?.status).toBeUndefined();
  });

  it('gives way to another method, and is not charged beside it', async () => {
    const { context, invoiceId } = await owing('requires_action');
    const first = await payInvoice(context, { invoiceId });
    const other = await storeTestMethod(context, gateway);
    const second = await payInvoice(context, { invoiceId, paymentMethodId: other.id });
    expect(second).toMatchObject({ invoice: { status: 'paid' }, attempt: { paymentMethodId: other.id } });
    expect(await attemptsAt(invoiceId)).toEqual(['canceled', 'succeeded']);
    expect(gateway.charges.get(first.attempt!.id)!.result.outcome).toBe('canceled');
  });

  it('that was confirmed a moment before another method was chosen is the payment', async () => {
    const { context, invoiceId } = await owing('requires_action');
    const first = await payInvoice(context, { invoiceId });
    gateway.finish(first.attempt!.id, { outcome: 'succeeded', reference: first.attempt!.reference! });
    const other = await storeTestMethod(context, gateway);
    expect(await payInvoice(context, { invoiceId, paymentMethodId: other.id })).toMatchObject({ invoice: { status: 'paid' }, attempt: { id: first.attempt!.id, status: 'succeeded' } });
    expect(await gateway.collected(invoiceId)).toBe(5000n);
  });

  it('and does not is taken back after a day by the job, and can be paid then', async () => {
    const { context, clock, invoiceId } = await owing('requires_action', 'succeeded');
    await payInvoice(context, { invoiceId });
    expect(await refreshOpenAttempts(new FixedClock(later(2)))).toEqual({ ended: 0, waiting: 1 });
    expect(await refreshOpenAttempts(new FixedClock(later(2)))).toEqual({ ended: 0, waiting: 0 });
    expect(await refreshOpenAttempts(new FixedClock(later(24 * 60)))).toEqual({ ended: 1, waiting: 0 });
    expect(await attemptsAt(invoiceId)).toEqual(['canceled']);
    clock.set(later(24 * 60 + 1));
    expect((await payInvoice(context, { invoiceId })).invoice.status).toBe('paid');
  });

  it('is taken back at the gateway once the invoice was paid in another way', async () => {
    const { context, clock, invoiceId } = await owing('requires_action');
    const { attempt } = await payInvoice(context, { invoiceId });
    clock.set(later(1));
    await recordPayment(context, { invoiceId, paidAt: later(1) });
    await refreshOpenAttempts(new FixedClock(later(2)));
    expect(gateway.charges.get(attempt!.id)!.result.outcome).toBe('canceled');
    expect(await attemptsAt(invoiceId)).toEqual(['canceled']);
  });
});

describe('a payment whose outcome is unknown', () => {
  it.each(['lost', 'away'] as const)('stays under way when the answer is %s, gives way to nothing, and the job finds out', async (fault) => {
    const { context, invoiceId } = await owing(fault, 'succeeded');
    const first = await payInvoice(context, { invoiceId });
    expect(paymentStatusView(first)).toMatchObject({ paymentStatus: 'processing', awaitsProvider: true });
    const other = await storeTestMethod(context, gateway);
    expect((await payInvoice(context, { invoiceId, paymentMethodId: other.id })).attempt?.id).toBe(first.attempt?.id);
    await performPayments(new FixedClock(later(1)));
    expect(await statusOf(context, invoiceId)).toBe('succeeded');
    expect(await gateway.collected(invoiceId)).toBe(5000n);
  });

  it('settles slowly: processing until the bank has paid, and dunned when it has not, since the customer has left', async () => {
    const { context, clock, invoiceId } = await owing('processing');
    const { attempt } = await payInvoice(context, { invoiceId });
    expect(await statusOf(context, invoiceId)).toBe('processing');
    gateway.finish(attempt!.id, { outcome: 'failed', reference: attempt!.reference!, code: 'insufficient_funds', retryable: true });
    clock.set(later(3 * 24 * 60));
    await refreshOpenAttempts(clock);
    expect(await attemptsAt(invoiceId)).toEqual(['failed']);
    expect(await database().dunning.findUnique({ where: { invoiceId } })).toMatchObject({ status: 'retrying', failures: 1 });
  });

  it('and came although it had failed is recorded', async () => {
    const { context, invoiceId } = await owing('declined');
    const { attempt } = await payInvoice(context, { invoiceId });
    await recordResult(context, attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
  });
});

describe('paying an invoice whose charge by itself failed', () => {
  const border = new Date('2026-02-28T09:00:00Z');

  async function dunned(...script: Script[]) {
    const { context, clock } = await seedAccount(sellerId, start);
    const method = await storeTestMethod(context, gateway);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(clock);
    gateway.script(method.reference, ...script);
    clock.set(border);
    await closeDuePeriods(clock);
    await performPayments(clock);
    const { id } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId, status: 'open' } });
    return { context, clock, invoiceId: id };
  }
  const dunningOf = (invoiceId: string) => database().dunning.findUniqueOrThrow({ where: { invoiceId } });

  it('ends its dunning; a decline uses none of its days up', async () => {
    const { context, invoiceId } = await dunned('declined', 'declined', 'succeeded');
    const before = await dunningOf(invoiceId);
    await payInvoice(context, { invoiceId });
    expect(await dunningOf(invoiceId)).toEqual(before);
    await payInvoice(context, { invoiceId });
    expect(await dunningOf(invoiceId)).toMatchObject({ status: 'recovered' });
    expect((await getSubscription(context))?.status).toBe('active');
  });

  it('confirms in front of the customer what the bank wanted confirmed while they were away', async () => {
    const { context, invoiceId } = await dunned('requires_action', 'succeeded');
    expect(await attemptsAt(invoiceId)).toEqual(['requires_action']);
    expect(await payInvoice(context, { invoiceId })).toMatchObject({ invoice: { status: 'paid' } });
    expect(await attemptsAt(invoiceId)).toEqual(['canceled', 'succeeded']);
    expect((await getSubscription(context))?.status).toBe('active');
  });

  it('is charged to a new card at once, without using a day up', async () => {
    const { context, clock, invoiceId } = await dunned('declined');
    const declining = await storeTestMethod(context, gateway);
    gateway.script(declining.reference, 'declined');
    await setDefaultMethod(context, declining.id);
    clock.set(new Date(border.getTime() + 60_000));
    await performPayments(clock);
    expect(await attemptsAt(invoiceId)).toEqual(['failed', 'failed']);
    expect(await dunningOf(invoiceId)).toMatchObject({ status: 'retrying', failures: 1 });
    const good = await storeTestMethod(context, gateway);
    await setDefaultMethod(context, good.id);
    await performPayments(clock);
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
  });
});
