import { describe, expect, it } from 'vitest';
import { startPayPalSandbox } from './server';
import { accessToken, ask, orderBody, refusal, useSandbox } from './test-client';

const held = useSandbox();

const tokenFor = (id: string, secret: string, body = 'grant_type=client_credentials') =>
  fetch(`${held.sandbox.url}/v1/oauth2/token`, { method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }, body });

describe('an access token', () => {
  it('is given for the client id and secret, and nothing else', async () => {
    const given = await tokenFor('sandbox-client', 'sandbox-secret');
    expect(await given.json()).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 32_400 });
    const wrong = await tokenFor('sandbox-client', 'guess');
    expect([wrong.status, await wrong.json()]).toEqual([401, { error: 'invalid_client', error_description: 'Client Authentication failed' }]);
    const other = await tokenFor('sandbox-client', 'sandbox-secret', 'grant_type=password');
    expect([other.status, await other.json()]).toEqual([400, expect.objectContaining({ error: 'unsupported_grant_type' })]);
  });

  it('is needed for everything, and may end', async () => {
    const authorization = `Bearer ${await accessToken(held.sandbox)}`;
    const read = (headers: Record<string, string>) => fetch(`${held.sandbox.url}/v1/notifications/webhooks`, { headers });
    expect((await read({ authorization })).status).toBe(200);
    const without = await read({});
    expect([without.status, await without.json()]).toEqual([401, expect.objectContaining({ name: 'AUTHENTICATION_FAILURE' })]);
    held.sandbox.expireTokens();
    const ended = await read({ authorization });
    expect([ended.status, await ended.json()]).toEqual([401, expect.objectContaining({ error: 'invalid_token' })]);
    expect((await ask(held.sandbox, 'GET', '/v1/notifications/webhooks')).status).toBe(200);
  });

  it('lives as long as it was set to', async () => {
    const own = await startPayPalSandbox({ tokenLifetime: 0 });
    const authorization = `Bearer ${await accessToken(own)}`;
    expect((await fetch(`${own.url}/v1/notifications/webhooks`, { headers: { authorization } })).status).toBe(401);
    await own.close();
  });

  it('is for credentials of the sandbox only', async () => {
    await expect(startPayPalSandbox({ clientId: 'AbCdEf123' })).rejects.toThrow('takes no credentials of a PayPal account');
    await expect(startPayPalSandbox({ clientSecret: 'EfGh456' })).rejects.toThrow('client secret must begin with "sandbox"');
  });
});

describe('a request id', () => {
  it('gives the same answer again, and is for one body', async () => {
    const create = (value: string) => held.orders.createOrder({ body: orderBody(value), paypalRequestId: 'once' });
    const first = await create('4.00');
    const again = await create('4.00');
    expect(again.result).toEqual(first.result);
    expect(held.sandbox.state().order).toBe(1);
    expect(await refusal(create('5.00'))).toMatchObject({ status: 422, issue: 'DUPLICATE_REQUEST_ID' });
  });

  it('refuses the second request while the first is under way', async () => {
    held.sandbox.faults.add({ match: { path: '/v2/checkout/orders$' }, fault: 'slow', milliseconds: 400 });
    const create = () => held.orders.createOrder({ body: orderBody('4.00'), paypalRequestId: 'twice' });
    const first = create();
    await expect.poll(() => held.sandbox.faults.waiting()).toEqual([]);
    expect(await refusal(create())).toMatchObject({ status: 409, name: 'RESOURCE_CONFLICT', issue: 'PREVIOUS_REQUEST_IN_PROGRESS' });
    const { id } = (await first).result;
    expect((await create()).result.id).toBe(id);
  });

  it('is free again after a refusal, and forgotten in time', async () => {
    const { result } = await held.orders.createOrder({ body: orderBody('4.00') });
    const capture = () => held.orders.captureOrder({ id: result.id!, paypalRequestId: 'capture' });
    expect(await refusal(capture())).toMatchObject({ issue: 'ORDER_NOT_APPROVED' });
    held.sandbox.approvals.approve(result.id!);
    const done = await capture();
    expect((await capture()).result).toEqual(done.result);
    held.sandbox.clock.move(new Date(held.sandbox.clock.now().getTime() + 7 * 3_600_000));
    expect(await refusal(capture())).toMatchObject({ issue: 'ORDER_ALREADY_CAPTURED' });
    held.sandbox.clock.move(null);
  });
});

describe('faults', () => {
  const path = '^/v2/checkout/orders$';

  it.each([
    ['error_429', 429, 'RATE_LIMIT_REACHED'],
    ['error_503', 503, 'SERVICE_UNAVAILABLE'],
    ['error_500', 500, 'INTERNAL_SERVER_ERROR'],
  ] as const)('%s: nothing was done', async (fault, status, name) => {
    const before = held.sandbox.state().order;
    held.sandbox.faults.add({ match: { path }, fault });
    const create = () => held.orders.createOrder({ body: orderBody('4.00'), paypalRequestId: fault });
    expect(await refusal(create())).toMatchObject({ status, name });
    expect(held.sandbox.state().order).toBe(before);
    expect((await create()).statusCode).toBe(201);
  });

  it.each(['error_500_after', 'timeout_after', 'cut_after', 'timeout_before', 'cut_before'] as const)('%s: the same request id acts once', async (fault) => {
    const before = held.sandbox.state().order ?? 0;
    held.sandbox.faults.add({ match: { path }, fault });
    const authorization = `Bearer ${await accessToken(held.sandbox)}`;
    const seen = held.sandbox.requests().length;
    const left = new AbortController();
    const create = (signal?: AbortSignal) =>
      fetch(`${held.sandbox.url}/v2/checkout/orders`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'paypal-request-id': fault },
        body: JSON.stringify({ intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'USD', value: '1.00' } }] }),
        signal,
      }).then(({ status }) => status);
    const first = create(left.signal).catch(() => 'no answer');
    await expect.poll(() => held.sandbox.requests().length).toBe(seen + 1);
    // Nothing comes any more: the client gives up.
    if (fault.startsWith('timeout')) left.abort();
    expect(await first).toBe(fault === 'error_500_after' ? 500 : 'no answer');
    expect(held.sandbox.state().order ?? 0).toBe(before + (fault.endsWith('_after') ? 1 : 0));
    expect(await create()).toBe(201);
    expect(held.sandbox.state().order).toBe(before + 1);
  });
});
