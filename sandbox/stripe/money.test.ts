import fc from 'fast-check';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { cardFee, debitFee } from './amounts';
import { refusal, useSandbox } from './test-client';

const held = useSandbox({ settleAfter: 24 * 3_600_000 });

async function paid(payment_method: string, amount = 10_000): Promise<{ intent: Stripe.PaymentIntent; charge: string }> {
  const intent = await held.stripe.paymentIntents.create({ amount, currency: 'usd', allowed_payment_method_types: ['card'], payment_method, confirm: true });
  return { intent, charge: String(intent.latest_charge) };
}
const movementsOf = async (source: string) => (await held.stripe.balanceTransactions.list({ source })).data.map(({ type, amount, fee, net }) => ({ type, amount, fee, net })).reverse();
const typesSince = (count: number) => held.sandbox.events().slice(count).map(({ type }) => type);

describe('fees', () => {
  it('are whole, and never more than an amount that may be charged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 99_999_999 }), (amount) => {
        expect(Number.isSafeInteger(cardFee(amount))).toBe(true);
        expect(Math.abs(cardFee(amount) - 30 - (amount * 29) / 1_000)).toBeLessThanOrEqual(0.5);
        expect(cardFee(amount)).toBeLessThan(amount);
        expect(debitFee(amount)).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('capture', () => {
  it('holds an amount and takes it, or less, later', async () => {
    const { stripe } = held;
    const hold = () => stripe.paymentIntents.create({ amount: 5_000, currency: 'usd', allowed_payment_method_types: ['card'], payment_method: 'pm_card_visa', capture_method: 'manual', confirm: true });
    const intent = await hold();
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 5_000, amount_received: 0 });
    expect(await refusal(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 5_001 }))).toMatchObject({ code: 'amount_too_large' });
    expect(await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 3_000 })).toMatchObject({ status: 'succeeded', amount_received: 3_000 });
    expect(await movementsOf(String(intent.latest_charge))).toEqual([{ type: 'charge', amount: 3_000, fee: 117, net: 2_883 }]);
    const released = await hold();
    expect(await stripe.paymentIntents.cancel(released.id, { cancellation_reason: 'abandoned' })).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await movementsOf(String(released.latest_charge))).toEqual([]);
  });
});

describe('payment intents in the wrong state', () => {
  it('say so, and carry the intent', async () => {
    const { stripe } = held;
    const { intent } = await paid('pm_card_visa');
    const wrong = { statusCode: 400, code: 'payment_intent_unexpected_state', payment_intent: { id: intent.id } };
    expect(await refusal(stripe.paymentIntents.confirm(intent.id))).toMatchObject(wrong);
    expect(await refusal(stripe.paymentIntents.cancel(intent.id))).toMatchObject(wrong);
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject(wrong);
    expect(await refusal(stripe.paymentIntents.update(intent.id, { amount: 5 }))).toMatchObject(wrong);
    expect(await stripe.paymentIntents.update(intent.id, { metadata: { note: 'late' } })).toMatchObject({ metadata: { note: 'late' } });
  });

  it('are not made when they cannot be confirmed', async () => {
    const { stripe, sandbox } = held;
    const before = sandbox.state();
    await refusal(stripe.paymentIntents.create({ amount: 900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true }));
    await refusal(stripe.paymentIntents.create({ amount: 900, currency: 'usd', allowed_payment_method_types: ['card'], confirm: true }));
    await refusal(stripe.setupIntents.create({ allowed_payment_method_types: ['us_bank_account'], payment_method: 'pm_usBankAccount_success', confirm: true }));
    expect(sandbox.state()).toMatchObject({ payment_intent: before.payment_intent, event: before.event });
  });

  it('are confirmed again with another card after a decline', async () => {
    const { stripe } = held;
    const intent = await stripe.paymentIntents.create({ amount: 900, currency: 'usd', allowed_payment_method_types: ['card'] });
    expect(await refusal(stripe.paymentIntents.confirm(intent.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(await refusal(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' }))).toMatchObject({ code: 'card_declined' });
    expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'succeeded', last_payment_error: null });
    const { data } = await stripe.charges.list({ payment_intent: intent.id });
    expect(data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  it('refuse the payment method of another customer', async () => {
    const { stripe } = held;
    const [one, other] = [await stripe.customers.create(), await stripe.customers.create()];
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: one.id });
    expect(await refusal(stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: other.id, payment_method: method.id }))).toMatchObject({ statusCode: 400, param: 'payment_method' });
    expect(await refusal(stripe.paymentMethods.attach(method.id, { customer: other.id }))).toMatchObject({ code: 'payment_method_unexpected_state' });
    await stripe.paymentMethods.detach(method.id);
    expect(await refusal(stripe.paymentMethods.attach(method.id, { customer: other.id }))).toMatchObject({ code: 'payment_method_unexpected_state' });
  });
});

describe('refunds', () => {
  it('give back in parts, never more than was paid', async () => {
    const { stripe, sandbox } = held;
    const { intent, charge } = await paid('pm_card_visa');
    const before = sandbox.events().length;
    const first = await stripe.refunds.create({ payment_intent: intent.id, amount: 4_000, reason: 'requested_by_customer' });
    expect(first).toMatchObject({ status: 'succeeded', amount: 4_000, charge });
    expect(typesSince(before)).toEqual(['charge.refunded', 'refund.created']);
    expect(await refusal(stripe.refunds.create({ charge, amount: 6_001 }))).toMatchObject({ statusCode: 400, param: 'amount', message: 'Refund amount ($60.01) is greater than unrefunded amount on charge ($60.00)' });
    expect(await stripe.refunds.create({ charge })).toMatchObject({ amount: 6_000 });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: true, amount_refunded: 10_000 });
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
    expect(await movementsOf(first.id)).toEqual([{ type: 'refund', amount: -4_000, fee: 0, net: -4_000 }]);
    expect((await stripe.refunds.list({ charge })).data.map(({ amount }) => amount)).toEqual([6_000, 4_000]);
  });

  it('succeed later with the card for that', async () => {
    const { stripe, sandbox } = held;
    const refund = await stripe.refunds.create({ charge: (await paid('pm_card_pendingRefund')).charge });
    expect(refund.status).toBe('pending');
    sandbox.refunds.settle(refund.id);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
  });

  it('fail later with the card for that, and the money is back', async () => {
    const { stripe, sandbox } = held;
    const { charge } = await paid('pm_card_refundFail');
    const refund = await stripe.refunds.create({ charge });
    expect(refund.status).toBe('succeeded');
    const before = sandbox.events().length;
    sandbox.refunds.settle(refund.id);
    expect(await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] })).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card', failure_balance_transaction: { amount: 10_000, type: 'refund_failure' } });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: false, amount_refunded: 0 });
    expect(typesSince(before)).toContain('refund.failed');
  });

  it('are refused for what was never paid', async () => {
    const { stripe } = held;
    const intent = await stripe.paymentIntents.create({ amount: 900, currency: 'usd' });
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ statusCode: 400 });
    expect(await refusal(stripe.refunds.create({}))).toMatchObject({ code: 'parameter_missing' });
  });
});

