import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { cardFailures } from './declines';
import { refusal, useSandbox } from './test-client';
import { testBankAccounts, testCards, type TestCard } from './test-cards';

const held = useSandbox({ settleAfter: 60_000 });

const withCard = (card: TestCard): Stripe.PaymentIntentCreateParams => ({
  amount: 2_000,
  currency: 'usd',
  allowed_payment_method_types: ['card'],
  payment_method_data: { type: 'card', card: { number: card.number, exp_month: 12, exp_year: 2040, cvc: card.brand === 'amex' ? '1234' : '123' } } as Stripe.PaymentIntentCreateParams.PaymentMethodData,
  confirm: true,
});

const named = testCards.flatMap((card) => card.names.map((name) => [`pm_card_${name}`, card] as const));
const challenged = testCards.filter(({ authentication }) => authentication === 'always' || authentication === 'unless_set_up' || authentication === 'on_session');
const declinedAtOnce = testCards.filter((card) => card.decline && !card.authentication);
const paidAtOnce = testCards.filter((card) => !card.decline && !challenged.includes(card) && card.authentication !== 'failing');

async function customerWith(card: TestCard): Promise<{ customer: string; payment_method: string }> {
  const { stripe } = held;
  const customer = await stripe.customers.create();
  const method = await stripe.paymentMethods.create({ type: 'card', card: { number: card.number, exp_month: 12, exp_year: 2040 } });
  await stripe.paymentMethods.attach(method.id, { customer: customer.id });
  return { customer: customer.id, payment_method: method.id };
}

const offSession = (paid: { customer: string; payment_method: string }): Stripe.PaymentIntentCreateParams => ({ ...paid, amount: 2_000, currency: 'usd', allowed_payment_method_types: ['card'], off_session: true, confirm: true });
const cardNumbered = (number: string): TestCard => testCards.find((card) => card.number === number)!;

describe('test cards', () => {
  it.each(paidAtOnce.map((card) => [card.number, card] as const))('%s pays at once', async (_, card) => {
    const intent = await held.stripe.paymentIntents.create({ ...withCard(card), expand: ['latest_charge.balance_transaction', 'payment_method'] });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2_000, last_payment_error: null });
    expect(charge).toMatchObject({ status: 'succeeded', paid: true, captured: true, payment_method_details: { card: { brand: card.brand, country: card.country, funding: card.funding, last4: card.number.slice(-4) } } });
    expect(charge.balance_transaction).toMatchObject({ amount: 2_000, fee: 88, net: 1_912, type: 'charge', status: card.bypassesPending ? 'available' : 'pending' });
  });

  it.each(declinedAtOnce.map((card) => [card.number, card] as const))('%s is declined', async (_, card) => {
    const { code, decline_code, message } = cardFailures[card.decline!];
    const error = await refusal(held.stripe.paymentIntents.create(withCard(card)));
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, message, decline_code: decline_code ?? '' });
    const intent = await held.stripe.paymentIntents.retrieve(error.payment_intent!.id, { expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null, last_payment_error: { code, payment_method: { card: { last4: card.number.slice(-4) } } } });
    expect(intent.latest_charge).toMatchObject({ status: 'failed', paid: false, failure_code: code });
  });

  it.each(challenged.map((card) => [card.number, card] as const))('%s wants the customer there, and pays or declines after', async (_, card) => {
    const intent = await held.stripe.paymentIntents.create(withCard(card));
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    held.sandbox.payments.finishChallenge(intent.id, 'complete');
    const after = await held.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    if (card.decline) expect(after).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: cardFailures[card.decline].code } });
    else expect(after).toMatchObject({ status: 'succeeded', next_action: null, latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } } });
  });

  it.each(named)('%s stands for its card', async (id, card) => {
    const method = await held.stripe.paymentMethods.retrieve(id);
    expect(method.card).toMatchObject({ brand: card.brand, last4: card.number.slice(-4) });
    expect(method.id).not.toBe(id);
  });

  it('fails a payment whose customer fails the challenge', async () => {
    const intent = await held.stripe.paymentIntents.create(withCard(cardNumbered('4000000000003220')));
    held.sandbox.payments.finishChallenge(intent.id, 'fail');
    const after = await held.stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'payment_intent_authentication_failure' }, latest_charge: null });
  });

  it('gives one number one fingerprint', async () => {
    const make = (number: string) => held.stripe.paymentMethods.create({ type: 'card', card: { number, exp_month: 1, exp_year: 2040 } });
    const [one, same, other] = [await make('4242424242424242'), await make('4242 4242 4242 4242'), await make('5555555555554444')];
    expect(one.card?.fingerprint).toBe(same.card?.fingerprint);
    expect(one.card?.fingerprint).not.toBe(other.card?.fingerprint);
  });

  it.each([
    [{ number: '4242424242424241' }, 'incorrect_number', 'number'],
    [{ exp_month: 13 }, 'invalid_expiry_month', 'exp_month'],
    [{ exp_year: 1995 }, 'invalid_expiry_year', 'exp_year'],
    [{ cvc: '99' }, 'invalid_cvc', 'cvc'],
  ])('refuses the card %o', async (wrong, code, param) => {
    const error = await refusal(held.stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123', ...wrong } }));
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, param });
  });

  it('refuses a card that is no test card', async () => {
    const error = await refusal(held.stripe.paymentMethods.create({ type: 'card', card: { number: '4000000000000051', exp_month: 12, exp_year: 2040 } }));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'test_mode_live_card' });
  });

  it('declines a card whose authentication cannot be performed', async () => {
    expect(await refusal(held.stripe.paymentIntents.create(withCard(cardNumbered('4000008400001280'))))).toMatchObject({ code: 'card_declined' });
  });

  it.each([
    ['4000000000003055', 'requires_action'],
    ['4242424242424242', 'succeeded'],
  ])('asks %s for 3D Secure where the seller wants it: %s', async (number, status) => {
    const intent = await held.stripe.paymentIntents.create({ ...withCard(cardNumbered(number)), payment_method_options: { card: { request_three_d_secure: 'any' } } });
    expect(intent.status).toBe(status);
  });
});

