import { expect } from 'vitest';
import { describeGateway, type Behaviour, type GatewayBench, type GatewayFault, type Operation } from '@/lib/testing/gateway-contract';
import { startReceiver } from '@/lib/testing/receiver';
import { startPayPalSandbox } from '@/sandbox/testing';
import { paypalClient, type PayPalGatewaySettings } from './client';
import { paypalGateway } from './gateway';
import { captureOf } from './orders';
import { setupNamed } from './setups';

type Buyer = 'pays' | 'declined' | 'declines_later' | 'pending';

/** Who stores a method that behaves so, and who pays so on PayPal's page. */
const owners: Partial<Record<Behaviour, Buyer>> = { pays: 'pays', declines: 'declines_later', settles: 'pending' };
const payers: Partial<Record<Behaviour, Buyer>> = { pays: 'pays', declines: 'declined', settles: 'pending' };

const faults: Record<GatewayFault, 'error_500' | 'error_500_after' | 'error_429' | 'timeout_before' | 'timeout_after' | 'cut_before' | 'cut_after'> = {
  fails_before: 'error_500', fails_after: 'error_500_after', busy: 'error_429', silent_before: 'timeout_before', silent_after: 'timeout_after', cut_before: 'cut_before', cut_after: 'cut_after',
};
const requests: Partial<Record<Operation, { method: string; path: string }>> = {
  charge: { method: 'POST', path: '^/v2/checkout/orders' },
  remove: { method: 'DELETE', path: '^/v3/vault/payment-tokens/' },
  refund: { method: 'POST', path: '/refund$' },
  checkout: { method: 'POST', path: '^/v2/checkout/orders$' },
  expire: { method: 'PATCH', path: '^/v2/checkout/orders/' },
  answer: { method: 'POST', path: '/provide-evidence$' },
  accept: { method: 'POST', path: '/accept-claim$' },
};

async function sandboxBench(): Promise<GatewayBench> {
  const receiver = await startReceiver(() => 200);
  const webhookId = 'WH-CONTRACT';
  const sandbox = await startPayPalSandbox({ webhook: { url: receiver.url, id: webhookId }, settleAfter: 3_600_000 });
  const { clientId, clientSecret } = sandbox;
  const settings: PayPalGatewaySettings = { clientId, clientSecret, webhookId, environment: 'sandbox', apiBase: new URL(sandbox.url) };
  const gateway = paypalGateway(settings);
  const paypal = paypalClient(settings);
  const orderOf = async (id: string) => (await paypal.orders.getOrder({ id })).result;
  const customers = new Map<string, string>();

  return {
    gateway,
    stores: 'wallet',
    behaviours: ['pays', 'declines', 'settles'],
    async storeMethod(customer, behaviour) {
      const page = { idempotencyKey: `${customer}:${behaviour}`, checkoutId: 'co_store', accountId: customer, customer, successUrl: 'https://portal.example.com/success', cancelUrl: 'https://portal.example.com/cancel' };
      const { reference } = await gateway.createCheckout({ ...page, mode: 'setup', currency: 'USD', expiresAt: new Date(Date.now() + 3_600_000), language: 'en' });
      sandbox.approvals.approve(setupNamed(reference)!.token, owners[behaviour]);
      const method = (await gateway.readCheckout(reference)).setup!.method!.reference;
      customers.set(method, customer);
      return method;
    },
    async collected(customer) {
      let sum = 0n;
      for (const { event_type, resource } of sandbox.events()) {
        if (event_type !== 'PAYMENT.CAPTURE.COMPLETED') continue;
        const { supplementary_data } = resource as { supplementary_data: { related_ids: { order_id: string } } };
        const { amountMinor, paymentMethod } = await gateway.readCharge(supplementary_data.related_ids.order_id);
        if (!customers.has(paymentMethod!)) customers.set(paymentMethod!, (await gateway.readMethod(paymentMethod!))?.customer ?? '');
        if (customers.get(paymentMethod!) === customer) sum += amountMinor;
      }
      return sum;
    },
    async tryCheckout({ reference }, behaviour) {
      sandbox.approvals.approve(setupNamed(reference)?.token ?? reference, payers[behaviour]);
    },
    settle: async (charge, passes) => sandbox.captures.settle(captureOf(await orderOf(charge))!.id!, passes ? 'completes' : 'denied'),
    openDispute: async (charge) => sandbox.disputes.open(captureOf(await orderOf(charge))!.id!),
    closeDispute: async (dispute, won) => sandbox.disputes.close(dispute, won ? 'won' : 'lost'),
    overturnDispute: async (dispute) => sandbox.disputes.overturn(dispute),
    async seenEvidence(dispute, { story, customerName, files }) {
      const { evidences } = (await paypal.request({ method: 'GET', path: `/v1/customer/disputes/${dispute}` })) as { evidences: { notes: string; documents: { name: string; size: number }[] }[] };
      expect(evidences).toMatchObject([
        { notes: expect.stringContaining(story), documents: [{ name: files[0]!.name, size: files[0]!.content.length }] },
        { notes: expect.stringContaining(customerName), documents: [{ name: files[1]!.name, size: files[1]!.content.length }] },
      ]);
    },
    booksAtOnce: true,
    async notices() {
      await sandbox.webhooks.settled();
      return receiver.received.map(({ body, headers }) => ({ body: Buffer.from(body), headers: headers as Record<string, string> }));
    },
    faults: {
      // Without retries of the client's own, each fault reaches the adapter.
      impatient: paypalGateway({ ...settings, timeoutMilliseconds: 500, retries: 0 }),
      meet(operation, fault, times) {
        const match = requests[operation];
        if (match) sandbox.faults.add({ match, fault: faults[fault], times });
      },
    },
    async close() {
      await sandbox.close();
      await receiver.stop();
    },
  };
}

describeGateway('PayPal’s adapter on the local sandbox', await sandboxBench());
