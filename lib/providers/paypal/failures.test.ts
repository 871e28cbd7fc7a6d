import { ApiError } from '@paypal/paypal-server-sdk';
import { describe, expect, it } from 'vitest';
import { declineOf, declineOfProcessor } from './declines';
import { asGatewayError, isMissing } from './failures';

function answer(statusCode: number, body: unknown, headers: Record<string, string> = {}): ApiError {
  const request = { method: 'GET', url: 'https://api.example.com/' } as const;
  return new ApiError({ request, response: { statusCode, headers, body: typeof body === 'string' ? body : JSON.stringify(body) } }, 'unused');
}
const refusal = (issue: string) => answer(422, { name: 'UNPROCESSABLE_ENTITY', message: 'hunter2', details: [{ issue, description: 'hunter2' }] }, { 'paypal-debug-id': 'd1' });

describe('an error of PayPal’s', () => {
  it.each([[500, undefined], [503, undefined], [429, '7'], [409, undefined], [408, undefined]])('%i leaves open what became of it', (status, after) => {
    expect(asGatewayError(answer(status, {}, after ? { 'retry-after': after } : {}))).toMatchObject({ name: 'GatewayUnavailable', retryAfterSeconds: after ? Number(after) : 5 });
  });

  it.each([401, 403])('%i is for the operator to set right, and may be asked again', (status) => {
    expect(asGatewayError(answer(status, { error: 'invalid_client' }))).toMatchObject({ name: 'GatewayUnavailable', message: expect.stringContaining('PAYPAL_CLIENT_ID') });
  });

  it.each([
    ['CAPTURE_FULLY_REFUNDED', 'already_refunded'], ['REFUND_AMOUNT_EXCEEDED', 'already_refunded'], ['CURRENCY_NOT_SUPPORTED', 'currency_not_taken'], ['CANNOT_BE_ZERO_OR_NEGATIVE', 'amount_too_small'],
    ['MAX_VALUE_EXCEEDED', 'amount_too_large'], ['INVALID_RESOURCE_ID', 'unknown_reference'], ['SOMETHING_NEW', 'refused'],
  ])('%s is a refusal: %s', (issue, code) => {
    expect(asGatewayError(refusal(issue))).toMatchObject({ name: 'GatewayRefusal', code });
  });

  it('is told by PayPal’s word and number for it, and never by what PayPal wrote', () => {
    const { message } = asGatewayError(refusal('SOMETHING_NEW')) as Error;
    expect(message).toBe('PayPal refused the request: SOMETHING_NEW (d1).');
  });

  it('is one too when its body is no JSON, or the line was cut', () => {
    expect(asGatewayError(answer(502, '<html>'))).toMatchObject({ name: 'GatewayUnavailable' });
    expect(asGatewayError(Object.assign(new Error('socket hang up'), { isAxiosError: true }))).toMatchObject({ name: 'GatewayUnavailable' });
  });

  it('is not what is a mistake of our own', () => {
    const mistake = new TypeError('undefined is not a function');
    expect(asGatewayError(mistake)).toBe(mistake);
  });

  it('may say that PayPal knows no such thing', () => {
    expect([isMissing(answer(404, {})), isMissing(refusal('INVALID_RESOURCE_ID')), isMissing(refusal('INSTRUMENT_DECLINED')), isMissing(new Error('away'))]).toEqual([true, true, false, false]);
  });
});

describe('a decline of PayPal’s', () => {
  it.each([
    ['INSTRUMENT_DECLINED', { code: 'declined', retryable: true, elsewhere: true }], ['TOKEN_ID_NOT_FOUND', { code: 'invalid_method', retryable: false }], ['CARD_EXPIRED', { code: 'expired_method', retryable: false }],
    ['PAYER_ACTION_REQUIRED', { code: 'authentication_failed', retryable: true, elsewhere: true }], ['MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED', { code: 'declined', retryable: false }],
  ])('%s', (issue, decline) => {
    expect(declineOf(issue)).toEqual(decline);
  });

  it('is none where the request was wrong', () => {
    expect(declineOf('DUPLICATE_INVOICE_ID')).toBeNull();
  });

  it('by the bank behind a card is told by its code, and may be tried again where that says nothing', () => {
    expect([declineOfProcessor('5120'), declineOfProcessor('9500'), declineOfProcessor(undefined)]).toEqual([{ code: 'insufficient_funds', retryable: true }, { code: 'declined', retryable: false }, { code: 'declined', retryable: true }]);
  });
});
