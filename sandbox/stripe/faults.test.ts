import { describe, expect, it } from 'vitest';
import { startStripeSandbox } from './server';
import { clientFor, refusal, useSandbox } from './test-client';

const held = useSandbox();
const match = { method: 'POST', path: '^/v1/customers$' };
const customers = () => held.sandbox.state().customer ?? 0;
const patient = () => clientFor(held.sandbox, { maxNetworkRetries: 2, timeout: 300 });

describe('faults', () => {
  it.each(['error_503', 'error_429', 'cut_before'] as const)('%s: nothing was done', async (fault) => {
    const before = customers();
    // The SDK sends a request again on a connection that was closed, even when it is to try once.
    held.sandbox.faults.add({ match, fault, times: fault === 'cut_before' ? 2 : 1 });
    const error = await refusal(held.stripe.customers.create());
    expect(error.type).toBe({ error_503: 'StripeAPIError', error_429: 'StripeRateLimitError', cut_before: 'StripeConnectionError' }[fault]);
    expect(customers()).toBe(before);
    expect(held.sandbox.faults.waiting()).toEqual([]);
  });

  it.each(['timeout_before', 'timeout_after'] as const)('%s: no answer comes', async (fault) => {
    const before = customers();
    held.sandbox.faults.add({ match, fault });
    const error = await refusal(clientFor(held.sandbox, { timeout: 200 }).customers.create());
    expect(error.type).toBe('StripeConnectionError');
    expect(customers()).toBe(before + (fault === 'timeout_after' ? 1 : 0));
  });

  it.concurrent.each(['error_503', 'timeout_before', 'timeout_after', 'cut_before', 'cut_after'] as const)('%s twice: a client that tries again acts once', async (fault) => {
    const own = await startStripeSandbox();
    own.faults.add({ match, fault, times: 2 });
    const patient = clientFor(own, { maxNetworkRetries: 2, timeout: 300 });
    expect((await patient.customers.create({ name: fault })).name).toBe(fault);
    expect(own.state().customer).toBe(1);
    expect(own.requests().map(({ status }) => status)).toEqual(fault.endsWith('_after') ? [200, 200, 200] : [fault === 'error_503' ? 503 : 0, fault === 'error_503' ? 503 : 0, 200]);
    await own.close();
  });

  it('keeps an error of its own for the key, as Stripe does', async () => {
    held.sandbox.faults.add({ match, fault: 'error_500' });
    const create = () => patient().customers.create({ name: 'Unlucky' }, { idempotencyKey: 'unlucky' });
    const before = held.sandbox.requests().length;
    expect(await refusal(create())).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    expect(await refusal(create())).toMatchObject({ statusCode: 500 });
    // The header `stripe-should-retry: false` keeps the client from trying in vain.
    expect(held.sandbox.requests().slice(before)).toHaveLength(2);
    expect(await patient().customers.create({ name: 'Unlucky' }, { idempotencyKey: 'another' })).toMatchObject({ name: 'Unlucky' });
  });

  it('may fail after it has acted', async () => {
    const before = customers();
    held.sandbox.faults.add({ match, fault: 'error_500_after' });
    expect(await refusal(held.stripe.customers.create({ name: 'Acted' }, { idempotencyKey: 'acted' }))).toMatchObject({ statusCode: 500 });
    expect(customers()).toBe(before + 1);
  });

  it('meets only what it is meant for', async () => {
    held.sandbox.faults.add({ match: { method: 'GET', path: '/v1/refunds' }, fault: 'error_503' });
    expect(await held.stripe.customers.create()).toMatchObject({ object: 'customer' });
    await refusal(held.stripe.refunds.list());
    held.sandbox.faults.add({ match: {}, fault: 'error_503', times: 5 });
    held.sandbox.faults.clear();
    expect(await held.stripe.customers.create()).toMatchObject({ object: 'customer' });
  });
});