describe('saved cards', () => {
  it.each(declinedAtOnce.filter((card) => !card.canBeAttached).map((card) => [card.number, card] as const))('%s cannot be saved', async (_, card) => {
    const error = await refusal(customerWith(card));
    expect(error).toMatchObject({ statusCode: 402, code: cardFailures[card.decline!].code });
  });

  it('saves a card that is declined when charged', async () => {
    const error = await refusal(held.stripe.paymentIntents.create(offSession(await customerWith(cardNumbered('4000000000000341')))));
    expect(error).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline', payment_intent: { status: 'requires_payment_method' } });
  });

  it.each(['4000002500003155', '4000002760003184', '4000000000003220'])('%s is not charged off session without a setup', async (number) => {
    const error = await refusal(held.stripe.paymentIntents.create(offSession(await customerWith(cardNumbered(number)))));
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code: 'authentication_required', decline_code: 'authentication_required', payment_intent: { status: 'requires_payment_method' } });
  });

  it.each([
    ['4000002500003155', 'succeeded'],
    ['4000002760003184', 'authentication_required'],
    ['4000008260003178', 'card_declined'],
  ])('%s after a setup: %s', async (number, expected) => {
    const { stripe, sandbox } = held;
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.create({ type: 'card', card: { number, exp_month: 12, exp_year: 2040 } });
    const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: method.id, allowed_payment_method_types: ['card'], confirm: true });
    expect(setup.status).toBe('requires_action');
    sandbox.payments.finishChallenge(setup.id, 'complete');
    expect(await stripe.setupIntents.retrieve(setup.id, { expand: ['payment_method'] })).toMatchObject({ status: 'succeeded', payment_method: { customer: customer.id } });
    const charged = stripe.paymentIntents.create(offSession({ customer: customer.id, payment_method: method.id }));
    if (expected === 'succeeded') expect(await charged).toMatchObject({ status: 'succeeded' });
    else expect(await refusal(charged)).toMatchObject({ code: expected });
  });

  it('keeps the card of a payment that was to be kept, and charges it off session', async () => {
    const { stripe, sandbox } = held;
    const customer = await stripe.customers.create();
    const first = await stripe.paymentIntents.create({ ...withCard(cardNumbered('4000002500003155')), customer: customer.id, setup_future_usage: 'off_session' });
    sandbox.payments.finishChallenge(first.id, 'complete');
    const [saved] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    expect(await stripe.paymentIntents.create(offSession({ customer: customer.id, payment_method: saved!.id }))).toMatchObject({ status: 'succeeded' });
  });

  it('charges 4000003800000446 off session without a setup', async () => {
    expect(await held.stripe.paymentIntents.create(offSession(await customerWith(cardNumbered('4000003800000446'))))).toMatchObject({ status: 'succeeded' });
  });

  it('uses a card once that belongs to nobody', async () => {
    const { stripe } = held;
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    const pay = () => stripe.paymentIntents.create({ amount: 500, currency: 'eur', allowed_payment_method_types: ['card'], payment_method: method.id, confirm: true });
    expect(await pay()).toMatchObject({ status: 'succeeded' });
    expect(await refusal(pay())).toMatchObject({ statusCode: 400, code: 'payment_method_unexpected_state' });
  });
});

