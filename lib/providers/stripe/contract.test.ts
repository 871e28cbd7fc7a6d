import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeGateway, type Behaviour, type GatewayBench, type GatewayFault, type Operation } from '@/lib/testing/gateway-contract';
import { startReceiver } from '@/lib/testing/receiver';
import { startStripeSandbox } from '@/sandbox/testing';
import { stripeClient, type StripeGatewaySettings } from './client';
import { stripeGateway } from './gateway';

// Stripe's library sends again on a connection that was closed, half a second later: nobody else here waits for its turn meanwhile.
beforeAll(() => void vi.spyOn(Stripe.prototype, 'getInitialNetworkRetryDelay').mockReturnValue(0.01));
afterAll(() => vi.restoreAllMocks());

const methods: Record<Behaviour, string> = {
  pays: 'pm_card_visa',
  declines: 'pm_card_chargeCustomerFail',
  asks: 'pm_card_authenticationRequired',
  settles: 'pm_usBankAccount_success',
};

/** What works on Stripe and on the sandbox alike. */
function benchOf(settings: StripeGatewaySettings) {
  const stripe = stripeClient(settings);
  return {
    gateway: stripeGateway(settings),
    async storeMethod(customer, behaviour) {
      if (behaviour !== 'settles') return (await stripe.paymentMethods.attach(methods[behaviour], { customer })).id;
      const { payment_method: method } = await stripe.setupIntents.create({
        customer,
        payment_method: methods.settles,
        allowed_payment_method_types: ['us_bank_account'],
        confirm: true,
        mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      });
      return String(method);
    },
    async finishSetup({ reference }, behaviour) {
      await stripe.setupIntents.confirm(reference, { payment_method: methods[behaviour] });
    },
    async collected(customer) {
      const { data } = await stripe.charges.list({ customer, limit: 100 });
      return data.filter(({ status }) => status === 'succeeded').reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    },
    close: () => Promise.resolve(),
  } satisfies GatewayBench;
}

const faults: Record<GatewayFault, 'error_500' | 'error_500_after' | 'error_429' | 'timeout_before' | 'timeout_after' | 'cut_before' | 'cut_after'> = {
  fails_before: 'error_500', fails_after: 'error_500_after', busy: 'error_429', silent_before: 'timeout_before', silent_after: 'timeout_after', cut_before: 'cut_before', cut_after: 'cut_after',
};
const paths: Record<Operation, string> = {
  customer: '^/v1/customers$', setup: '^/v1/setup_intents$', charge: '^/v1/payment_intents$', cancel: '/cancel$', remove: '/detach$', refund: '^/v1/refunds$',
  checkout: '^/v1/checkout/sessions$', expire: '/expire$', answer: '^/v1/disputes/[^/]+$', accept: '/close$',
};

async function sandboxBench(): Promise<GatewayBench> {
  const webhookSecret = 'whsec_demo';
  const receiver = await startReceiver(() => 200);
  const sandbox = await startStripeSandbox({ webhook: { url: receiver.url, secret: webhookSecret }, settleAfter: 3_600_000 });
  const { secretKey, publishableKey } = sandbox;
  const settings = { secretKey, publishableKey, webhookSecret, apiBase: new URL(sandbox.url) };
  const stripe = stripeClient(settings);
  return {
    ...benchOf(settings),
    booksAtOnce: true,
    confirm: async ({ reference }, passes) => sandbox.payments.finishChallenge(reference, passes ? 'complete' : 'fail'),
    async tryCheckout({ reference }, behaviour) {
      const { id } = await stripe.paymentMethods.create({ type: 'card', card: { token: methods[behaviour].replace('pm_card_', 'tok_') } });
      await fetch(`${sandbox.url}/_pages/checkout/${reference}/pay`, { method: 'POST', body: new URLSearchParams({ payment_method: id, email: 'buyer@demo.example' }) });
    },
    settle: async (charge, passes) => sandbox.payments.settle(charge, passes ? 'succeed' : 'insufficient_funds'),
    async openDispute(charge) {
      const { latest_charge: latest } = await stripe.paymentIntents.retrieve(charge);
      return sandbox.disputes.open(String(latest));
    },
    closeDispute: async (dispute, won) => sandbox.disputes.close(dispute, won ? 'won' : 'lost'),
    overturnDispute: async (dispute) => sandbox.disputes.overturn(dispute),
    async seenEvidence(dispute, { story, customerName, customerEmail, product, refundPolicy, files }) {
      const { evidence, evidence_details } = await stripe.disputes.retrieve(dispute);
      expect(evidence).toMatchObject({
        uncategorized_text: story, customer_name: customerName, customer_email_address: customerEmail, product_description: product, refund_policy_disclosure: refundPolicy,
        service_date: '2026-03-01 to 2026-03-31',
      });
      expect(evidence_details).toMatchObject({ has_evidence: true, submission_count: 1 });
      for (const [index, id] of [evidence.receipt, evidence.service_documentation].entries()) {
        expect(await stripe.files.retrieve(String(id))).toMatchObject({ purpose: 'dispute_evidence', type: 'pdf', filename: files[index]!.name, size: files[index]!.content.length });
      }
    },
    async notices() {
      await sandbox.webhooks.settled();
      return receiver.received.map(({ body, headers }) => ({ body: Buffer.from(body), headers: headers as Record<string, string> }));
    },
    faults: {
      // Without retries of the client's own, each fault reaches the adapter.
      impatient: stripeGateway({ ...settings, timeoutMilliseconds: 250, retries: 0 }),
      meet: (operation, fault, times) => sandbox.faults.add({ match: { method: 'POST', path: paths[operation] }, fault: faults[fault], times }),
    },
    async close() {
      await sandbox.close();
      await receiver.stop();
    },
  };
}

describeGateway('Stripe’s adapter on the local sandbox', await sandboxBench());

const secretKey = process.env.STRIPE_TEST_SECRET_KEY ?? '';
if (/^(sk|rk)_test_/.test(secretKey)) describeGateway('Stripe’s adapter on Stripe itself, in test mode', benchOf({ secretKey, publishableKey: 'pk_test_unused', webhookSecret: 'whsec_unused' }));
else describe('Stripe’s adapter on Stripe itself', () => it.skip('is skipped: set STRIPE_TEST_SECRET_KEY to a key of the test mode', () => undefined));
