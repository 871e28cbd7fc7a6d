import { describe, expect, it } from 'vitest';
import { refusal, useSandbox } from './test-client';

const held = useSandbox({ settleAfter: 3_600_000 });

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${held.sandbox.url}/_control${path}`, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

describe('controls over HTTP', () => {
  it('look in, add faults and clear them', async () => {
    const { stripe } = held;
    await stripe.customers.create();
    expect(await control('POST', '/faults', { match: { path: '/v1/customers' }, fault: 'error_503', times: 2 })).toMatchObject({ status: 200 });
    await refusal(stripe.customers.create());
    expect((await control('GET', '/state')).answer).toMatchObject({ counts: { customer: 1 }, faults: [{ fault: 'error_503', times: 1 }] });
    await control('DELETE', '/faults');
    expect(await stripe.customers.create()).toMatchObject({ object: 'customer' });
    expect((await control('GET', '/requests')).answer).toEqual(expect.arrayContaining([expect.objectContaining({ method: 'POST', path: '/v1/customers', status: 503, fault: 'error_503' })]));
  });

  it('dispute a charge, decide it, and fail a refund', async () => {
    const { stripe } = held;
    const intent = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd', payment_method: 'pm_card_visa', allowed_payment_method_types: ['card'], confirm: true });
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 1_000 });
    await control('POST', `/refunds/${refund.id}/fail`, {});
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' });
    const { answer } = await control('POST', `/charges/${String(intent.latest_charge)}/dispute`, { reason: 'duplicate' });
    const { dispute } = answer as { dispute: string };
    await control('POST', `/disputes/${dispute}/close`, { result: 'won' });
    expect(await stripe.disputes.retrieve(dispute)).toMatchObject({ status: 'won', reason: 'duplicate', amount: 5_000 });
  });

  it('settle a debit, fail another, and pass a challenge', async () => {
    const { stripe } = held;
    const debit = () =>
      stripe.paymentIntents.create({ amount: 5_000, currency: 'usd', payment_method: 'pm_usBankAccount_processing', mandate_data: { customer_acceptance: { type: 'offline' } }, allowed_payment_method_types: ['us_bank_account'], confirm: true });
    const [one, other] = [await debit(), await debit()];
    await control('POST', `/payments/${one.id}/settle`, {});
    await control('POST', `/payments/${other.id}/settle`, { outcome: 'insufficient_funds' });
    expect(await stripe.paymentIntents.retrieve(one.id)).toMatchObject({ status: 'succeeded' });
    expect(await stripe.paymentIntents.retrieve(other.id)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'insufficient_funds' } });
    const challenged = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd', payment_method: 'pm_card_authenticationRequired', allowed_payment_method_types: ['card'], confirm: true });
    await control('POST', `/payments/${challenged.id}/challenge`, { outcome: 'complete' });
    expect(await stripe.paymentIntents.retrieve(challenged.id)).toMatchObject({ status: 'succeeded' });
  });

  it('move the clock and hold webhooks', async () => {
    const now = new Date(Date.now() + 86_400_000).toISOString();
    await control('POST', '/clock', { now });
    expect((await control('GET', '/state')).answer).toMatchObject({ now });
    expect((await control('POST', '/clock', { now: '2020-01-01T00:00:00Z' })).status).toBe(400);
    await control('POST', '/clock', { now: null });
    expect((await control('POST', '/webhooks', { mode: 'hold' })).status).toBe(200);
    expect((await control('GET', '/webhooks/pending')).answer).toEqual([]);
  });

  it('say what is wrong', async () => {
    expect(await control('POST', '/faults', { match: {}, fault: 'fire' })).toMatchObject({ status: 400, answer: { error: expect.stringContaining('fault') } });
    expect(await control('POST', '/colours', {})).toMatchObject({ status: 404 });
    expect(await control('POST', '/disputes/du_none/close', { result: 'won' })).toMatchObject({ status: 404 });
  });

  it('refuse what a page of another origin could send', async () => {
    const response = await fetch(`${held.sandbox.url}/_control/reset`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
    expect(response.status).toBe(415);
  });
});
