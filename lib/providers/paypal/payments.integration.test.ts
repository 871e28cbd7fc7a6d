import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueInvoice } from '@/lib/billing/invoices/issue-invoice';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { paidWith } from '@/lib/billing/payments/paid-with';
import { readAttempts } from '@/lib/billing/payments/store';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { expireCheckout, refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { performRefunds } from '@/lib/billing/workflows/refund/perform-refunds';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { gatewaysFromSettings } from '@/lib/providers';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { storeTestMethod } from '@/lib/testing/payer';
import { startReceiver } from '@/lib/testing/receiver';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { applyNotices } from '@/lib/webhooks/inbox/apply-notices';
import { receiveNotice } from '@/lib/webhooks/inbox/receive-notice';
import { useSandboxGateway } from '@/sandbox/paypal/gateway-for-tests';
import { paypalClient } from './client';
import { captureOf } from './orders';
import { setupNamed } from './setups';

useTestDatabase();
const held = useSandboxGateway();
const start = new Date('2026-01-31T09:00:00Z');
let sellerId: string;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
  receiver = await startReceiver(() => 200);
  held.sandbox.webhooks.configure({ url: receiver.url, id: held.sandbox.webhookId });
});
beforeEach(() => setPaymentGateways(gatewaysFromSettings({ paypal: { ...held.settings(), apiBase: new URL(held.sandbox.url), verifyOnline: false } })));
afterEach(() => {
  setPaymentGateways([]);
  held.sandbox.faults.clear();
});
afterAll(() => receiver.stop());

/** A customer who stored their wallet on PayPal's page. */
async function payerAs(buyer: 'pays' | 'declines_later'): Promise<Context> {
  const { context } = await seedAccount(sellerId, start);
  const { session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' });
  held.sandbox.approvals.approve(setupNamed(session.reference!)!.token, buyer);
  expect(await refreshCheckout(context, session.id)).toMatchObject({ session: { status: 'completed' } });
  return context;
}

async function owing(context: Context): Promise<string> {
  return (await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 5000n)))).id;
}

const invoiceOf = (id: string) => database().invoice.findUniqueOrThrow({ where: { id } });
const pageFor = (context: Context, invoiceId: string) => beginCheckout(context, { purpose: { kind: 'invoice', invoiceId, keepMethod: true }, returnPath: '/billing' });

/** How often PayPal took the money of the invoice. */
async function taken(invoiceId: string): Promise<number> {
  const attempts = new Set((await readAttempts(database(), invoiceId)).map(({ id }) => id));
  return held.sandbox.events().filter(({ event_type, resource }) => event_type === 'PAYMENT.CAPTURE.COMPLETED' && attempts.has((resource as { invoice_id?: string }).invoice_id ?? '')).length;
}

/** Takes in what PayPal has told so far, and applies it. */
async function hear() {
  await held.sandbox.webhooks.settled();
  for (const { body, headers } of receiver.received.splice(0)) await receiveNotice(systemClock, { gateway: 'paypal', body: Buffer.from(body), headers: headers as Record<string, string> });
  return applyNotices(systemClock);
}

