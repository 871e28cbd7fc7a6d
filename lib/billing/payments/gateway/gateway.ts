import type { Charge, ChargeResult, GatewayCharge, NewRefund, RefundResult } from './charges';
import type { Checkout, CheckoutMode, NewCheckout } from './checkouts';
import type { DisputeAnswer, EvidenceLimits, GatewayDispute } from './disputes';
import type { GatewayMethod, NewSetup, Setup } from './methods';
import type { ManagedSubscriptions } from './subscriptions';

/**
 * Whoever moves the money, in our own words: no type of a provider crosses this file. An adapter in `lib/providers`
 * implements it; the domain knows nothing else.
 *
 * Every write takes an `idempotencyKey` that we keep: asked again with it, it is the same thing and answers what became of
 * it. Every method throws `GatewayUnavailable` when the outcome is unknown (no answer, a time-out, the gateway is down):
 * the caller asks again with the same key. It throws `GatewayRefusal` when the gateway will not do it, however often asked.
 */
export interface PaymentGateway {
  /** Stable name, kept with everything that lies there. */
  readonly name: string;
  /** What people know it by. */
  readonly title: string;
  readonly capabilities: GatewayCapabilities;
  /** What the operator has it do; absent: all that it can. The settings say so, not the adapter. */
  readonly use?: GatewayUse;
  /** What the page in the browser is told to work with the gateway. Holds no secret. */
  readonly publicSettings: Readonly<Record<string, string>>;
  /** What our pages must be allowed to load and reach to work with it. */
  readonly pageOrigins: PageOrigins;
  /** Whether it only stands in for a gateway and moves no money. */
  readonly standIn: boolean;

  createCustomer(customer: NewGatewayCustomer): Promise<{ reference: string }>;

  /** Begins to store a payment method; the browser finishes it with the client secret. */
  beginSetup(setup: NewSetup): Promise<Setup>;
  readSetup(reference: string): Promise<Setup>;
  /** A stored method; null when the gateway no longer has it for a customer. */
  readMethod(reference: string): Promise<GatewayMethod | null>;
  /** Takes the method from its customer, so that it can be charged no more. Of one that is gone already: nothing. */
  removeMethod(removal: { idempotencyKey: string; reference: string }): Promise<void>;

  /** Charges a stored payment method. */
  charge(charge: Charge): Promise<ChargeResult>;
  readCharge(reference: string): Promise<GatewayCharge>;
  /** Takes back a charge that has not gone through. Answers what became of it: it may have gone through meanwhile. */
  cancelCharge(cancellation: { idempotencyKey: string; reference: string }): Promise<ChargeResult>;

  /** A page of the gateway's own on which the customer pays or stores a method. */
  createCheckout(checkout: NewCheckout): Promise<Checkout>;
  readCheckout(reference: string): Promise<Checkout>;
  /** Closes a page that nobody finished. Answers what became of it: it may have been finished meanwhile. */
  expireCheckout(cancellation: { idempotencyKey: string; reference: string }): Promise<Checkout>;

  refund(refund: NewRefund): Promise<RefundResult>;
  readRefund(reference: string): Promise<RefundResult>;
  readDispute(reference: string): Promise<GatewayDispute>;
  /** Hands in an answer with its evidence, for good: it cannot be changed afterwards. */
  answerDispute(answer: DisputeAnswer): Promise<void>;
  /** Gives in: the money is the customer's, at once. Of one that is lost already: nothing. */
  acceptDispute(acceptance: { idempotencyKey: string; reference: string }): Promise<void>;

  /** Every movement of money in the window, oldest first, for comparing books. */
  listMovements(window: { from: Date; to: Date }): AsyncIterable<GatewayMovement>;

  /** A notice of the gateway, from the bytes as they came. Throws `EventNotAuthentic` when it is forged or stale. */
  readEvent(delivery: { body: Uint8Array; headers: Readonly<Record<string, string | undefined>>; now: Date }): Promise<GatewayEvent>;

  /** Subscriptions that the gateway itself renews; absent where it has none. */
  readonly managedSubscriptions?: ManagedSubscriptions;
}

export interface GatewayCapabilities {
  /** Whether it can charge while the customer is away. */
  offSession: boolean;
  /** Whether a charge may take days to settle, as a bank debit does, and be `processing` until then. */
  slowSettlement: boolean;
  /** Whether methods are stored in the page of ours, by the client secret of a setup. */
  setupInPage: boolean;
  /** What its own pages can be opened for. */
  checkout: readonly CheckoutMode[];
  /** Whether it takes back a part of a charge. */
  partialRefunds: boolean;
  /** Currencies it takes (ISO 4217); null: any. */
  currencies: readonly string[] | null;
  /** What an answer to a dispute may hold; null: disputes are answered at the gateway's own desk alone. */
  disputeEvidence: EvidenceLimits | null;
}

/** What the operator has a gateway do. What it took is followed, given back and compared whatever this says. */
export interface GatewayUse {
  /** The only currencies (ISO 4217) of new methods and of payments on its pages; null: all that it takes. */
  currencies: readonly string[] | null;
  /** Whether methods that are stored there are charged. */
  charges: boolean;
}

/** Sources of a content security policy, such as `https://pay.example.com`. */
export interface PageOrigins {
  scripts: readonly string[];
  connections: readonly string[];
  frames: readonly string[];
}

export interface NewGatewayCustomer {
  idempotencyKey: string;
  accountId: string;
  name: string;
  email: string;
}

/** One movement in the gateway's books. */
export interface GatewayMovement {
  /** The gateway's own name of the movement. */
  reference: string;
  kind: 'payment' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal' | 'fee' | 'payout' | 'other';
  /** The gateway's own name of what moved: a charge, a refund, a dispute. */
  source: string;
  /** Signed: what came in is above zero. Without fees. A payment that was undone before it arrived is a payment below zero. */
  amountMinor: bigint;
  feeMinor: bigint;
  currency: string;
  /** Set where the fee is taken in another currency, as the gateway settles in it. */
  feeCurrency?: string;
  occurredAt: Date;
  /** The gateway's own name of the charge it belongs to; null for fees and payouts. */
  charge: string | null;
}

/** What a notice is about: the thing is read again at the gateway, so its order and its content do not matter. */
export type EventSubject = 'charge' | 'setup' | 'method' | 'checkout' | 'refund' | 'dispute' | 'subscription';

export interface GatewayEvent {
  /** Unique at the gateway. */
  id: string;
  /** The gateway's own word for it. */
  type: string;
  /** Null for what we keep and ignore. */
  subject: { kind: EventSubject; reference: string } | null;
  occurredAt: Date;
}
