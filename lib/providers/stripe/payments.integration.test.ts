import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueInvoice } from '@/lib/billing/invoices/issue-invoice';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { readAttempts } from '@/lib/billing/payments/store';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { readPaymentStatus } from '@/lib/billing/workflows/collect-payment/payment-status';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { beginSetup } from '@/lib/billing/workflows/store-method/begin-setup';
import { finishSetup } from '@/lib/billing/workflows/store-method/finish-setup';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { gatewaysFromSettings } from '@/lib/providers';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { startStripeSandbox, type StripeSandbox } from '@/sandbox/testing';
import { stripeClient } from './client';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const later = (minutes: number) => new FixedClock(new Date(start.getTime() + minutes * 60_000));
let sellerId: string;
let sandbox: StripeSandbox;

const settings = () => ({ secretKey: sandbox.secretKey, publishableKey: sandbox.publishableKey, webhookSecret: 'whsec_demo', apiBase: new URL(sandbox.url) });

beforeAll(async () => {
  sellerId = await seedSeller(start, { withWelcome: false });
  sandbox = await startStripeSandbox({ settleAfter: 3_600_000 });
});
beforeEach(() => setPaymentGateways(gatewaysFromSettings({ stripe: settings() })));
afterEach(() => {
  setPaymentGateways([]);
  sandbox.faults.clear();
});
afterAll(() => sandbox.close());

/** A customer who stored the card in the page. */
async function payerWith(card: string): Promise<Context> {
  const { context } = await seedAccount(sellerId, start);
  const { setup } = await beginSetup(context);
  await stripeClient(settings()).setupIntents.confirm(setup.reference!, { payment_method: card });
  expect(await finishSetup(context, setup.id)).toMatchObject({ setup: { status: 'succeeded' }, method: { isDefault: true, gateway: 'stripe' } });
  return context;
}

async function owing(context: Context): Promise<string> {
  return (await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 5000n)))).id;
}

const invoiceOf = (id: string) => database().invoice.findUniqueOrThrow({ where: { id } });

/** What Stripe took for the invoice, in minor units. */
async function taken(invoiceId: string): Promise<number> {
  const attempts = new Set((await readAttempts(database(), invoiceId)).map(({ id }) => id));
  const { data } = await stripeClient(settings()).paymentIntents.list({ limit: 100 });
  return data.filter(({ metadata }) => attempts.has(metadata.attempt ?? '')).reduce((sum, { amount_received }) => sum + amount_received, 0);
}

describe('money by Stripe', () => {
  it('is taken from a card that was stored in the page', async () => {
    const context = await payerWith('pm_card_visa');
    const invoiceId = await owing(context);
    expect(await payInvoice(context, { invoiceId })).toMatchObject({ invoice: { status: 'paid' }, attempt: { status: 'succeeded', gateway: 'stripe', reference: expect.stringMatching(/^pi_/) } });
    expect(await taken(invoiceId)).toBe(5000);
  });

  it('is not taken from a card that is declined', async () => {
    const context = await payerWith('pm_card_chargeCustomerFail');
    const invoiceId = await owing(context);
    expect(await payInvoice(context, { invoiceId })).toMatchObject({ invoice: { status: 'open' }, attempt: { status: 'failed', failureCode: 'declined', retryable: true } });
  });

  it.each(['complete', 'fail'] as const)('waits for the customer to confirm it, and notices that they %s it', async (outcome) => {
    const context = await payerWith('pm_card_visa');
    const { id: paymentMethodId } = await storeAsking(context);
    const invoiceId = await owing(context);
    const { attempt, clientSecret } = await payInvoice(context, { invoiceId, paymentMethodId });
    expect({ attempt, clientSecret }).toMatchObject({ attempt: { status: 'requires_action' }, clientSecret: expect.stringContaining('_secret_') });
    sandbox.payments.finishChallenge(attempt!.reference!, outcome);
    expect(await readPaymentStatus(context, invoiceId)).toMatchObject({ invoice: { status: outcome === 'complete' ? 'paid' : 'open' }, attempt: { status: outcome === 'complete' ? 'succeeded' : 'failed' } });
    expect(await taken(invoiceId)).toBe(outcome === 'complete' ? 5000 : 0);
  });

  it('waits, when nobody was there, until the customer comes and confirms the same charge', async () => {
    const context = await payerWith('pm_card_visa');
    const { id: paymentMethodId } = await storeAsking(context);
    await database().paymentMethod.updateMany({ where: { accountId: context.accountId }, data: { isDefault: false } });
    await database().paymentMethod.update({ where: { id: paymentMethodId }, data: { isDefault: true } });
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    await performPayments(later(0));
    const { id: invoiceId } = await database().invoice.findFirstOrThrow({ where: { accountId: context.accountId } });
    const [attempt] = await readAttempts(database(), invoiceId);
    expect(attempt).toMatchObject({ status: 'requires_action', onSession: false, reference: expect.stringMatching(/^pi_/) });
    sandbox.payments.finishChallenge(attempt!.reference!, 'complete');
    expect(await readPaymentStatus(context, invoiceId)).toMatchObject({ invoice: { status: 'paid' }, attempt: { id: attempt!.id, status: 'succeeded' } });
  });

  it('is taken on Stripe’s page, after a decline there too', async () => {
    const { context } = await seedAccount(sellerId, start);
    const invoiceId = await owing(context);
    const { session, url } = await beginCheckout(context, { purpose: { kind: 'invoice', invoiceId, keepMethod: true }, returnPath: '/billing' });
    expect(url).toMatch(/^http/);
    const pay = async (token: string) => {
      const { id } = await stripeClient(settings()).paymentMethods.create({ type: 'card', card: { token } });
      await fetch(`${sandbox.url}/_pages/checkout/${session.reference!}/pay`, { method: 'POST', body: new URLSearchParams({ payment_method: id, email: 'buyer@demo.example' }) });
    };
    await pay('tok_chargeCustomerFail');
    expect(await refreshCheckout(context, session.id)).toMatchObject({ session: { status: 'in_progress' } });
    await pay('tok_visa');
    expect(await refreshCheckout(context, session.id)).toMatchObject({ session: { status: 'completed' } });
    expect(await invoiceOf(invoiceId)).toMatchObject({ status: 'paid' });
    expect(await database().paymentMethod.count({ where: { accountId: context.accountId, gateway: 'stripe' } })).toBe(1);
  });
});

/** Stores a card whose every charge the customer has to confirm; storing it is confirmed as well. */
async function storeAsking(context: Context) {
  const { setup } = await beginSetup(context);
  await stripeClient(settings()).setupIntents.confirm(setup.reference!, { payment_method: 'pm_card_authenticationRequired', use_stripe_sdk: true });
  sandbox.payments.finishChallenge(setup.reference!, 'complete');
  return (await finishSetup(context, setup.id)).method!;
}
