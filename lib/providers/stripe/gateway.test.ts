import { afterAll, describe, expect, it } from 'vitest';
import type { Charge } from '@/lib/billing/payments/gateway/charges';
import { GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import { newId } from '@/lib/core/ids';
import { gatewaysFromSettings } from '@/lib/providers';
import { startStripeSandbox } from '@/sandbox/testing';
import { stripeClient } from './client';
import { stripeGateway } from './gateway';

const sandbox = await startStripeSandbox();
const settings = { secretKey: sandbox.secretKey, publishableKey: sandbox.publishableKey, webhookSecret: 'whsec_demo', apiBase: new URL(sandbox.url), timeoutMilliseconds: 800 };
const gateway = stripeGateway(settings);
const stripe = stripeClient(settings);
afterAll(() => sandbox.close());

async function payer(card: string): Promise<Charge & { customer: string }> {
  const accountId = newId('acc');
  const { reference: customer } = await gateway.createCustomer({ idempotencyKey: accountId, accountId, name: 'Demo', email: 'buyer@demo.example' });
  const { id: paymentMethod } = await stripe.paymentMethods.attach(card, { customer });
  return { idempotencyKey: newId('att'), customer, paymentMethod, amountMinor: 2999n, currency: 'USD', accountId, onSession: false, description: 'INV-1' };
}

const intentsOf = async ({ customer }: { customer: string }) => (await stripe.paymentIntents.list({ customer })).data;

describe('Stripe’s adapter', () => {
  it('tells the page the publishable key, and the sandbox’s own script', () => {
    expect(gateway.publicSettings).toEqual({ publishableKey: sandbox.publishableKey, script: `${sandbox.url}/stripe.js` });
    expect(stripeGateway({ ...settings, apiBase: undefined }).publicSettings).toEqual({ publishableKey: sandbox.publishableKey });
  });

  it('is made of the settings, where they name it', () => {
    expect(gatewaysFromSettings({ stripe: null })).toEqual([]);
    expect(gatewaysFromSettings({ stripe: settings }).map(({ name }) => name)).toEqual(['stripe']);
  });

  it.each(['timeout_before', 'timeout_after', 'cut_before', 'cut_after', 'error_503'] as const)('asks again by itself after one %s', async (fault) => {
    const asked = await payer('pm_card_visa');
    sandbox.faults.add({ match: { method: 'POST', path: '^/v1/payment_intents$' }, fault });
    expect(await gateway.charge(asked)).toMatchObject({ outcome: 'succeeded' });
    expect(await intentsOf(asked)).toHaveLength(1);
  });

  it('gives every write a key of ours', async () => {
    const from = sandbox.requests().length;
    const asked = await payer('pm_card_visa');
    await gateway.beginSetup({ idempotencyKey: newId('setup'), customer: asked.customer, setupId: newId('setup'), accountId: asked.accountId });
    const { reference } = await gateway.charge(asked);
    await gateway.refund({ idempotencyKey: newId('req'), charge: reference!, amountMinor: 1n, currency: 'USD', accountId: asked.accountId });
    await gateway.removeMethod({ idempotencyKey: newId('req'), reference: asked.paymentMethod });
    const keys = sandbox.requests().slice(from).filter(({ method, path }) => method === 'POST' && !path.endsWith('/attach')).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([
      expect.stringMatching(/^acc_\w+:customer$/), expect.stringMatching(/^setup_\w+:setup$/), `${asked.idempotencyKey}:charge`, expect.stringMatching(/^req_\w+:refund$/), expect.stringMatching(/^req_\w+:detach$/),
    ]);
  });

  it('finds by Stripe’s name of a charge the payment intent that made it', async () => {
    const { reference } = await gateway.charge(await payer('pm_card_visa'));
    const { latest_charge: latest } = await stripe.paymentIntents.retrieve(reference!);
    expect(latest).toMatch(/^ch_/);
    expect(await gateway.readCharge(String(latest))).toMatchObject({ reference });
  });

  it('prepares the same payment intent for the customer when the bank wants to hear them', async () => {
    const asked = await payer('pm_card_authenticationRequired');
    const result = await gateway.charge(asked);
    const intents = await intentsOf(asked);
    expect(intents).toMatchObject([{ id: result.reference, status: 'requires_action', next_action: { type: 'use_stripe_sdk' } }]);
    expect(await gateway.charge(asked)).toEqual(result);
  });

  it('prepares it all the same when Stripe was away half-way', async () => {
    const asked = await payer('pm_card_authenticationRequired');
    sandbox.faults.add({ match: { method: 'POST', path: '/confirm$' }, fault: 'error_500' });
    await expect(gateway.charge(asked)).rejects.toThrow(GatewayUnavailable);
    const [declined] = await intentsOf(asked);
    expect((await gateway.readCharge(declined!.id)).result).toMatchObject({ outcome: 'requires_action' });
    expect(await gateway.charge({ ...asked, repeated: true })).toMatchObject({ outcome: 'requires_action', reference: declined!.id });
    expect(await intentsOf(asked)).toMatchObject([{ status: 'requires_action' }]);
  });

  it('goes on with a payment intent that was made and not confirmed', async () => {
    const asked = await payer('pm_card_visa');
    const { id } = await stripe.paymentIntents.create({
      amount: 2999, currency: 'usd', customer: asked.customer, payment_method: asked.paymentMethod, automatic_payment_methods: { enabled: true, allow_redirects: 'never' }, metadata: { attempt: asked.idempotencyKey },
    });
    expect(await gateway.charge({ ...asked, repeated: true })).toEqual({ outcome: 'succeeded', reference: id });
    expect(await intentsOf(asked)).toHaveLength(1);
  });

  it('does not charge again what it charged before Stripe forgot the key', async () => {
    const asked = await payer('pm_card_visa');
    const result = await gateway.charge(asked);
    sandbox.clock.move(new Date(Date.now() + 25 * 3_600_000));
    expect(await gateway.charge({ ...asked, repeated: true })).toEqual(result);
    expect(await intentsOf(asked)).toHaveLength(1);
    sandbox.clock.move(null);
  });

  it('charges once though the same key is asked with in two ways at once', async () => {
    const asked = await payer('pm_card_visa');
    sandbox.faults.add({ match: { method: 'POST', path: '^/v1/payment_intents$' }, fault: 'slow', milliseconds: 300 });
    const answers = await Promise.allSettled([gateway.charge(asked), gateway.charge({ ...asked, onSession: true })]);
    expect(answers).toMatchObject([{ status: 'fulfilled', value: { outcome: 'succeeded' } }, { status: 'rejected', reason: { name: 'GatewayUnavailable' } }]);
    expect(await gateway.charge({ ...asked, onSession: true })).toMatchObject({ outcome: 'succeeded' });
    expect(await intentsOf(asked)).toHaveLength(1);
  });

  it('waits with a wrong key until the operator has put it right, and does not repeat it', async () => {
    const wrong = stripeGateway({ ...settings, secretKey: 'sk_test_hunter2' });
    const error = await wrong.readMethod('pm_1').catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(GatewayUnavailable);
    expect((error as Error).message).toMatch(/check STRIPE_SECRET_KEY/);
    expect((error as Error).message).not.toContain('hunter2');
  });
});
