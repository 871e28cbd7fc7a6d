import type { StripeError } from '@stripe/stripe-js';
import type { FailureCode } from '@/lib/billing/payments/gateway/charges';

const reasons: Record<string, FailureCode> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_method',
  lost_card: 'lost_or_stolen',
  stolen_card: 'lost_or_stolen',
  setup_intent_authentication_failure: 'authentication_failed',
  payment_intent_authentication_failure: 'authentication_failed',
};

/** Stripe's error in the words of our pages; null for a field that the customer left wrong, which the form says itself. */
export function failureOf({ type, code, decline_code: declineCode }: StripeError): FailureCode | 'unreachable' | null {
  if (type === 'validation_error') return null;
  if (type === 'api_connection_error' || type === 'api_error' || type === 'rate_limit_error') return 'unreachable';
  return reasons[declineCode ?? ''] ?? reasons[code ?? ''] ?? 'declined';
}
