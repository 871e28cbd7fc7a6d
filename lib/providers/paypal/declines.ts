import type { FailureCode } from '@/lib/billing/payments/gateway/charges';

export interface Decline {
  code: FailureCode;
  /** Whether the same method may be charged again later. */
  retryable: boolean;
  /** Whether a buyer who is there may choose another way to pay for the same order. */
  elsewhere?: boolean;
}

const declined: Decline = { code: 'declined', retryable: true };
const refused: Decline = { code: 'declined', retryable: false };
const unconfirmed: Decline = { code: 'authentication_failed', retryable: true, elsewhere: true };
const unusable: Decline = { code: 'invalid_method', retryable: false };
const expired: Decline = { code: 'expired_method', retryable: false };

/**
 * What of PayPal's refusals says that the payer's money does not come, rather than that the request was wrong.
 * Source: developer.paypal.com/api/rest/reference/orders/v2/errors, capture order.
 */
const declines: Record<string, Decline> = {
  INSTRUMENT_DECLINED: { ...declined, elsewhere: true },
  PAYER_ACTION_REQUIRED: unconfirmed,
  PAYER_CANNOT_PAY: { ...declined, elsewhere: true },
  TRANSACTION_REFUSED: declined,
  TRANSACTION_LIMIT_EXCEEDED: declined,
  MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: refused,
  TRANSACTION_BLOCKED_BY_PAYEE: refused,
  TRANSACTION_RECEIVING_LIMIT_EXCEEDED: declined,
  COMPLIANCE_VIOLATION: refused,
  REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: { ...declined, elsewhere: true },
  BILLING_AGREEMENT_NOT_FOUND: unusable,
  AGREEMENT_ALREADY_CANCELLED: unusable,
  TOKEN_ID_NOT_FOUND: unusable,
  TOKEN_EXPIRED: unusable,
  PAYER_ACCOUNT_RESTRICTED: unusable,
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: unusable,
  PAYMENT_SOURCE_CANNOT_BE_USED: unusable,
  PAYMENT_SOURCE_DECLINED_BY_PROCESSOR: { ...declined, elsewhere: true },
  CARD_EXPIRED: expired,
  CARD_CLOSED: { code: 'lost_or_stolen', retryable: false },
};

/** Why no money comes, in our words; null for what is no decline. */
export const declineOf = (issue: string): Decline | null => declines[issue] ?? null;

/**
 * Codes of the bank behind a card; what stands not here is `declined` and may be tried again.
 * Source: developer.paypal.com/docs/api/orders/v2, processor_response.
 */
const processorCodes: Record<string, Decline> = {
  '5120': { code: 'insufficient_funds', retryable: true },
  '5400': expired,
  '9500': refused,
  '9520': { code: 'lost_or_stolen', retryable: false },
  '1330': unusable,
  '5180': unusable,
};

export const declineOfProcessor = (code: string | undefined): Decline => processorCodes[code ?? ''] ?? declined;
