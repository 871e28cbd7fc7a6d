import { describe, expect, it } from 'vitest';
import { startStripeSandbox } from './server';
import { clientFor, refusal, useSandbox } from './test-client';

const held = useSandbox();

const ask = (path: string, { key = held.sandbox.secretKey, method = 'GET', body }: { key?: string; method?: string; body?: string } = {}) =>
  fetch(`http://127.0.0.1:${held.sandbox.port}${path}`, { method, body, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' } });
const errorOf = async (response: Response) => ((await response.json()) as { error: Record<string, unknown> }).error;

describe('keys', () => {
  it('refuses a request without a key, and one with another', async () => {
    const without = await fetch(`${held.sandbox.url}/v1/customers`);
    expect(without.status).toBe(401);
    expect(await errorOf(without)).toMatchObject({ type: 'invalid_request_error', message: expect.stringContaining('You did not provide an API key') });
    const other = await ask('/v1/customers', { key: 'sk_test_somebodyelse1' });
    expect(other.status).toBe(401);
    expect(await errorOf(other)).toMatchObject({ message: 'Invalid API Key provided: sk_test_*********lse1' });
  });

  it('takes a key by Basic authentication', async () => {
    const authorization = `Basic ${Buffer.from(`${held.sandbox.secretKey}:`).toString('base64')}`;
    expect((await fetch(`${held.sandbox.url}/v1/customers`, { headers: { authorization } })).status).toBe(200);
  });

  it('refuses live keys, at the start and in a request', async () => {
    await expect(startStripeSandbox({ secretKey: 'sk_live_1234567890' })).rejects.toThrow('takes no live keys');
    await expect(startStripeSandbox({ publishableKey: 'pk_live_1234567890' })).rejects.toThrow('takes no live keys');
    const answer = await ask('/v1/customers', { key: 'rk_live_1234567890abcdef' });
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('1234567890');
  });

  it('lets the publishable key do only what Stripe.js may', async () => {
    const key = held.sandbox.publishableKey;
    const refused = await ask('/v1/customers', { key });
    expect(refused.status).toBe(401);
    expect(await errorOf(refused)).toMatchObject({ code: 'secret_key_required' });
    const intent = await held.stripe.paymentIntents.create({ amount: 500, currency: 'usd', description: 'for the browser' });
    expect((await ask(`/v1/payment_intents/${intent.id}`, { key })).status).toBe(400);
    expect((await ask(`/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}x`, { key })).status).toBe(400);
    const seen = (await (await ask(`/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}`, { key })).json()) as Record<string, unknown>;
    expect(seen).toMatchObject({ id: intent.id, status: 'requires_payment_method' });
    expect(seen).not.toHaveProperty('customer');
  });

  it('answers pages of other origins', async () => {
    const preflight = await ask('/v1/payment_methods', { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('answers to names of this machine only', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: held.sandbox.port, path: '/v1/customers', headers: { host: 'rebound.example' } }, (response) => resolve(response.resume().statusCode)).on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});

describe('parameters', () => {
  const refused = async (body: string, path = '/v1/payment_intents') => errorOf(await ask(path, { method: 'POST', body }));

  it.each([
    ['amount=500&currency=usd&colour=red', { code: 'parameter_unknown', param: 'colour', message: 'Received unknown parameter: colour' }],
    ['amount=500&currency=usd&automatic_payment_methods[enabled]=true&automatic_payment_methods[hue]=1', { code: 'parameter_unknown', param: 'automatic_payment_methods[hue]' }],
    ['currency=usd', { code: 'parameter_missing', param: 'amount', message: 'Missing required param: amount.' }],
    ['amount=500&currency=usd&automatic_payment_methods[allow_redirects]=never', { code: 'parameter_missing', param: 'automatic_payment_methods[enabled]' }],
    ['amount=five&currency=usd', { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: five' }],
    ['amount=5.5&currency=usd', { code: 'parameter_invalid_integer', param: 'amount' }],
    ['amount=500&currency=', { code: 'parameter_invalid_empty', param: 'currency' }],
    ['amount=500&currency=usd&confirm=maybe', { message: 'Invalid boolean: maybe', param: 'confirm' }],
    ['amount=500&currency=usd&capture_method=sometimes', { param: 'capture_method', message: 'Invalid capture_method: must be one of automatic, automatic_async, or manual' }],
    ['amount=500&currency=usd&metadata=text', { param: 'metadata', message: 'Invalid object' }],
    ['amount=500&currency=usd&allowed_payment_method_types=card', { param: 'allowed_payment_method_types', message: 'Invalid array' }],
    ['amount=49&currency=usd', { code: 'amount_too_small', param: 'amount', message: 'Amount must be at least $0.50 usd' }],
    ['amount=49&currency=jpy', { code: 'amount_too_small', message: 'Amount must be at least ¥50 jpy' }],
    ['amount=100000000&currency=usd', { code: 'amount_too_large', message: 'Amount must be no more than $999,999.99' }],
    ['amount=500&currency=zzz', { param: 'currency' }],
    ['amount=500&currency=usd&customer=cus_nobody', { code: 'resource_missing', param: 'customer', message: "No such customer: 'cus_nobody'" }],
    ['amount=500&currency=usd&expand[]=colour', { code: 'property_cannot_be_expanded' }],
    ['amount=500&currency=usd&off_session=true', { param: 'off_session' }],
  ])('%s', async (body, expected) => {
    expect(await refused(body)).toMatchObject({ type: 'invalid_request_error', ...expected });
  });

  it('answers unknown addresses as Stripe does', async () => {
    const answer = await ask('/v1/colours');
    expect(answer.status).toBe(404);
    expect(await errorOf(answer)).toMatchObject({ type: 'invalid_request_error', message: expect.stringContaining('Unrecognized request URL (GET: /v1/colours)') });
  });

  it('answers unknown objects with 404 and a link to what was asked', async () => {
    const answer = await ask('/v1/charges/ch_none');
    expect(answer.status).toBe(404);
    const error = await errorOf(answer);
    expect(error).toMatchObject({ code: 'resource_missing', param: 'id', doc_url: 'https://stripe.com/docs/error-codes/resource-missing' });
    const logged = await (await fetch(String(error.request_log_url))).json();
    expect(logged).toMatchObject({ id: answer.headers.get('request-id'), path: '/v1/charges/ch_none', status: 404 });
  });

  it('refuses a body larger than a megabyte', async () => {
    const answer = await ask('/v1/customers', { method: 'POST', body: `description=${'x'.repeat(1_100_000)}` });
    expect(answer.status).toBe(413);
  });

  it('speaks one version', async () => {
    const { stripe, sandbox } = held;
    expect((await stripe.customers.create()).lastResponse.apiVersion).toBe('2026-10-28.endive');
    const older = clientFor(sandbox, { apiVersion: '2020-08-27' as '2026-10-28.endive' });
    expect(await refusal(older.customers.create())).toMatchObject({ statusCode: 400, message: expect.stringContaining('Invalid Stripe API version') });
  });

  it('wants a page to return to where a payment may redirect', async () => {
    const plain = { amount: 500, currency: 'usd', payment_method: 'pm_card_visa', confirm: true };
    expect(await refusal(held.stripe.paymentIntents.create(plain))).toMatchObject({ statusCode: 400, param: 'return_url' });
    expect(await held.stripe.paymentIntents.create({ ...plain, return_url: 'https://portal.example/back' })).toMatchObject({ status: 'succeeded' });
    expect(await held.stripe.paymentIntents.create({ ...plain, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } })).toMatchObject({ status: 'succeeded' });
  });

  it('merges metadata, and removes keys by empty values', async () => {
    const { stripe } = held;
    const { id } = await stripe.customers.create({ metadata: { one: '1', two: '2' } });
    expect((await stripe.customers.update(id, { metadata: { two: '', three: '3' } })).metadata).toEqual({ one: '1', three: '3' });
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
  });

  it('makes a customer with a card, which is the default', async () => {
    const { stripe } = held;
    const customer = await stripe.customers.create({ payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' }, expand: ['invoice_settings.default_payment_method'] });
    expect(customer.invoice_settings.default_payment_method).toMatchObject({ customer: customer.id, card: { last4: '4242' } });
    const { id } = customer.invoice_settings.default_payment_method as { id: string };
    await stripe.paymentMethods.detach(id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ invoice_settings: { default_payment_method: null } });
    expect(await refusal(stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } }))).toMatchObject({ statusCode: 400 });
  });

  it('answers for a deleted customer that it is deleted', async () => {
    const { stripe } = held;
    const { id } = await stripe.customers.create();
    expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true });
    expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
    expect(await refusal(stripe.customers.update(id, { name: 'again' }))).toMatchObject({ code: 'resource_missing' });
  });
});

describe('idempotency', () => {
  it('answers the same key with the same answer', async () => {
    const { stripe, sandbox } = held;
    const before = sandbox.state().customer ?? 0;
    const options = { idempotencyKey: 'same-key' };
    const first = await stripe.customers.create({ name: 'Once', metadata: { a: '1' } }, options);
    const again = await stripe.customers.create({ metadata: { a: '1' }, name: 'Once' }, options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(sandbox.state().customer).toBe(before + 1);
  });

  it('refuses a key for something else', async () => {
    const { stripe } = held;
    const options = { idempotencyKey: 'one-use' };
    const { id } = await stripe.customers.create({ name: 'One' }, options);
    expect(await refusal(stripe.customers.create({ name: 'Other' }, options))).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400, message: expect.stringContaining('same parameters') });
    expect(await refusal(stripe.customers.update(id, { name: 'One' }, options))).toMatchObject({ type: 'StripeIdempotencyError', message: expect.stringContaining('same endpoint') });
  });

  it('keeps the answer of a card that was declined', async () => {
    const pay = () => held.stripe.paymentIntents.create({ amount: 500, currency: 'usd', allowed_payment_method_types: ['card'], payment_method: 'pm_card_chargeDeclined', confirm: true }, { idempotencyKey: 'declined' });
    const [first, again] = [await refusal(pay()), await refusal(pay())];
    expect(again.payment_intent?.id).toBe(first.payment_intent?.id);
  });

  it('forgets a key whose parameters were wrong', async () => {
    const options = { idempotencyKey: 'mistyped' };
    await refusal(held.stripe.customers.create({ colour: 'red' } as object, options));
    expect(await held.stripe.customers.create({ name: 'Right' }, options)).toMatchObject({ name: 'Right' });
  });

  it('refuses a key while its first request is under way', async () => {
    const { stripe, sandbox } = held;
    sandbox.faults.add({ match: { method: 'POST', path: '/v1/customers$' }, fault: 'slow' });
    const create = () => stripe.customers.create({ name: 'Slow' }, { idempotencyKey: 'twice-at-once' });
    const outcomes = await Promise.allSettled([create(), create()]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map((outcome) => outcome.reason)).toEqual([expect.objectContaining({ statusCode: 409, code: 'idempotency_key_in_use' })]);
    expect((await create()).name).toBe('Slow');
  });
});

describe('lists', () => {
  it('pages through everything in both directions, newest first', async () => {
    const { stripe } = held;
    const email = 'many@portal.example';
    const made: string[] = [];
    for (let count = 0; count < 13; count++) made.push((await stripe.customers.create({ email })).id);
    const newestFirst = [...made].reverse();
    const found: string[] = [];
    for await (const { id } of stripe.customers.list({ email, limit: 5 })) found.push(id);
    expect(found).toEqual(newestFirst);
    const first = await stripe.customers.list({ email, limit: 5 });
    expect(first.has_more).toBe(true);
    const before = await stripe.customers.list({ email, limit: 5, ending_before: newestFirst[8] });
    expect(before.data.map(({ id }) => id)).toEqual(newestFirst.slice(3, 8));
    expect(before.has_more).toBe(true);
    const last = await stripe.customers.list({ email, limit: 5, starting_after: newestFirst[9] });
    expect(last).toMatchObject({ has_more: false, data: newestFirst.slice(10).map((id) => ({ id })) });
  });

  it('keeps to bounds of time', async () => {
    const { stripe } = held;
    const { id, created } = await stripe.customers.create({ email: 'timed@portal.example' });
    const found = (range: { gte?: number; gt?: number; lt?: number; lte?: number }) => stripe.customers.list({ email: 'timed@portal.example', created: range }).then(({ data }) => data.map((one) => one.id));
    expect(await found({ gte: created, lte: created })).toEqual([id]);
    expect(await found({ gt: created })).toEqual([]);
    expect(await found({ lt: created })).toEqual([]);
  });

  it.each([
    [{ limit: 101 }, 'limit'],
    [{ limit: 0 }, 'limit'],
    [{ starting_after: 'cus_none' }, 'starting_after'],
  ])('refuses %o', async (wrong, param) => {
    expect(await refusal(held.stripe.customers.list(wrong))).toMatchObject({ statusCode: 400, param });
  });
});

describe('expand', () => {
  it('expands within objects and lists', async () => {
    const { stripe } = held;
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    const intent = await stripe.paymentIntents.create({ amount: 700, currency: 'usd', customer: customer.id, payment_method: method.id, allowed_payment_method_types: ['card'], confirm: true });
    await stripe.refunds.create({ payment_intent: intent.id, amount: 200 });
    const { data } = await stripe.paymentIntents.list({ customer: customer.id, expand: ['data.customer.invoice_settings.default_payment_method', 'data.latest_charge.balance_transaction', 'data.latest_charge.refunds'] });
    expect(data[0]).toMatchObject({
      customer: { id: customer.id, invoice_settings: { default_payment_method: { card: { last4: '4242' } } } },
      latest_charge: { balance_transaction: { type: 'charge' }, refunds: { object: 'list', data: [{ amount: 200 }] } },
    });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ customer: customer.id });
    const { data: movements } = await stripe.balanceTransactions.list({ type: 'refund', expand: ['data.source'] });
    expect(movements[0]).toMatchObject({ amount: -200, source: { object: 'refund', payment_intent: intent.id } });
  });
});
