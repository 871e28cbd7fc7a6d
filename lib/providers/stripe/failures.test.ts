import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import { asGatewayError } from './failures';

type Raw = ConstructorParameters<typeof Stripe.errors.StripeError>[0];
const failing = (statusCode: number, raw: object, headers: Record<string, string> = {}) =>
  Stripe.errors.generateV1Error({ type: 'invalid_request_error', ...raw, statusCode, headers, requestId: 'req_1' } as NonNullable<Raw>);

describe('Stripe’s errors in the port’s words', () => {
  it.each([
    ['a 500', failing(500, { type: 'api_error' })],
    ['a 503', failing(503, { type: 'api_error' })],
    ['a 429', failing(429, { code: 'rate_limit' })],
    ['the first request with the key under way', failing(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' })],
    ['no answer', new Stripe.errors.StripeConnectionError({ message: 'demo' } as NonNullable<Raw>)],
    ['a key that is not accepted', failing(401, {})],
    ['a key that may not do it', failing(403, {})],
  ])('%s: nothing is known', (_, error) => {
    expect(asGatewayError(error)).toBeInstanceOf(GatewayUnavailable);
  });

  it('keeps to the wait that Stripe asks for', () => {
    expect(asGatewayError(failing(429, { code: 'rate_limit' }, { 'retry-after': '17' }))).toMatchObject({ retryAfterSeconds: 17 });
  });

  it.each([
    [404, { code: 'resource_missing' }, 'unknown_reference'],
    [400, { code: 'amount_too_small' }, 'amount_too_small'],
    [400, { code: 'amount_too_large' }, 'amount_too_large'],
    [400, { code: 'charge_already_refunded' }, 'already_refunded'],
    [400, { param: 'currency' }, 'currency_not_taken'],
    [400, { code: 'parameter_unknown' }, 'refused'],
  ])('%s %o is refused as %s', (status, raw, code) => {
    const error = asGatewayError(failing(status, raw));
    expect(error).toBeInstanceOf(GatewayRefusal);
    expect(error).toMatchObject({ code });
  });

  it('repeats neither Stripe’s message nor what came with it', () => {
    const error = asGatewayError(failing(400, { code: 'demo', message: 'sk_test_hunter2', payment_intent: { client_secret: 'hunter2' } })) as Error;
    expect(error.message).toBe('Stripe refused the request: demo (req_1).');
    expect(JSON.stringify({ ...error, cause: error.cause, stack: error.stack })).not.toContain('hunter2');
  });

  it('leaves other errors alone', () => {
    const error = new TypeError('demo');
    expect(asGatewayError(error)).toBe(error);
  });
});