describe('bank accounts', () => {
  const mandate_data = { customer_acceptance: { type: 'online' as const, online: { ip_address: '127.0.0.1', user_agent: 'test' } } };
  const debit = (number: string): Stripe.PaymentIntentCreateParams => ({
    amount: 10_000,
    currency: 'usd',
    allowed_payment_method_types: ['us_bank_account'],
    payment_method_data: { type: 'us_bank_account', us_bank_account: { account_number: number, routing_number: '110000000', account_holder_type: 'individual' }, billing_details: { name: 'Demo Buyer' } },
    mandate_data,
    confirm: true,
  });
  const failing = testBankAccounts.filter(({ outcome }) => !['succeeds', 'stays', 'disputed', 'blocked', 'microdeposits_fail'].includes(outcome));

  it('pays once the bank has answered', async () => {
    const intent = await held.stripe.paymentIntents.create({ ...debit('000123456789'), expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'processing', latest_charge: { status: 'pending', paid: false, balance_transaction: null } });
    held.sandbox.payments.settle(intent.id);
    const after = await held.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction'] });
    expect(after).toMatchObject({ status: 'succeeded', amount_received: 10_000, latest_charge: { paid: true, balance_transaction: { type: 'payment', fee: 80, net: 9_920 } } });
  });

  it.each(failing.map(({ number, outcome }) => [number, outcome] as const))('%s comes back: %s', async (number) => {
    const intent = await held.stripe.paymentIntents.create(debit(number));
    expect(intent.status).toBe('processing');
    held.sandbox.payments.settle(intent.id);
    const after = await held.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(after.status).toBe('requires_payment_method');
    expect((after.latest_charge as Stripe.Charge).failure_code).toBe(after.last_payment_error?.code);
  });

  it('disputes 000555555559 after it paid', async () => {
    const intent = await held.stripe.paymentIntents.create(debit('000555555559'));
    held.sandbox.payments.settle(intent.id);
    const { data } = await held.stripe.disputes.list({ payment_intent: intent.id });
    expect(data).toHaveLength(1);
  });

  it('wants a mandate', async () => {
    const { mandate_data: _, ...without } = debit('000123456789');
    expect(await refusal(held.stripe.paymentIntents.create(without))).toMatchObject({ statusCode: 400, code: 'payment_intent_mandate_invalid' });
  });

  it('keeps the mandate of a setup for later debits', async () => {
    const { stripe } = held;
    const customer = await stripe.customers.create();
    const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_usBankAccount_success', allowed_payment_method_types: ['us_bank_account'], mandate_data, confirm: true, expand: ['mandate'] });
    expect(setup).toMatchObject({ status: 'succeeded', mandate: { status: 'active' } });
    const later = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd', customer: customer.id, payment_method: String(setup.payment_method), allowed_payment_method_types: ['us_bank_account'], off_session: true, confirm: true });
    expect(later.status).toBe('processing');
  });

  it('verifies an account by small deposits where the seller wants it', async () => {
    const { stripe } = held;
    const begin = (number = '000123456789') => stripe.paymentIntents.create({ ...debit(number), payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } } });
    const intent = await begin();
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'verify_with_microdeposits' } });
    expect(await refusal(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }))).toMatchObject({ code: 'payment_method_microdeposit_verification_amounts_mismatch' });
    expect(await stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] })).toMatchObject({ status: 'processing' });
    const other = await begin();
    expect(await refusal(stripe.paymentIntents.verifyMicrodeposits(other.id, { descriptor_code: 'SM33CC' }))).toMatchObject({ code: 'payment_method_microdeposit_verification_attempts_exceeded', payment_intent: { status: 'requires_payment_method' } });
    const failing = await begin('000666666661');
    expect(await refusal(stripe.paymentIntents.verifyMicrodeposits(failing.id, { amounts: [32, 45] }))).toMatchObject({ code: 'payment_method_microdeposit_failed' });
  });

  it('saves an account that was verified', async () => {
    const { stripe } = held;
    const setup = await stripe.setupIntents.create({
      payment_method: 'pm_usBankAccount_success',
      allowed_payment_method_types: ['us_bank_account'],
      payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
      mandate_data,
      confirm: true,
    });
    const url = setup.next_action!.verify_with_microdeposits!.hosted_verification_url;
    expect(await (await fetch(`${url}&locale=zh`)).text()).toContain('验证银行账户');
    const answer = (first: string, second: string) => fetch(url, { method: 'POST', body: new URLSearchParams([['amount', first], ['amount', second]]) }).then((response) => response.text());
    expect(await answer('1', '2')).toContain('do not match');
    await answer('32', '45');
    expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({ status: 'succeeded' });
  });
});
