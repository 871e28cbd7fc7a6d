import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PayAnswer } from '../browser/checkout/session-view';
import { startStripeSandbox } from '../server';
import { clientFor, type SandboxForTests } from '../test-client';

let tried: SandboxForTests;
beforeEach(async () => {
  const sandbox = await startStripeSandbox();
  tried = { sandbox, stripe: clientFor(sandbox) };
  tried.sandbox.clock.move(new Date('2030-01-15T12:00:00Z'));
});
afterEach(() => tried.sandbox.close());

/** The types of the events so far, oldest first. */
const told = (): string[] => tried.sandbox.events().map(({ type }) => type);

const back = { success_url: 'http://localhost:1/done?session={CHECKOUT_SESSION_ID}', cancel_url: 'http://localhost:1/cancelled' };
const line = (unit_amount: number, more = {}) => ({ quantity: 2, price_data: { currency: 'usd', unit_amount, product_data: { name: 'Credit' }, ...more } });
const create = (parameters: Partial<Stripe.Checkout.SessionCreateParams>) => tried.stripe.checkout.sessions.create({ mode: 'payment', ...back, ...parameters });
const read = (session: Stripe.Checkout.Session, expand: string[] = []) => tried.stripe.checkout.sessions.retrieve(session.id, { expand });
const months = { recurring: { interval: 'month' as const } };

/** What the page does when its button is pressed. */
async function pay(session: Stripe.Checkout.Session, method: string, more: Record<string, string> = {}): Promise<PayAnswer> {
  const payment_method = (await tried.stripe.paymentMethods.retrieve(method)).id;
  const response = await fetch(`${session.url}/pay`, { method: 'POST', body: new URLSearchParams({ payment_method, email: 'buyer@demo.example', ...more }) });
  return (await response.json()) as PayAnswer;
}