describe('money by PayPal', () => {
  it('is taken from a wallet that was stored on PayPal’s page', async () => {
    const context = await payerAs('pays');
    expect(await database().paymentMethod.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ gateway: 'paypal', kind: 'wallet', label: 'PayPal p•••@buyer.sandbox.example', isDefault: true });
    const invoiceId = await owing(context);
    expect(await payInvoice(context, { invoiceId })).toMatchObject({ invoice: { status: 'paid' }, attempt: { status: 'succeeded', gateway: 'paypal' } });
    expect(await taken(invoiceId)).toBe(1);
  });

  it('is not taken from a wallet that is declined', async () => {
    const context = await payerAs('declines_later');
    const invoiceId = await owing(context);
    expect(await payInvoice(context, { invoiceId })).toMatchObject({ invoice: { status: 'open' }, attempt: { status: 'failed', failureCode: 'declined', retryable: true } });
  });

  it('is taken on PayPal’s page, after a decline there too, and the wallet is kept', async () => {
    const { context } = await seedAccount(sellerId, start);
    const invoiceId = await owing(context);
    const { session, url } = await pageFor(context, invoiceId);
    expect(url).toContain(session.reference!);
    held.sandbox.approvals.approve(session.reference!, 'declined');
    expect(await refreshCheckout(context, session.id)).toMatchObject({ session: { status: 'in_progress' } });
    held.sandbox.approvals.approve(session.reference!, 'pays');
    expect(await refreshCheckout(context, session.id)).toMatchObject({ session: { status: 'completed' } });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    expect(await paidWith(context, invoiceId)).toEqual(['PayPal']);
    expect(await database().paymentMethod.count({ where: { accountId: context.accountId, gateway: 'paypal' } })).toBe(1);
    expect(await taken(invoiceId)).toBe(1);
  });

  it('is taken by PayPal’s notice when the buyer never comes back', async () => {
    const { context } = await seedAccount(sellerId, start);
    const invoiceId = await owing(context);
    const { session } = await pageFor(context, invoiceId);
    held.sandbox.approvals.approve(session.reference!, 'pays');
    expect((await hear()).dead).toBe(0);
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    await hear();
    expect(await taken(invoiceId)).toBe(1);
  });

  it('is taken once, whether the browser comes back, the job looks or PayPal tells, all at once', async () => {
    const { context } = await seedAccount(sellerId, start);
    const invoiceId = await owing(context);
    const { session } = await pageFor(context, invoiceId);
    held.sandbox.approvals.approve(session.reference!, 'pays');
    await Promise.all([refreshCheckout(context, session.id), expireCheckout(context, session.id), hear(), refreshCheckout(context, session.id)]);
    await hear();
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    expect(await taken(invoiceId)).toBe(1);
  });

  it('is given back, also what was given back at PayPal itself', async () => {
    const context = await payerAs('pays');
    const invoiceId = await owing(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    await refundInvoice(context, { invoiceId, amountMinor: 2000n, reason: 'Demo', to: 'method' });
    await performRefunds(context.clock);
    const paypal = paypalClient(held.settings());
    const order = (await paypal.orders.getOrder({ id: attempt!.reference! })).result;
    await paypal.payments.refundCapturedPayment({ captureId: captureOf(order)!.id!, body: { amount: { currencyCode: 'USD', value: '5.00' } } });
    await hear();
    const refunds = await database().refund.findMany({ where: { invoiceId }, orderBy: { amountMinor: 'asc' } });
    expect(refunds).toMatchObject([{ amountMinor: 500n, status: 'succeeded', cause: 'gateway' }, { amountMinor: 2000n, status: 'succeeded' }]);
  });

  it('is disputed, and the dispute follows PayPal’s', async () => {
    const context = await payerAs('pays');
    const invoiceId = await owing(context);
    const { attempt } = await payInvoice(context, { invoiceId });
    const order = (await paypalClient(held.settings()).orders.getOrder({ id: attempt!.reference! })).result;
    const dispute = held.sandbox.disputes.open(captureOf(order)!.id!);
    await hear();
    expect(await database().dispute.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ reference: dispute, state: 'needs_response', amountMinor: 5000n });
    held.sandbox.disputes.close(dispute, 'won');
    await hear();
    expect(await database().dispute.findFirst({ where: { accountId: context.accountId } })).toMatchObject({ state: 'won', withdrawnMinor: 0n });
  });
});

describe('an account with two providers', () => {
  it('holds methods of both, and each is charged where it lies', async () => {
    const cards = new ScriptedGateway();
    const context = await payerAs('pays');
    const wallet = await database().paymentMethod.findFirstOrThrow({ where: { accountId: context.accountId } });
    setPaymentGateways([cards, held.gateway]);
    const card = await storeTestMethod(context, cards);
    const [byCard, byWallet] = [await owing(context), await owing(context)];
    expect(await payInvoice(context, { invoiceId: byCard, paymentMethodId: card.id })).toMatchObject({ invoice: { status: 'paid' }, attempt: { gateway: cards.name } });
    expect(await payInvoice(context, { invoiceId: byWallet, paymentMethodId: wallet.id })).toMatchObject({ invoice: { status: 'paid' }, attempt: { gateway: 'paypal' } });
    expect([await taken(byCard), await taken(byWallet)]).toEqual([0, 1]);
  });

  it('pays on the page of the one that the customer chose, and of the preferred one unless said', async () => {
    const cards = new ScriptedGateway();
    setPaymentGateways([cards, held.gateway]);
    const { context } = await seedAccount(sellerId, start);
    const wanted = { purpose: { kind: 'invoice', invoiceId: await owing(context), keepMethod: true }, returnPath: '/billing' } as const;
    expect((await beginCheckout(context, wanted)).session.gateway).toBe(cards.name);
    const { session } = await beginCheckout(context, { ...wanted, gateway: 'paypal', requestKey: 'demo-key' });
    expect(session.gateway).toBe('paypal');
    await expect(beginCheckout(context, { ...wanted, gateway: cards.name, requestKey: 'demo-key' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(beginCheckout(context, { ...wanted, gateway: 'cash' })).rejects.toMatchObject({ code: 'payments_unavailable' });
  });
});
