import { describe, expect, it } from 'vitest';
import { declineOf } from './declines';

describe('why a payment failed', () => {
  it.each([
    [{ code: 'card_declined', decline_code: 'insufficient_funds' }, 'insufficient_funds', true],
    [{ code: 'expired_card', decline_code: 'expired_card' }, 'expired_method', false],
    [{ code: 'card_declined', decline_code: 'stolen_card' }, 'lost_or_stolen', false],
    [{ code: 'payment_intent_authentication_failure' }, 'authentication_failed', true],
    [{ code: 'incorrect_cvc', decline_code: 'incorrect_cvc' }, 'invalid_method', false],
    [{ code: 'debit_not_authorized' }, 'declined', false],
    [{ code: 'card_declined', decline_code: 'generic_decline' }, 'declined', true],
    [{ code: 'something_new', decline_code: 'something_new' }, 'declined', true],
    [{}, 'declined', true],
  ])('%o', (failure, code, retryable) => {
    expect(declineOf(failure)).toEqual({ code, retryable });
  });

  it('believes the bank that says not to try again', () => {
    expect(declineOf({ decline_code: 'generic_decline', advice_code: 'do_not_try_again' })).toEqual({ code: 'declined', retryable: false });
    expect(declineOf({ decline_code: 'insufficient_funds', network_advice_code: '03' })).toEqual({ code: 'insufficient_funds', retryable: false });
    expect(declineOf({ decline_code: 'insufficient_funds', advice_code: 'try_again_later', network_advice_code: '02' })).toEqual({ code: 'insufficient_funds', retryable: true });
  });
});