describe('a checkout session', () => {
  it('takes a payment and tells what was bought, of whom and for what', async () => {
    const session = await create({ line_items: [line(1500)], client_reference_id: 'order_1', metadata: { kind: 'top_up' }, payment_intent_data: { description: 'Credit', metadata: { account: '1' } } });
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 3000, currency: 'usd', payment_intent: null, ui_mode: 'hosted_page', client_reference_id: 'order_1' });
    expect(session.expires_at - session.created).toBe(86_400);
    expect(await pay(session, 'pm_card_visa')).toEqual({ kind: 'complete', successUrl: `http://localhost:1/done?session=${session.id}` });
    const paid = await read(session, ['line_items.data.price.product', 'payment_intent']);
    expect(paid).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer: null,
      customer_details: { email: 'buyer@demo.example' },
      metadata: { kind: 'top_up' },
      payment_intent: { status: 'succeeded', amount: 3000, description: 'Credit', metadata: { account: '1' } },
    });
    expect(paid.line_items?.data).toMatchObject([{ description: 'Credit', quantity: 2, amount_total: 3000, price: { product: { name: 'Credit' } } }]);
    expect(told().filter((type) => type.startsWith('checkout'))).toEqual(['checkout.session.completed']);
  });

  it('charges once, however often it is paid', async () => {
    const session = await create({ line_items: [line(1500)] });
    const answers = await Promise.all(['pm_card_visa', 'pm_card_visa', 'pm_card_mastercard'].map((method) => pay(session, method)));
    expect(answers.map(({ kind }) => kind)).toEqual(['complete', 'complete', 'complete']);
    expect((await tried.stripe.charges.list()).data).toHaveLength(1);
  });

  it('is unpaid until the seller captures what was only held', async () => {
    const session = await create({ line_items: [line(1500)], payment_intent_data: { capture_method: 'manual' } });
    await pay(session, 'pm_card_visa');
    const held = await read(session);
    expect(held).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    await tried.stripe.paymentIntents.capture(String(held.payment_intent));
    expect((await read(session)).payment_status).toBe('paid');
  });

  it('stays open after a decline, for the same payment intent', async () => {
    const session = await create({ line_items: [line(1500)] });
    expect(await pay(session, 'pm_card_chargeDeclinedInsufficientFunds')).toMatchObject({ kind: 'declined', declineCode: 'insufficient_funds' });
    const declined = await read(session);
    expect(declined).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    await pay(session, 'pm_card_visa');
    expect((await read(session)).payment_intent).toBe(declined.payment_intent);
  });

  it('is complete while a bank debit is under way, and tells later how that went', async () => {
    const [arriving, returning] = [await create({ line_items: [line(1500)] }), await create({ line_items: [line(1600)] })];
    expect((await pay(arriving, 'pm_usBankAccount_success')).kind).toBe('complete');
    await pay(returning, 'pm_usBankAccount_insufficientFunds');
    expect(await read(arriving)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    tried.sandbox.clock.move(new Date('2030-01-15T13:00:00Z'));
    expect((await read(arriving)).payment_status).toBe('paid');
    expect((await read(returning)).payment_status).toBe('unpaid');
    expect(told().filter((type) => type.startsWith('checkout.session')).sort()).toEqual(['checkout.session.async_payment_failed', 'checkout.session.async_payment_succeeded', 'checkout.session.completed', 'checkout.session.completed']);
  });

  it('expires by the clock or when it is told to, and takes nothing afterwards', async () => {
    const [byClock, byHand] = [await create({ line_items: [line(1500)], expires_at: Date.parse('2030-01-15T12:30:00Z') / 1000 }), await create({ line_items: [line(1500)] })];
    tried.sandbox.clock.move(new Date('2030-01-15T12:29:59Z'));
    expect((await read(byClock)).status).toBe('open');
    tried.sandbox.clock.move(new Date('2030-01-15T12:30:00Z'));
    expect(await read(byClock)).toMatchObject({ status: 'expired', url: null });
    expect((await tried.stripe.checkout.sessions.expire(byHand.id)).status).toBe('expired');
    await expect(tried.stripe.checkout.sessions.expire(byHand.id)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
    expect(await pay(byHand, 'pm_card_visa')).toEqual({ kind: 'closed' });
    expect((await tried.stripe.charges.list()).data).toEqual([]);
    expect(told().filter((type) => type === 'checkout.session.expired')).toHaveLength(2);
  });

  it('saves a card in setup mode', async () => {
    const customer = await tried.stripe.customers.create({ email: 'buyer@demo.example' });
    const session = await create({ mode: 'setup', customer: customer.id, currency: 'usd', setup_intent_data: { metadata: { account: '1' } } });
    expect(session).toMatchObject({ payment_status: 'no_payment_required', amount_total: null });
    await pay(session, 'pm_card_visa');
    const done = await read(session, ['setup_intent']);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'no_payment_required', setup_intent: { status: 'succeeded', customer: customer.id, metadata: { account: '1' } } });
    expect((await tried.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  });

  it('begins a subscription that renews, for a customer it makes', async () => {
    const session = await create({ mode: 'subscription', line_items: [line(1500, months)], subscription_data: { metadata: { account: '1' } } });
    await pay(session, 'pm_card_chargeDeclined');
    expect((await tried.stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
    await pay(session, 'pm_card_visa');
    const done = await read(session, ['subscription', 'invoice.payments']);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: null, subscription: { status: 'active', metadata: { account: '1' } }, invoice: { status: 'paid', amount_paid: 3000 } });
    expect(done.customer).toMatch(/^cus_/);
    tried.sandbox.clock.move(new Date('2030-02-16T00:00:00Z'));
    const renewed = await tried.stripe.subscriptions.retrieve((done.subscription as Stripe.Subscription).id, { expand: ['latest_invoice'] });
    expect(renewed.latest_invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_cycle' });
  });

  it('begins a trial by saving a card, and charges nothing', async () => {
    const session = await create({ mode: 'subscription', line_items: [line(1500, months)], subscription_data: { trial_period_days: 7 } });
    await pay(session, 'pm_card_visa');
    const done = await read(session, ['subscription']);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'no_payment_required', amount_total: 0, subscription: { status: 'trialing' } });
    tried.sandbox.clock.move(new Date('2030-01-23T00:00:00Z'));
    expect((await tried.stripe.charges.list()).data).toMatchObject([{ amount: 3000, paid: true }]);
  });

  it('offers the cards that the customer agreed to see again, and no one else may use them', async () => {
    const customer = await tried.stripe.customers.create({ email: 'buyer@demo.example' });
    const saved = await tried.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await tried.stripe.paymentMethods.update(saved.id, { allow_redisplay: 'always' });
    const [own, others] = [await create({ customer: customer.id, line_items: [line(1500)] }), await create({ line_items: [line(1500)] })];
    const seen = (await (await fetch(`${own.url}/session`)).json()) as { savedCards: { id: string }[] };
    expect(seen.savedCards.map(({ id }) => id)).toEqual([saved.id]);
    expect(await pay(others, saved.id)).toMatchObject({ kind: 'declined' });
    expect((await pay(own, saved.id)).kind).toBe('complete');
  });

  it('is still there after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const stateFile = join(folder, 'state.json');
    const before = await startStripeSandbox({ stateFile });
    const session = await clientFor(before).checkout.sessions.create({ mode: 'payment', ...back, line_items: [line(1500)] });
    await before.close();
    const after = await startStripeSandbox({ stateFile });
    const stripe = clientFor(after);
    const { id } = await stripe.paymentMethods.retrieve('pm_card_visa');
    await fetch(`${after.url}/_pages/checkout/${session.id}/pay`, { method: 'POST', body: new URLSearchParams({ payment_method: id, email: 'buyer@demo.example' }) });
    expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] })).toMatchObject({ payment_status: 'paid', line_items: { data: [{ amount_total: 3000 }] } });
    await after.close();
    rmSync(folder, { recursive: true });
  });

  it('is found by its payment intent, customer and status', async () => {
    const customer = await tried.stripe.customers.create();
    const session = await create({ customer: customer.id, line_items: [line(1500)] });
    await pay(session, 'pm_card_visa');
    await create({ line_items: [line(1500)] });
    const { payment_intent } = await read(session);
    for (const query of [{ customer: customer.id }, { payment_intent: String(payment_intent) }, { status: 'complete' as const }]) {
      expect((await tried.stripe.checkout.sessions.list(query)).data.map(({ id }) => id)).toEqual([session.id]);
    }
    expect((await tried.stripe.checkout.sessions.listLineItems(session.id)).data).toHaveLength(1);
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    ['nothing is bought', {}, 'line_items'],
    ['a recurring price is paid once', { line_items: [line(1500, months)] }, 'line_items[0][price]'],
    ['it expires too soon', { line_items: [line(1500)], expires_at: Date.parse('2030-01-15T12:05:00Z') / 1000 }, 'expires_at'],
    ['it expires too late', { line_items: [line(1500)], expires_at: Date.parse('2030-01-17T12:00:00Z') / 1000 }, 'expires_at'],
    ['the address to go to is none', { line_items: [line(1500)], success_url: 'done' }, 'success_url'],
    ['the amount is too small', { line_items: [line(10)] }, 'amount'],
    ['the customer is not there', { line_items: [line(1500)], customer: 'cus_none' }, 'customer'],
    ['data of another mode is given', { line_items: [line(1500)], subscription_data: { description: 'x' } }, 'subscription_data'],
  ])('is refused when %s', async (_case, parameters, param) => {
    await expect(create(parameters)).rejects.toMatchObject({ type: 'StripeInvalidRequestError', param });
  });
});
