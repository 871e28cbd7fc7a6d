import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { storeTestMethod } from '@/lib/testing/payer';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { tokenFor } from '@/lib/testing/two-customers';
import { checkoutReturn } from '@/lib/http/checkout-return';
import { issueInvoice } from '../../invoices/issue-invoice';
import { recordPayment } from '../../invoices/record-payment';
import { checkoutStatuses, checkoutTransitions } from '../../payments/checkout/checkout';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { GatewayRefusal } from '../../payments/gateway/failures';
import { readMethods } from '../../payments/methods/store';
import { readAttempts } from '../../payments/store';
import { payInvoice } from '../collect-payment/pay-invoice';
import { beginCheckout } from './begin-checkout';
import { readCheckoutStanding } from './checkout-status';
import { refreshCheckout } from './refresh-checkout';
import { refreshUnfinishedCheckouts } from './refresh-unfinished';

useTestDatabase();
// Pages of a gateway live in real time.
const start = systemClock.now();
const later = (minutes: number) => new FixedClock(new Date(start.getTime() + minutes * 60_000));
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
});
beforeEach(async () => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
  await database().$executeRaw`UPDATE checkout_session SET status = 'canceled' WHERE status = 'in_progress'`;
});
afterEach(() => setPaymentGateways([]));

async function owing() {
  const { context, clock } = await seedAccount(sellerId, start);
  const { id } = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 5000n)));
  const begin = (requestKey: string | null = null) =>
    beginCheckout(context, { purpose: { kind: 'invoice', invoiceId: id, keepMethod: true }, returnPath: '/billing?tab=invoices', requestKey });
  return { context, clock, invoiceId: id, begin };
}

const statusOf = async (invoiceId: string) => (await database().invoice.findUniqueOrThrow({ where: { id: invoiceId } })).status;
const attemptsAt = async (invoiceId: string) => (await readAttempts(database(), invoiceId)).map(({ status }) => status);
const sessionOf = (id: string) => database().checkoutSession.findUniqueOrThrow({ where: { id } });

describe('a checkout session for an invoice', () => {
  it('is completed by what the gateway says, once, and keeps what was paid with', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session, url } = await begin();
    expect(url).toContain('https://gateway.test/');
    expect((await refreshCheckout(context, session.id)).session.status).toBe('in_progress');
    gateway.finishCheckout(session.id);
    const answers = await Promise.all(Array.from({ length: 6 }, () => refreshCheckout(context, session.id)));
    expect(answers.map((answer) => answer.session.status)).toEqual(Array.from({ length: 6 }, () => 'completed'));
    expect(await statusOf(invoiceId)).toBe('paid');
    expect(await gateway.collected(invoiceId)).toBe(5000n);
    expect(await readMethods(database(), context.accountId)).toMatchObject([{ isDefault: true, label: 'Visa •••• 4242' }]);
    expect(await database().auditEntry.count({ where: { subject: invoiceId, action: 'invoice.paid' } })).toBe(1);
  });

  it('is the same page for the same key, also when the answer was lost', async () => {
    const { context, invoiceId, begin } = await owing();
    gateway.isAway = true;
    await expect(begin('click')).rejects.toMatchObject({ code: 'payment_provider_unavailable', details: { retryAfterSeconds: 5 } });
    gateway.isAway = false;
    const [first, second] = [await begin('click'), await begin('click')];
    expect(second).toEqual(first);
    expect(gateway.checkouts.size).toBe(1);
    const other = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 100n)));
    const again = beginCheckout(context, { purpose: { kind: 'invoice', invoiceId: other.id, keepMethod: true }, returnPath: '/billing', requestKey: 'click' });
    await expect(again).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect(await attemptsAt(invoiceId)).toEqual(['requested']);
  });

  it('is closed when the invoice is paid with a card instead, and charges nothing beside it', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session } = await begin();
    const method = await storeTestMethod(context, gateway);
    expect(await payInvoice(context, { invoiceId, paymentMethodId: method.id })).toMatchObject({ invoice: { status: 'paid' } });
    expect(await attemptsAt(invoiceId)).toEqual(['canceled', 'succeeded']);
    expect((await sessionOf(session.id)).status).toBe('canceled');
    expect([...gateway.checkouts.values()].map(({ answer }) => answer.state)).toEqual(['expired']);
  });

  it('that was finished a moment before the card was chosen is the payment', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session } = await begin();
    gateway.finishCheckout(session.id);
    const method = await storeTestMethod(context, gateway);
    const paid = await payInvoice(context, { invoiceId, paymentMethodId: method.id });
    expect(paid.invoice.status).toBe('paid');
    expect(await attemptsAt(invoiceId)).toEqual(['succeeded']);
    expect(await gateway.collected(invoiceId)).toBe(5000n);
  });

  it('takes the place of one begun before in another tab', async () => {
    const { invoiceId, begin } = await owing();
    const [first, second] = [await begin(), await begin()];
    expect((await sessionOf(first.session.id)).status).toBe('canceled');
    expect((await sessionOf(second.session.id)).status).toBe('in_progress');
    expect(await attemptsAt(invoiceId)).toEqual(['canceled', 'requested']);
  });

  it('is refused while a charge may be going through', async () => {
    const { context, invoiceId, begin } = await owing();
    const method = await storeTestMethod(context, gateway);
    gateway.script(method.reference, 'processing');
    await payInvoice(context, { invoiceId });
    await expect(begin()).rejects.toMatchObject({ code: 'payment_in_progress' });
  });

  it('ends in an error when the gateway refuses it, and the invoice can be paid in another way', async () => {
    const { context, invoiceId, begin } = await owing();
    gateway.createCheckout = () => Promise.reject(new GatewayRefusal('Too small.', 'amount_too_small'));
    await expect(begin()).rejects.toMatchObject({ code: 'payment_refused' });
    expect(await database().checkoutSession.findFirstOrThrow({ where: { invoiceId } })).toMatchObject({ status: 'error', failureCode: 'amount_too_small' });
    await storeTestMethod(context, gateway);
    expect((await payInvoice(context, { invoiceId })).invoice.status).toBe('paid');
  });

  it('that settles slowly is completed while the invoice waits for the bank', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session } = await begin();
    gateway.finishCheckout(session.id, 'processing');
    expect((await refreshCheckout(context, session.id)).session.status).toBe('completed');
    expect([await statusOf(invoiceId), await attemptsAt(invoiceId)]).toEqual(['open', ['processing']]);
  });
});

