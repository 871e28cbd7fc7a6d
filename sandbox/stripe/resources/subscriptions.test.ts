import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStripeSandbox } from '../server';
import { clientFor, type SandboxForTests } from '../test-client';

const day = 86_400_000;
let tried: SandboxForTests;
let price: Stripe.Price;

beforeEach(async () => {
  const sandbox = await startStripeSandbox();
  tried = { sandbox, stripe: clientFor(sandbox) };
  tried.sandbox.clock.move(new Date('2030-01-31T12:00:00Z'));
  price = await tried.stripe.prices.create({ currency: 'usd', unit_amount: 2000, recurring: { interval: 'month' }, product_data: { name: 'Pro' } });
});
afterEach(() => tried.sandbox.close());

/** The types of the events so far, oldest first. */
const told = (): string[] => tried.sandbox.events().map(({ type }) => type);

/** A customer who pays by this card. */
async function customerWith(card: string): Promise<string> {
  const { stripe } = tried;
  const customer = await stripe.customers.create({ email: 'buyer@demo.example' });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  return customer.id;
}

const subscribe = async (card: string, more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stripe.Subscription> =>
  tried.stripe.subscriptions.create({ customer: await customerWith(card), items: [{ price: price.id, quantity: 2 }], ...more });

const periodOf = ({ items }: Stripe.Subscription) => [items.data[0]?.current_period_start, items.data[0]?.current_period_end].map((seconds) => new Date((seconds ?? 0) * 1000).toISOString());
const read = (subscription: Stripe.Subscription) => tried.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice.payments'] });
const invoiceOf = (subscription: Stripe.Subscription) => subscription.latest_invoice as Stripe.Invoice;

describe('a subscription that Stripe manages', () => {
  it('charges at once and holds its period on its items', async () => {
    const subscription = await subscribe('pm_card_visa', { expand: ['latest_invoice.payments.data.payment.payment_intent'] });
    expect(subscription).toMatchObject({ status: 'active', cancel_at_period_end: false });
    expect(periodOf(subscription)).toEqual(['2030-01-31T12:00:00.000Z', '2030-02-28T12:00:00.000Z']);
    expect(invoiceOf(subscription)).toMatchObject({ status: 'paid', amount_paid: 4000, billing_reason: 'subscription_create', parent: { subscription_details: { subscription: subscription.id } } });
    expect(invoiceOf(subscription).payments?.data[0]).toMatchObject({ status: 'paid', amount_paid: 4000, payment: { payment_intent: { status: 'succeeded', amount: 4000 } } });
    expect(told()).toEqual(expect.arrayContaining(['customer.subscription.created', 'invoice.created', 'invoice.finalized', 'payment_intent.succeeded', 'invoice.paid', 'customer.subscription.updated']));
  });

  it('renews as the clock passes the end of each period', async () => {
    const subscription = await subscribe('pm_card_visa');
    tried.sandbox.clock.move(new Date('2030-04-01T00:00:00Z'));
    const renewed = await read(subscription);
    expect(periodOf(renewed)).toEqual(['2030-03-31T12:00:00.000Z', '2030-04-30T12:00:00.000Z']);
    const invoices = await tried.stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ status, billing_reason, amount_paid }) => [status, billing_reason, amount_paid])).toEqual([
      ['paid', 'subscription_cycle', 4000],
      ['paid', 'subscription_cycle', 4000],
      ['paid', 'subscription_create', 4000],
    ]);
    const charges = await tried.stripe.paymentIntents.list({ customer: String(subscription.customer) });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('is past due when a renewal is refused, and active again once the customer pays', async () => {
    const subscription = await subscribe('pm_card_visa');
    const failing = await tried.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: String(subscription.customer) });
    await tried.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    tried.sandbox.clock.move(new Date('2030-03-01T00:00:00Z'));
    const late = await read(subscription);
    expect(late.status).toBe('past_due');
    expect(invoiceOf(late)).toMatchObject({ status: 'open', attempt_count: 1, amount_remaining: 4000 });
    expect(told()).toContain('invoice.payment_failed');

    const good = await tried.stripe.paymentMethods.attach('pm_card_mastercard', { customer: String(subscription.customer) });
    await tried.stripe.invoices.pay(String(invoiceOf(late).id), { payment_method: good.id });
    expect((await read(subscription)).status).toBe('active');
  });

  it('ends after the last attempt to charge a renewal', async () => {
    const subscription = await subscribe('pm_card_visa');
    const failing = await tried.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: String(subscription.customer) });
    await tried.stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
    tried.sandbox.clock.move(new Date('2030-03-20T00:00:00Z'));
    const ended = await read(subscription);
    expect(ended).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'payment_failed' } });
    expect(invoiceOf(ended)).toMatchObject({ status: 'open', attempt_count: 4, next_payment_attempt: null });
    expect(told()).toContain('customer.subscription.deleted');
  });

  it('ends with its period when it is cancelled so, and goes on when that is taken back', async () => {
    const subscription = await subscribe('pm_card_visa');
    const cancelled = await tried.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(cancelled).toMatchObject({ status: 'active', cancel_at_period_end: true, cancel_at: subscription.items.data[0]?.current_period_end });
    const other = await subscribe('pm_card_visa');
    await tried.stripe.subscriptions.update(other.id, { cancel_at_period_end: true });
    await tried.stripe.subscriptions.update(other.id, { cancel_at_period_end: false });
    tried.sandbox.clock.move(new Date('2030-03-01T00:00:00Z'));
    expect(await read(subscription)).toMatchObject({ status: 'canceled', ended_at: subscription.items.data[0]?.current_period_end });
    expect((await read(other)).status).toBe('active');
  });

  it('ends at once when it is deleted, and is listed among the ended', async () => {
    const subscription = await subscribe('pm_card_visa');
    expect((await tried.stripe.subscriptions.cancel(subscription.id)).status).toBe('canceled');
    const customer = String(subscription.customer);
    expect((await tried.stripe.subscriptions.list({ customer })).data).toEqual([]);
    expect((await tried.stripe.subscriptions.list({ customer, status: 'ended' })).data.map(({ id }) => id)).toEqual([subscription.id]);
  });

  it('ends with its customer', async () => {
    const subscription = await subscribe('pm_card_visa');
    await tried.stripe.customers.del(String(subscription.customer));
    expect((await read(subscription)).status).toBe('canceled');
  });

  it('waits for its first payment, which a browser may make, and expires without it', async () => {
    const options: Partial<Stripe.SubscriptionCreateParams> = { payment_behavior: 'default_incomplete', expand: ['latest_invoice.confirmation_secret'] };
    const paid = await subscribe('pm_card_visa', options);
    expect(paid.status).toBe('incomplete');
    const secret = invoiceOf(paid).confirmation_secret?.client_secret ?? '';
    await tried.stripe.paymentIntents.confirm(secret.split('_secret_')[0]!, { payment_method: 'pm_card_visa', use_stripe_sdk: true });
    expect((await read(paid)).status).toBe('active');

    const forgotten = await subscribe('pm_card_visa', options);
    tried.sandbox.clock.move(new Date(tried.sandbox.clock.now().getTime() + day));
    const expired = await read(forgotten);
    expect(expired.status).toBe('incomplete_expired');
    expect(invoiceOf(expired).status).toBe('void');
  });

  it('is incomplete when the first charge is refused or wants the customer, or is not made at all', async () => {
    expect((await subscribe('pm_card_chargeCustomerFail')).status).toBe('incomplete');
    const challenged = await subscribe('pm_card_authenticationRequired');
    expect(challenged.status).toBe('incomplete');
    expect(told()).toContain('invoice.payment_action_required');
    const customer = await customerWith('pm_card_chargeCustomerFail');
    await expect(tried.stripe.subscriptions.create({ customer, items: [{ price: price.id }], payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ type: 'StripeCardError' });
    expect((await tried.stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
  });

  it('is free for its trial and charged at its end', async () => {
    const subscription = await subscribe('pm_card_visa', { trial_period_days: 14 });
    expect(subscription.status).toBe('trialing');
    expect(await tried.stripe.invoices.retrieve(String(subscription.latest_invoice))).toMatchObject({ amount_due: 0, status: 'paid' });
    tried.sandbox.clock.move(new Date('2030-02-15T00:00:00Z'));
    const after = await read(subscription);
    expect(after.status).toBe('active');
    expect(invoiceOf(after).amount_paid).toBe(4000);
    expect(periodOf(after)).toEqual(['2030-02-14T12:00:00.000Z', '2030-03-14T12:00:00.000Z']);
  });

  it('charges nothing while its collection is paused', async () => {
    const subscription = await subscribe('pm_card_visa');
    const resumes = new Date('2030-03-15T00:00:00Z').getTime() / 1000;
    await tried.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void', resumes_at: resumes } });
    tried.sandbox.clock.move(new Date('2030-03-01T00:00:00Z'));
    expect(invoiceOf(await read(subscription)).status).toBe('void');
    tried.sandbox.clock.move(new Date('2030-04-01T00:00:00Z'));
    const after = await read(subscription);
    expect(after.pause_collection).toBeNull();
    expect(invoiceOf(after).status).toBe('paid');
  });

  it('changes its price from the next period on, and refuses to prorate', async () => {
    const subscription = await subscribe('pm_card_visa');
    const dearer = await tried.stripe.prices.create({ currency: 'usd', unit_amount: 5000, recurring: { interval: 'month' }, product_data: { name: 'Max' } });
    const items = [{ id: subscription.items.data[0]?.id, price: dearer.id, quantity: 1 }];
    await expect(tried.stripe.subscriptions.update(subscription.id, { items })).rejects.toMatchObject({ param: 'proration_behavior' });
    await tried.stripe.subscriptions.update(subscription.id, { items, proration_behavior: 'none' });
    tried.sandbox.clock.move(new Date('2030-03-01T00:00:00Z'));
    expect(invoiceOf(await read(subscription)).amount_paid).toBe(5000);
  });

  it('takes a bank debit as paid until it comes back', async () => {
    const { stripe } = tried;
    const customer = await stripe.customers.create({ email: 'buyer@demo.example' });
    const account = await stripe.setupIntents.create({
      customer: customer.id,
      confirm: true,
      allowed_payment_method_types: ['us_bank_account'],
      payment_method_data: { type: 'us_bank_account', us_bank_account: { routing_number: '110000000', account_number: '000222222227', account_holder_type: 'individual' }, billing_details: { name: 'Demo Buyer', email: 'buyer@demo.example' } },
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      use_stripe_sdk: true,
    });
    const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], default_payment_method: String(account.payment_method) });
    expect(subscription.status).toBe('active');
    tried.sandbox.clock.move(new Date(tried.sandbox.clock.now().getTime() + 60_000));
    expect((await read(subscription)).status).toBe('past_due');
  });
});
