import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { chargeOf, resultOf } from './charge-result';
import { paymentIntent } from './testing/objects';

const decline = (change: Partial<Stripe.PaymentIntent.LastPaymentError>): Stripe.PaymentIntent.LastPaymentError => ({ type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', ...change });

describe('what became of a payment intent', () => {
  it.each(['succeeded', 'processing', 'canceled'] as const)('%s', (status) => {
    expect(resultOf(paymentIntent({ status }))).toEqual({ outcome: status, reference: 'pi_1' });
  });

  it('hands out the secret by which the customer confirms it', () => {
    expect(resultOf(paymentIntent({ status: 'requires_action' }))).toEqual({ outcome: 'requires_action', reference: 'pi_1', clientSecret: 'pi_1_secret_demo' });
  });

  it('tells a decline in our words', () => {
    const failed = paymentIntent({ status: 'requires_payment_method', last_payment_error: decline({ decline_code: 'lost_card' }) });
    expect(resultOf(failed)).toEqual({ outcome: 'failed', reference: 'pi_1', code: 'lost_or_stolen', retryable: false });
  });

  it('waits for the customer where the bank wants to hear them', () => {
    const unheard = paymentIntent({ status: 'requires_payment_method', last_payment_error: decline({ code: 'authentication_required', decline_code: 'authentication_required' }) });
    expect(resultOf(unheard)).toMatchObject({ outcome: 'requires_action', clientSecret: 'pi_1_secret_demo' });
  });

  it('takes no decline for an end while the customer may choose another card on Stripe’s page', () => {
    const failed = paymentIntent({ status: 'requires_payment_method', last_payment_error: decline({}) });
    expect(resultOf(failed, true)).toEqual({ outcome: 'processing', reference: 'pi_1' });
  });

  it('knows the attempt, the amount and the method', () => {
    expect(chargeOf(paymentIntent({ amount: 500, currency: 'jpy' }))).toEqual({
      reference: 'pi_1', attemptId: 'att_1', result: { outcome: 'succeeded', reference: 'pi_1' }, amountMinor: 500n, currency: 'JPY', paymentMethod: 'pm_1', refundedMinor: 0n,
    });
    expect(chargeOf(paymentIntent({ metadata: {} })).attemptId).toBeNull();
  });

  it('remembers the method that was declined', () => {
    const failed = paymentIntent({ status: 'requires_payment_method', payment_method: null, last_payment_error: decline({ payment_method: { id: 'pm_2' } as Stripe.PaymentMethod }) });
    expect(chargeOf(failed).paymentMethod).toBe('pm_2');
  });
});