describe('a checkout session to buy credit', () => {
  it('gives the credit by what the gateway says, once, and never without', async () => {
    const { context } = await seedAccount(sellerId, start);
    const begin = (requestKey: string, amountMinor = 5000n) => beginCheckout(context, { purpose: { kind: 'top_up', amountMinor, keepMethod: false }, returnPath: '/billing', requestKey });
    const { session } = await begin('buy');
    expect((await begin('buy')).session.id).toBe(session.id);
    await expect(begin('buy', 6000n)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(begin('too-little', 0n)).rejects.toMatchObject({ code: 'top_up_amount_not_allowed' });
    const balance = async () => (await database().creditGrant.aggregate({ where: { accountId: context.accountId, cause: 'purchase' }, _sum: { leftMinor: true } }))._sum.leftMinor ?? 0n;
    await refreshCheckout(context, session.id);
    expect(await balance()).toBe(0n);
    gateway.finishCheckout(session.id);
    await Promise.all(Array.from({ length: 5 }, () => refreshCheckout(context, session.id)));
    expect(await balance()).toBe(5000n);
    expect(await readMethods(database(), context.accountId)).toEqual([]);
  });

  it('that is left gives none, and is canceled with its top-up', async () => {
    const { context } = await seedAccount(sellerId, start);
    const { session } = await beginCheckout(context, { purpose: { kind: 'top_up', amountMinor: 5000n, keepMethod: false }, returnPath: '/billing' });
    await refreshUnfinishedCheckouts(later(25 * 60));
    expect(await database().topUp.findUniqueOrThrow({ where: { id: (await sessionOf(session.id)).topUpId! } })).toMatchObject({ status: 'canceled' });
  });
});

describe('a checkout session to store a payment method', () => {
  it('stores it when the gateway says so', async () => {
    const { context } = await seedAccount(sellerId, start);
    const { session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' });
    gateway.finishCheckout(session.id);
    expect((await readCheckoutStanding(context, session.id)).status).toBe('completed');
    expect(await readMethods(database(), context.accountId)).toMatchObject([{ isDefault: true }]);
    expect(await database().paymentSetup.findFirstOrThrow({ where: { checkoutSessionId: session.id } })).toMatchObject({ status: 'succeeded' });
  });
});

describe('a checkout session that nobody comes back from', () => {
  it('is found out by the job: completed where it was finished, canceled when its time is over', async () => {
    const [finished, abandoned] = [await owing(), await owing()];
    const [paid, left] = [await finished.begin(), await abandoned.begin()];
    gateway.finishCheckout(paid.session.id);
    await refreshUnfinishedCheckouts(later(3));
    expect([(await sessionOf(paid.session.id)).status, (await sessionOf(left.session.id)).status]).toEqual(['completed', 'in_progress']);
    await refreshUnfinishedCheckouts(later(25 * 60));
    expect(await sessionOf(left.session.id)).toMatchObject({ status: 'canceled' });
    expect(await attemptsAt(abandoned.invoiceId)).toEqual(['canceled']);
    expect(await statusOf(finished.invoiceId)).toBe('paid');
  });

  it('is closed soon when the invoice was paid in another way', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session } = await begin();
    await recordPayment(context, { invoiceId, paidAt: start });
    await refreshUnfinishedCheckouts(later(3));
    expect((await sessionOf(session.id)).status).toBe('canceled');
    expect([...gateway.checkouts.values()][0]!.answer.state).toBe('expired');
  });

  it('waits while the gateway is away', async () => {
    const { begin } = await owing();
    const { session } = await begin();
    gateway.isAway = true;
    expect(await refreshUnfinishedCheckouts(later(25 * 60))).toEqual({ ended: 0, waiting: 1 });
    gateway.isAway = false;
    expect(await refreshUnfinishedCheckouts(later(25 * 60 + 3))).toEqual({ ended: 1, waiting: 0 });
    expect((await sessionOf(session.id)).status).toBe('canceled');
  });
});

