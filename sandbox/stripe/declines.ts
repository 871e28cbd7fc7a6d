import type { DebitOutcome, DeclineName } from './test-cards';

/** What is said of a payment that failed: the parts that an error, a charge and an intent have in common. */
export interface Failure {
  type: 'card_error' | 'invalid_request_error';
  code: string;
  decline_code?: string;
  message: string;
  param?: string;
}

const declined = (decline_code: string, message = 'Your card was declined.'): Failure => ({ type: 'card_error', code: 'card_declined', decline_code, message });

/** https://docs.stripe.com/declines/codes */
export const cardFailures: Record<DeclineName, Failure> = {
  generic_decline: declined('generic_decline'),
  insufficient_funds: declined('insufficient_funds', 'Your card has insufficient funds.'),
  lost_card: declined('lost_card'),
  stolen_card: declined('stolen_card'),
  card_velocity_exceeded: declined('card_velocity_exceeded', 'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.'),
  fraudulent: declined('fraudulent'),
  expired_card: { type: 'card_error', code: 'expired_card', message: 'Your card has expired.', param: 'exp_month' },
  incorrect_cvc: { type: 'card_error', code: 'incorrect_cvc', message: "Your card's security code is incorrect.", param: 'cvc' },
  processing_error: { type: 'card_error', code: 'processing_error', message: 'An error occurred while processing your card. Try again in a little bit.' },
  authentication_required: { type: 'card_error', code: 'authentication_required', decline_code: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' },
};

/** 3D Secure could not be performed. */
export const authenticationImpossible: Failure = { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' };

const failedDebit = (code: string, message: string): Failure => ({ type: 'invalid_request_error', code, message });

/** Why a debit of a bank account comes back: https://docs.stripe.com/payments/ach-direct-debit */
export const debitFailures = {
  account_closed: failedDebit('account_closed', 'The bank account has been closed.'),
  no_account: failedDebit('no_account', 'The bank account could not be located.'),
  insufficient_funds: failedDebit('insufficient_funds', 'The customer has insufficient funds to cover this payment.'),
  debit_not_authorized: failedDebit('debit_not_authorized', 'The customer has notified their bank that this payment was unauthorized.'),
  invalid_currency: failedDebit('invalid_currency', 'The bank was unable to process this payment because of its currency.'),
  blocked: { type: 'card_error', code: 'payment_method_provider_decline', decline_code: 'fraudulent', message: 'The payment was blocked because of a high risk of fraud.' },
  limit_exceeded: failedDebit('charge_exceeds_source_limit', 'The payment exceeds the weekly volume limit of the account.'),
} satisfies Partial<Record<DebitOutcome, Failure>>;
export type DebitFailureName = keyof typeof debitFailures;

/** Why a debit of this test account fails; null when it does not. */
export function debitFailureOf(outcome: DebitOutcome): Failure | null {
  return (debitFailures as Partial<Record<DebitOutcome, Failure>>)[outcome] ?? null;
}
