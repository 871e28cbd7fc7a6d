/**
 * Whoever moves the money, in our own words: no type of a provider crosses this file. An adapter in `lib/providers`
 * implements it; the domain knows nothing else.
 */
export interface PaymentGateway {
  /** Stable name, kept with every attempt. */
  readonly name: string;
  readonly capabilities: GatewayCapabilities;
  /**
   * Charges a stored payment method while the customer is away. Called again with the same `idempotencyKey`, it is the
   * same charge and answers what became of it. Throws when the outcome is unknown (no answer, a time-out, the gateway is
   * down): the caller asks again with the same key.
   */
  charge(charge: Charge): Promise<ChargeResult>;
}

export interface GatewayCapabilities {
  /** Whether it can charge while the customer is away. */
  offSession: boolean;
  /** Whether a charge may take days to settle, as a bank debit does, and be `processing` until then. */
  slowSettlement: boolean;
}

export interface Charge {
  /** The attempt's id. */
  idempotencyKey: string;
  /** The gateway's own name of the payment method. */
  paymentMethod: string;
  /** Minor units of the currency, above zero. */
  amountMinor: bigint;
  currency: string;
  accountId: string;
  invoiceId: string;
}

/** Why a charge failed. Whatever a gateway says beyond these is `declined`. */
export const failureCodes = ['declined', 'insufficient_funds', 'expired_method', 'lost_or_stolen', 'authentication_failed', 'invalid_method', 'no_payment_method'] as const;
export type FailureCode = (typeof failureCodes)[number];

/** What became of a charge. `reference`: the gateway's own name of it; null when it made none. */
export type ChargeResult =
  | { outcome: 'succeeded'; reference: string }
  /** `retryable`: whether the same method may be charged again later. */
  | { outcome: 'failed'; reference: string | null; code: FailureCode; retryable: boolean }
  /** The customer has to confirm it, as with 3D Secure. */
  | { outcome: 'requires_action'; reference: string }
  /** It is under way; the gateway tells later what became of it. */
  | { outcome: 'processing'; reference: string };
