export interface Charge {
  /** The attempt's id, which the gateway gives back with the charge. */
  idempotencyKey: string;
  customer: string | null;
  /** The gateway's own name of the payment method. */
  paymentMethod: string;
  /** Minor units of the currency, above zero. */
  amountMinor: bigint;
  currency: string;
  accountId: string;
  /** Whether the customer is there to confirm it, as with 3D Secure. */
  onSession: boolean;
  /** What the customer may read on a statement of the gateway: an invoice's number or the like. */
  description: string;
  /**
   * Whether it was asked for before and its outcome never heard. Gateways forget keys, some after a day: what the earlier
   * request made is then looked for before anything is charged.
   */
  repeated?: boolean;
}

/** Why a charge failed. Whatever a gateway says beyond these is `declined`. */
export const failureCodes = ['declined', 'insufficient_funds', 'expired_method', 'lost_or_stolen', 'authentication_failed', 'invalid_method', 'no_payment_method'] as const;
export type FailureCode = (typeof failureCodes)[number];

/** What became of a charge. `reference`: the gateway's own name of it; null when it made none. */
export type ChargeResult =
  | { outcome: 'succeeded'; reference: string }
  /** `retryable`: whether the same method may be charged again later. */
  | { outcome: 'failed'; reference: string | null; code: FailureCode; retryable: boolean }
  /** The customer has to confirm it, as with 3D Secure, by the client secret, which is neither kept nor logged. */
  | { outcome: 'requires_action'; reference: string; clientSecret?: string }
  /** It is under way; the gateway tells later what became of it. */
  | { outcome: 'processing'; reference: string }
  /** It was taken back before it went through. */
  | { outcome: 'canceled'; reference: string };

/** A charge as the gateway's books have it. */
export interface GatewayCharge {
  reference: string;
  /** The id of our attempt; null for one that we never asked for. */
  attemptId: string | null;
  result: ChargeResult;
  amountMinor: bigint;
  currency: string;
  /** The gateway's own name of the method that was charged, where it is stored. */
  paymentMethod: string | null;
  /** What was given back of it. */
  refundedMinor: bigint;
}

export interface NewRefund {
  /** Our refund's id. */
  idempotencyKey: string;
  /** The gateway's own name of the charge. */
  charge: string;
  /** Minor units, above zero, at most what is left of the charge. */
  amountMinor: bigint;
  currency: string;
  accountId: string;
}

export interface RefundResult {
  reference: string;
  /** The id of our refund; null for one that was made at the gateway itself. */
  refundId: string | null;
  /** The gateway's own name of the charge. */
  charge: string;
  outcome: 'pending' | 'succeeded' | 'failed' | 'canceled';
  amountMinor: bigint;
  currency: string;
}
