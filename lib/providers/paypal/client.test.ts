import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { checkoutOf, storeWallet, useSandboxGateway } from '@/sandbox/paypal/gateway-for-tests';
import { AccessTokens } from './access-token';
import { paypalGateway } from './gateway';

const held = useSandboxGateway();
afterEach(() => held.sandbox.faults.clear());

const tokensAsked = (): number => held.sandbox.requests().filter(({ path }) => path === '/v1/oauth2/token').length;
const requestsTo = (path: RegExp) => held.sandbox.requests().filter((request) => path.test(request.path));

describe('PayPal’s access token', () => {
  it('is asked for once, however many requests wait for it', async () => {
    const gateway = paypalGateway(held.settings());
    const before = tokensAsked();
    await Promise.all(Array.from({ length: 8 }, () => gateway.readMethod('unknown')));
    await gateway.readMethod('unknown');
    expect(tokensAsked()).toBe(before + 1);
  });

  it('is renewed once when PayPal refuses it in between', async () => {
    const gateway = paypalGateway(held.settings());
    await gateway.readMethod('unknown');
    const before = tokensAsked();
    held.sandbox.expireTokens();
    await Promise.all(Array.from({ length: 5 }, () => gateway.readMethod('unknown')));
    expect(tokensAsked()).toBe(before + 1);
  });

  it('is renewed a minute before it ends', async () => {
    const lives = [59, 3600];
    const tokens = new AccessTokens(() => Promise.resolve({ accessToken: `lives ${lives[0]}`, expiresIn: lives.shift() }));
    expect([await tokens.current(), await tokens.current()]).toEqual(['lives 3600', 'lives 3600']);
  });

  it('is asked for again after it could not be had', async () => {
    let asked = 0;
    const tokens = new AccessTokens(() => ((asked += 1) === 1 ? Promise.reject(new Error('away')) : Promise.resolve({ accessToken: 'token', expiresIn: 3600 })));
    await expect(tokens.current()).rejects.toThrow('away');
    expect(await tokens.current()).toBe('token');
  });

  it('tells the operator what to set right when the app is refused, without a word of the secret', async () => {
    const error = await paypalGateway(held.settings({ clientSecret: 'sandbox-hunter2' })).readMethod('unknown').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'GatewayUnavailable', message: expect.stringContaining('PAYPAL_CLIENT_SECRET') });
    expect(String((error as Error).stack)).not.toContain('hunter2');
  });
});

describe('a request to PayPal', () => {
  it.each(['error_500', 'error_500_after', 'cut_before', 'cut_after'] as const)('is sent again after a %s with the same id, and counts once', async (fault) => {
    const asked = checkoutOf({ mode: 'payment', attemptId: newId('att'), amountMinor: 500n, currency: 'USD', description: 'INV-1', keepMethod: false });
    held.sandbox.faults.add({ match: { method: 'POST', path: '^/v2/checkout/orders$' }, fault, times: 1 });
    const { reference } = await held.gateway.createCheckout(asked);
    const sent = requestsTo(/^\/v2\/checkout\/orders$/).filter(({ idempotencyKey }) => idempotencyKey?.startsWith(asked.idempotencyKey));
    expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(sent).toHaveLength(2);
    expect(await held.gateway.createCheckout(asked)).toMatchObject({ reference });
  });

  it('is not sent again when PayPal refused it', async () => {
    const paymentMethod = await storeWallet(held, 'declines_later');
    const before = requestsTo(/\/capture$/).length;
    await held.gateway.charge({ idempotencyKey: newId('att'), customer: null, paymentMethod, amountMinor: 500n, currency: 'USD', accountId: newId('acc'), onSession: false, description: 'INV-1' });
    expect(requestsTo(/\/capture$/)).toHaveLength(before + 1);
  });

  it('says how long to wait when PayPal is busy', async () => {
    held.sandbox.faults.add({ match: { method: 'GET', path: '^/v3/vault/payment-tokens/' }, fault: 'error_429', times: 1 });
    await expect(held.gateway.readMethod('unknown')).rejects.toMatchObject({ name: 'GatewayUnavailable', retryAfterSeconds: expect.any(Number) });
  });
});