describe('disputes', () => {
  const disputeOf = async (charge: string) => (await held.stripe.disputes.list({ charge })).data[0]!;

  it('take the amount and a fee, and stop refunds', async () => {
    const { stripe, sandbox } = held;
    const before = sandbox.events().length;
    const { charge } = await paid('pm_card_createDispute');
    expect(typesSince(before)).toEqual(expect.arrayContaining(['charge.succeeded', 'charge.dispute.created', 'charge.dispute.funds_withdrawn']));
    const dispute = await disputeOf(charge);
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 10_000, balance_transactions: [{ type: 'adjustment', reporting_category: 'dispute', amount: -10_000, fee: 1_500, net: -11_500 }] });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ disputed: true });
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({ code: 'charge_disputed' });
  });

  it.each([
    ['winning_evidence', 'won', 0],
    ['losing_evidence', 'lost', -11_500],
  ])('with %s are %s', async (uncategorized_text, status, net) => {
    const { stripe, sandbox } = held;
    const { charge } = await paid('pm_card_createDisputeProductNotReceived');
    const { id } = await disputeOf(charge);
    expect(await stripe.disputes.update(id, { evidence: { uncategorized_text } })).toMatchObject({ status: 'under_review' });
    sandbox.clock.move(new Date(sandbox.clock.now().getTime() + 25 * 3_600_000));
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ status, reason: 'product_not_received' });
    const movements = await movementsOf(id);
    expect(movements.reduce((sum, movement) => sum + movement.net, 0)).toBe(net);
  });

  it('are lost by giving in, and by the control', async () => {
    const { stripe, sandbox } = held;
    const [one, other] = [await paid('pm_card_visa'), await paid('pm_card_visa')];
    const given = sandbox.disputes.open(one.charge, 'general');
    expect(await stripe.disputes.close(given)).toMatchObject({ status: 'lost' });
    const fought = sandbox.disputes.open(other.charge);
    sandbox.disputes.close(fought, 'won');
    expect(await stripe.disputes.retrieve(fought)).toMatchObject({ status: 'won' });
    expect(() => sandbox.disputes.close(fought, 'lost')).toThrow('already closed');
  });

  it('that only ask take no money', async () => {
    const { stripe } = held;
    const { charge } = await paid('pm_card_createDisputeInquiry');
    const inquiry = await disputeOf(charge);
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [], is_charge_refundable: true });
    expect(await stripe.refunds.create({ charge })).toMatchObject({ status: 'succeeded' });
  });

  it('may be warned of', async () => {
    const { charge } = await paid('pm_card_createIssuerFraudRecord');
    expect((await held.stripe.radar.earlyFraudWarnings.list({ charge })).data).toHaveLength(1);
  });
});

describe('the balance', () => {
  it('is the sum of its movements', async () => {
    const { stripe } = held;
    const net: number[] = [];
    for await (const movement of stripe.balanceTransactions.list({ limit: 50, currency: 'usd' })) net.push(movement.net);
    const { available, pending } = await stripe.balance.retrieve();
    expect([...available, ...pending].reduce((sum, { amount }) => sum + amount, 0)).toBe(net.reduce((sum, amount) => sum + amount, 0));
  });

  it('is available after two days', async () => {
    const { stripe, sandbox } = held;
    const { charge } = await paid('pm_card_visa', 7_000);
    const movement = async () => (await stripe.balanceTransactions.list({ source: charge })).data[0]!;
    expect((await movement()).status).toBe('pending');
    sandbox.clock.move(new Date(((await movement()).available_on + 1) * 1_000));
    expect((await movement()).status).toBe('available');
  });
});
