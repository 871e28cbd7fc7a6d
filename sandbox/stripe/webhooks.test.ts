import Stripe from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import { startReceiver, type Received } from '@/lib/testing/receiver';
import { startStripeSandbox } from './server';
import { clientFor } from './test-client';

const secret = 'whsec_only_for_tests';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A sandbox whose events go to a receiver that answers as told. */
async function start(answer: (received: Received) => number = () => 200) {
  const receiver = await startReceiver(answer);
  const sandbox = await startStripeSandbox({ webhook: { url: receiver.url, secret } });
  stops.push(receiver.stop, sandbox.close);
  const events = () => receiver.received.map((received) => JSON.parse(received.body) as Stripe.Event);
  return { sandbox, stripe: clientFor(sandbox), received: receiver.received, events };
}

describe('webhooks', () => {
  it('are signed so that the SDK accepts them, and with no other secret', async () => {
    const { sandbox, stripe, received } = await start();
    const customer = await stripe.customers.create({ name: 'Signed' }, { idempotencyKey: 'create-signed' });
    await sandbox.webhooks.settled();
    const [{ body, headers }] = received as [Received];
    const signature = String(headers['stripe-signature']);
    const event = stripe.webhooks.constructEvent(body, signature, secret);
    expect(event).toMatchObject({
      type: 'customer.created',
      api_version: '2026-10-28.endive',
      livemode: false,
      pending_webhooks: 1,
      request: { id: customer.lastResponse.requestId, idempotency_key: 'create-signed' },
      data: { object: { id: customer.id, name: 'Signed' } },
    });
    expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow(Stripe.errors.StripeSignatureVerificationError);
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, secret)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });

  it('tell what a change was made from', async () => {
    const { sandbox, stripe, events } = await start();
    const { id } = await stripe.customers.create({ name: 'Before', metadata: { kept: '1', changed: '2' } });
    await stripe.customers.update(id, { name: 'After', metadata: { changed: '3' } });
    await stripe.customers.update(id, { name: 'After' });
    await sandbox.webhooks.settled();
    expect(events()).toHaveLength(2);
    const update = events().find(({ type }) => type === 'customer.updated');
    expect(update?.data.previous_attributes).toEqual({ name: 'Before', metadata: { changed: '2' } });
  });

  it('tell a payment in the words of Stripe', async () => {
    const { sandbox, stripe } = await start();
    const customer = await stripe.customers.create();
    const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_card_visa', allowed_payment_method_types: ['card'], confirm: true });
    await stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: customer.id, payment_method: String(setup.payment_method), allowed_payment_method_types: ['card'], off_session: true, confirm: true });
    await stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: customer.id, payment_method: 'pm_card_chargeDeclined', allowed_payment_method_types: ['card'], confirm: true }).catch(() => undefined);
    expect(sandbox.events().map(({ type }) => type)).toEqual([
      'customer.created', 'setup_intent.created', 'payment_method.attached', 'setup_intent.succeeded',
      'payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded',
      'payment_intent.created', 'charge.failed', 'payment_intent.payment_failed',
    ]);
  });

  it('are sent again until they are taken, and are one event', async () => {
    let refused = 0;
    const { sandbox, stripe, received, events } = await start(() => (refused++ < 2 ? 500 : 200));
    await stripe.customers.create();
    await sandbox.webhooks.settled();
    expect(received).toHaveLength(3);
    expect(new Set(events().map(({ id }) => id)).size).toBe(1);
    expect((await stripe.events.list()).data[0]?.pending_webhooks).toBe(0);
  });

  it('can be held, and delivered in any order, twice, or again', async () => {
    const { sandbox, stripe, received, events } = await start();
    sandbox.webhooks.set({ mode: 'hold' });
    const [one, two] = [await stripe.customers.create(), await stripe.customers.create()];
    expect(received).toHaveLength(0);
    const [first, second] = sandbox.webhooks.pending().map(({ eventId }) => eventId) as [string, string];
    expect((await stripe.events.retrieve(first)).pending_webhooks).toBe(1);
    await sandbox.webhooks.deliver([second, first]);
    expect(events().map(({ data }) => (data.object as Stripe.Customer).id)).toEqual([two.id, one.id]);
    expect(sandbox.webhooks.pending()).toEqual([]);
    expect(await sandbox.webhooks.resend(first)).toEqual([{ eventId: first, status: 200 }]);
    expect(received).toHaveLength(3);
  });

  it('can be dropped, and resent from the list of events', async () => {
    const { sandbox, stripe, received } = await start();
    sandbox.webhooks.set({ mode: 'drop' });
    await stripe.customers.create();
    await sandbox.webhooks.settled();
    expect(received).toHaveLength(0);
    const { data } = await stripe.events.list({ type: 'customer.created' });
    await sandbox.webhooks.resend(data[0]!.id);
    expect(received).toHaveLength(1);
  });

  it('can be doubled, and turned round', async () => {
    const { sandbox, stripe, received, events } = await start();
    sandbox.webhooks.set({ copies: 2 });
    await stripe.customers.create();
    await sandbox.webhooks.settled();
    expect(received).toHaveLength(2);
    sandbox.webhooks.set({ copies: 1, reorder: true });
    const made = [(await stripe.customers.create()).id, (await stripe.customers.create()).id];
    await sandbox.webhooks.settled();
    expect(events().slice(2).map(({ data }) => (data.object as Stripe.Customer).id)).toEqual(made.reverse());
  });

  it('go to endpoints that the API made, for the events they want', async () => {
    const { sandbox, stripe, received } = await start();
    const other = await startReceiver(() => 200);
    stops.push(other.stop);
    const endpoint = await stripe.webhookEndpoints.create({ url: other.url, enabled_events: ['customer.deleted'] });
    const { id } = await stripe.customers.create();
    await stripe.customers.del(id);
    await sandbox.webhooks.settled();
    expect(received).toHaveLength(2);
    const [{ body, headers }] = other.received as [Received];
    expect(stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), endpoint.secret!).type).toBe('customer.deleted');
    expect((await stripe.webhookEndpoints.list()).data[0]).not.toHaveProperty('secret');
    await stripe.webhookEndpoints.del(endpoint.id);
    expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  });
});