describe('the address that a gateway sends the browser back to', () => {
  async function comeBack(outcome: 'success' | 'cancel', id: string, context?: Context, role: 'billing' | 'viewer' = 'billing') {
    const headers: Record<string, string> = context ? { authorization: `Bearer ${await tokenFor(context, role)}` } : {};
    const response = await checkoutReturn(outcome)(new Request(`http://portal.example/api/billing/${outcome}?session=${id}`, { headers }));
    expect(response.status).toBe(303);
    return new URL(response.headers.get('location')!);
  }

  it('believes the gateway and not the address', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session } = await begin();
    const unpaid = await comeBack('success', session.id, context);
    expect(`${unpaid.pathname}${unpaid.search}`).toBe(`/billing?tab=invoices&checkout=${session.id}`);
    expect([await statusOf(invoiceId), (await sessionOf(session.id)).status]).toEqual(['open', 'in_progress']);
    gateway.finishCheckout(session.id);
    await comeBack('cancel', session.id, context);
    expect([await statusOf(invoiceId), (await sessionOf(session.id)).status]).toEqual(['paid', 'completed']);
  });

  it('ends the session of somebody who pressed cancel, and may be opened twice', async () => {
    const { context, invoiceId, begin } = await owing();
    const { session } = await begin();
    for (const _ of [1, 2]) await comeBack('cancel', session.id, context);
    expect((await sessionOf(session.id)).status).toBe('canceled');
    expect(await attemptsAt(invoiceId)).toEqual(['canceled']);
  });

  it('tells nothing and does nothing for somebody else, for nobody, for a viewer, or with nonsense', async () => {
    const { context, begin } = await owing();
    const { session } = await begin();
    const stranger = await seedAccount(sellerId, start);
    for (const [id, who, role] of [[session.id, stranger.context, 'billing'], [session.id, undefined, 'billing'], [session.id, context, 'viewer'], ['../../x', context, 'billing'], ['co_unknown', context, 'billing']] as const) {
      for (const outcome of ['success', 'cancel'] as const) {
        const page = await comeBack(outcome, id, who, role);
        expect(`${page.pathname}${page.search}`).toBe(who ? '/billing?checkout=unknown' : '/payment-return');
      }
    }
    expect((await sessionOf(session.id)).status).toBe('in_progress');
  });
});

describe('the states of a checkout session', () => {
  it('move by the table and in no other way, also in the database', async () => {
    const { context } = await seedAccount(sellerId, start);
    for (const from of checkoutStatuses) {
      for (const to of checkoutStatuses) {
        const { session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' });
        if (from !== 'in_progress') await database().checkoutSession.update({ where: { id: session.id }, data: { status: from } });
        const moved = database().checkoutSession.update({ where: { id: session.id }, data: { status: to } }).then(() => true, () => false);
        expect({ from, to, moved: await moved }).toEqual({ from, to, moved: from === to || checkoutTransitions[from].includes(to) });
      }
    }
  });
});
