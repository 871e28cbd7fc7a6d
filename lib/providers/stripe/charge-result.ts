import type Stripe from 'stripe';
import type { ChargeResult, GatewayCharge } from '@/lib/billing/payments/gateway/charges';
import { fromStripe, idOf } from './amounts';
import { declineOf } from './declines';

/** Whether the bank wants the customer to confirm what was tried without them. */
export function lacksAuthentication({ status, last_payment_error: error }: Stripe.PaymentIntent): boolean {
  return status === 'requires_payment_method' && (error?.code === 'authentication_required' || error?.decline_code === 'authentication_required');
}

/** Whether the intent was made by a page of Stripe's, on which the customer may choose another method after a failure. */
export const isOfCheckout = ({ metadata }: Stripe.PaymentIntent): boolean => metadata.checkout !== undefined;

/**
 * What became of a payment intent. Of a Stripe page's, `isPageOpen` says whether the customer may still go on there: a
 * decline is then no end. Pure.
 */
export function resultOf(intent: Stripe.PaymentIntent, isPageOpen = false): ChargeResult {
  const reference = intent.id;
  switch (intent.status) {
    case 'succeeded':
      return { outcome: 'succeeded', reference };
    case 'canceled':
      return { outcome: 'canceled', reference };
    case 'processing':
    case 'requires_capture':
      return { outcome: 'processing', reference };
    default:
      break;
  }
  if (isPageOpen) return { outcome: 'processing', reference };
  const failure = intent.status === 'requires_payment_method' ? intent.last_payment_error : null;
  if (failure && !lacksAuthentication(intent)) return { outcome: 'failed', reference, ...declineOf(failure) };
  return { outcome: 'requires_action', reference, ...(intent.client_secret && { clientSecret: intent.client_secret }) };
}

/** The charge in the port's words, of an intent whose `latest_charge` is expanded where there is one. Pure. */
export function chargeOf(intent: Stripe.PaymentIntent, isPageOpen = false): GatewayCharge {
  const { latest_charge: latest } = intent;
  const refunded = latest && typeof latest !== 'string' ? latest.amount_refunded : 0;
  return {
    reference: intent.id,
    attemptId: intent.metadata.attempt ?? null,
    result: resultOf(intent, isPageOpen),
    ...fromStripe(intent),
    paymentMethod: idOf(intent.payment_method) ?? idOf(intent.last_payment_error?.payment_method),
    refundedMinor: fromStripe({ amount: refunded, currency: intent.currency }).amountMinor,
  };
}
