import type { FailureCode } from '@/lib/billing/payments/gateway/charges';

export interface Decline {
  code: FailureCode;
  /** Whether the same method may be charged again later. */
  retryable: boolean;
}

/** What Stripe says of a failed payment or setup: the fields that every shape of its error shares. */
export interface StripeFailure {
  code?: string | undefined;
  decline_code?: string | undefined;
  advice_code?: string | undefined;
  network_advice_code?: string | undefined;
}

const declined: Decline = { code: 'declined', retryable: true };
const refused: Decline = { code: 'declined', retryable: false };
const noFunds: Decline = { code: 'insufficient_funds', retryable: true };
const expired: Decline = { code: 'expired_method', retryable: false };
const gone: Decline = { code: 'lost_or_stolen', retryable: false };
const unconfirmed: Decline = { code: 'authentication_failed', retryable: true };
const unusable: Decline = { code: 'invalid_method', retryable: false };

/**
 * Stripe's decline codes and error codes of payments; what stands not here is `declined` and may be tried again.
 * Source: docs.stripe.com/declines/codes and docs.stripe.com/error-codes.
 */
const declines: Record<string, Decline> = {
  insufficient_funds: noFunds,
  card_velocity_exceeded: noFunds,
  withdrawal_count_limit_exceeded: noFunds,

  expired_card: expired,
  expired_payment_method: expired,

  lost_card: gone,
  stolen_card: gone,
  pickup_card: gone,
  restricted_card: gone,

  authentication_required: unconfirmed,
  authentication_failure: unconfirmed,
  mobile_device_authentication_required: unconfirmed,
  payment_intent_authentication_failure: unconfirmed,
  payment_intent_payment_attempt_expired: unconfirmed,
  setup_intent_authentication_failure: unconfirmed,
  setup_intent_setup_attempt_expired: unconfirmed,

  account_closed: unusable,
  bank_account_restricted: unusable,
  bank_account_unusable: unusable,
  card_not_supported: unusable,
  currency_not_supported: unusable,
  incorrect_cvc: unusable,
  incorrect_number: unusable,
  incorrect_zip: unusable,
  invalid_account: unusable,
  invalid_cvc: unusable,
  invalid_expiry_month: unusable,
  invalid_expiry_year: unusable,
  invalid_number: unusable,
  live_mode_test_card: unusable,
  new_account_information_available: unusable,
  no_account: unusable,
  payment_intent_mandate_invalid: unusable,
  payment_method_bank_account_blocked: unusable,
  payment_method_currency_mismatch: unusable,
  payment_method_restricted: unusable,
  payment_method_unexpected_state: unusable,
  testmode_decline: unusable,

  debit_not_authorized: refused,
  do_not_try_again: refused,
  fraudulent: refused,
  merchant_blacklist: refused,
  revocation_of_all_authorizations: refused,
  revocation_of_authorization: refused,
  security_violation: refused,
  stop_payment_order: refused,
  transaction_not_allowed: refused,
};

/** Of the issuer: the stored data are wrong or the answer is final, so that the same charge cannot succeed. */
const finalAdvice = new Set(['do_not_try_again', 'confirm_card_data']);
/** Mastercard's merchant advice: do not try again; the customer stopped the payments. */
const finalNetworkAdvice = new Set(['03', '21']);

/** Why it failed, in our words. The more precise decline code counts before the error code, and advice against another try before both. */
export function declineOf({ code, decline_code, advice_code, network_advice_code }: StripeFailure): Decline {
  const decline = declines[decline_code ?? ''] ?? declines[code ?? ''] ?? declined;
  const isFinal = finalAdvice.has(advice_code ?? '') || finalNetworkAdvice.has(network_advice_code ?? '');
  return isFinal ? { ...decline, retryable: false } : decline;
}
