import { afterAll, describe, expect, it } from 'vitest';
import type { ManagedPlan } from '@/lib/billing/payments/gateway/subscriptions';
import { newId } from '@/lib/core/ids';
import { startStripeSandbox } from '@/sandbox/testing';
import { stripeClient } from './client';
import { stripeGateway } from './gateway';
import { recurringPriceOf } from './subscriptions';

const sandbox = await startStripeSandbox();
const settings = { secretKey: sandbox.secretKey, publishableKey: sandbox.publishableKey, webhookSecret: 'whsec_demo', apiBase: new URL(sandbox.url) };
const stripe = stripeClient(settings);
const managed = stripeGateway(settings).managedSubscriptions!;
afterAll(() => sandbox.close());

const plan: ManagedPlan = { priceId: 'price_demo', name: 'Demo plan', amountMinor: 2999n, currency: 'USD', interval: 'month', intervalCount: 1 };
const days = 86_400_000;

async function subscribed(card: string): Promise<string> {
  const { id: customer } = await stripe.customers.create({ name: 'Demo' });
  const { id: method } = await stripe.paymentMethods.attach(card, { customer });
  const { product_data: product, recurring, ...price } = recurringPriceOf(plan);
  const { id } = await stripe.prices.create({ ...price, recurring, product_data: { name: product!.name } });
  const { id: subscription } = await stripe.subscriptions.create({ customer, items: [{ price: id }], default_payment_method: method, metadata: { subscription: newId('sub') } });
  return subscription;
}

describe('a subscription that Stripe renews', () => {
  it('tells every payment, the oldest first, and the period that it paid for', async () => {
    const reference = await subscribed('pm_card_visa');
    const { period: first } = await managed.read(reference);
    sandbox.clock.move(new Date(first.end.getTime() + days));
    const renewed = await managed.read(reference);
    expect(renewed).toMatchObject({ state: 'active', period: { start: first.end }, cancelAtPeriodEnd: false });
    expect(renewed.payments).toMatchObject([
      { amountMinor: 2999n, currency: 'USD', charge: expect.stringMatching(/^pi_/), period: first },
      { amountMinor: 2999n, currency: 'USD', charge: expect.stringMatching(/^pi_/), period: renewed.period },
    ]);
  });

  it('ends with its period when that was asked for', async () => {
    const reference = await subscribed('pm_card_visa');
    const { period } = await managed.cancelAtPeriodEnd({ idempotencyKey: newId('req'), reference, resume: false });
    sandbox.clock.move(new Date(period.end.getTime() + days));
    const ended = await managed.read(reference);
    expect(ended).toMatchObject({ state: 'canceled' });
    expect(ended.payments).toHaveLength(1);
    await expect(managed.cancelAtPeriodEnd({ idempotencyKey: newId('req'), reference, resume: true })).rejects.toMatchObject({ name: 'GatewayRefusal' });
  });

  it('whose renewal was declined is charged again as soon as it has another card', async () => {
    const reference = await subscribed('pm_card_visa');
    const { customer } = await stripe.subscriptions.retrieve(reference);
    const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: String(customer) });
    const { period } = await managed.changeMethod!({ idempotencyKey: newId('req'), reference, paymentMethod: failing.id });
    sandbox.clock.move(new Date(period.end.getTime() + days));
    expect(await managed.read(reference)).toMatchObject({ state: 'past_due', paymentMethod: failing.id });
    expect(await managed.changeMethod!({ idempotencyKey: newId('req'), reference, paymentMethod: failing.id })).toMatchObject({ state: 'past_due' });
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: String(customer) });
    expect(await managed.changeMethod!({ idempotencyKey: newId('req'), reference, paymentMethod: good.id })).toMatchObject({ state: 'active', paymentMethod: good.id, payments: { length: 2 } });
  });

  it('is none that Stripe does not know', async () => {
    await expect(managed.read('sub_unknown')).rejects.toMatchObject({ code: 'unknown_reference' });
  });
});
