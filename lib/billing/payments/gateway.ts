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
  readonly capabilities: GatewayCapabilities;
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
}

/** Sources of a content security policy, such as `https://pay.example.com`. */
export interface PageOrigins {
  scripts: readonly string[];
  connections: readonly string[];
  frames: readonly string[];
}

// Known by their names, since the bundler may load this module more than once and each copy has classes of its own.
const isNamed = (value: unknown, name: string): boolean => value instanceof Error && value.name === name;

/** Nothing is known of what became of it. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'GatewayUnavailable');
  }

  constructor(message: string, readonly retryAfterSeconds: number = 5) {
    super(message);
  }
}

/** The gateway will not do it: the thing is unknown there, or the request is not one that it takes. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'GatewayRefusal');
  }

  constructor(
    message: string,
    readonly code: 'unknown_reference' | 'amount_too_small' | 'amount_too_large' | 'currency_not_taken' | 'already_refunded' | 'refused',
  ) {
    super(message);
  }
}

/** A notice that did not come from the gateway, or too late to be believed. */
export class EventNotAuthentic extends Error {
  override readonly name = 'EventNotAuthentic';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'EventNotAuthentic');
  }
}

export interface NewGatewayCustomer {
  idempotencyKey: string;
  accountId: string;
  name: string;
  email: string;
}

export const methodKinds = ['card', 'bank_debit', 'wallet'] as const;
export type MethodKind = (typeof methodKinds)[number];

/** A stored payment method as the gateway knows it. Never a card number. */
export interface GatewayMethod {
  reference: string;
  /** The gateway's own name of the customer it belongs to. */
  customer: string;
  kind: MethodKind;
  /** Such as `visa`, a bank's name or the address of a wallet. */
  brand: string;
  /** Empty where there are none. */
  lastDigits: string;
  /** Month 1–12 and four-digit year up to whose end it may be charged; null where it does not expire. */
  expiry: { month: number; year: number } | null;
  /** The same for the same card or bank account, whoever stores it; null where the gateway tells none. */
  fingerprint: string | null;
}

export interface NewSetup {
  idempotencyKey: string;
  /** The gateway's own name of the customer. */
  customer: string;
  /** Our own name of it, given back by every notice. */
  setupId: string;
  accountId: string;
}

export interface Setup {
  reference: string;
  setupId: string | null;
  /** `open` too after a decline that the customer may answer with another method: `failureCode` tells of it. */
  outcome: 'open' | 'requires_action' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  /** Set while the browser can go on with it. Not kept, not logged. */
  clientSecret: string | null;
  /** Set when it succeeded. */
  method: GatewayMethod | null;
  failureCode: FailureCode | null;
}

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

export const checkoutModes = ['payment', 'setup', 'subscription'] as const;
export type CheckoutMode = (typeof checkoutModes)[number];

interface NewCheckoutBase {
  idempotencyKey: string;
  /** Our own name of it, given back by every notice. */
  checkoutId: string;
  accountId: string;
  customer: string;
  /** Where the gateway sends the browser afterwards. Neither proves anything. */
  successUrl: string;
  cancelUrl: string;
  /** From half an hour to a day ahead. */
  expiresAt: Date;
  language: 'en' | 'zh';
}

export type NewCheckout = NewCheckoutBase &
  (
    | { mode: 'payment'; attemptId: string; amountMinor: bigint; currency: string; description: string; /** Whether the method is stored for later. */ keepMethod: boolean }
    | { mode: 'setup'; currency: string }
    | { mode: 'subscription'; subscriptionId: string; plan: ManagedPlan }
  );

export interface Checkout {
  reference: string;
  checkoutId: string | null;
  mode: CheckoutMode;
  state: 'open' | 'complete' | 'expired';
  /** Where the browser goes while it is open. */
  url: string | null;
  /** Of a payment that was begun. */
  charge: GatewayCharge | null;
  /** Of a setup that was begun. */
  setup: Setup | null;
  /** The gateway's own name of the subscription that was begun. */
  subscription: string | null;
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

/** A charge that the customer's bank takes back, until it is decided. */
export interface GatewayDispute {
  reference: string;
  charge: string;
  state: 'needs_response' | 'under_review' | 'won' | 'lost' | 'warning';
  /** The gateway's word for why, such as `fraudulent`. */
  reason: string;
  amountMinor: bigint;
  currency: string;
  /** What is held back or lost at the moment, and what it costs besides as far as that is taken in the same currency. */
  withdrawnMinor: bigint;
  feeMinor: bigint;
  respondBy: Date | null;
  openedAt: Date;
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

/** What the gateway renews by itself: one price a period. */
export interface ManagedPlan {
  /** Stable key of the price, by which the gateway finds it again. */
  priceId: string;
  name: string;
  amountMinor: bigint;
  currency: string;
  interval: 'day' | 'week' | 'month' | 'year';
  intervalCount: number;
}

export interface ManagedSubscriptions {
  read(reference: string): Promise<ManagedSubscription>;
  /** At the end of the period; `resume` undoes it. */
  cancelAtPeriodEnd(change: { idempotencyKey: string; reference: string; resume: boolean }): Promise<ManagedSubscription>;
  /**
   * Charges its periods to another stored method of its customer from now on, and at once what could not be charged to the one
   * before; that may be declined too. Absent where the customer does this at the gateway.
   */
  changeMethod?(change: { idempotencyKey: string; reference: string; paymentMethod: string }): Promise<ManagedSubscription>;
}

export interface ManagedSubscription {
  reference: string;
  /** Our own name of it. */
  subscriptionId: string | null;
  state: 'trialing' | 'active' | 'past_due' | 'paused' | 'canceled' | 'incomplete';
  period: { start: Date; end: Date };
  cancelAtPeriodEnd: boolean;
  /** The gateway's own name of the method that its periods are charged to; null where it tells none. */
  paymentMethod: string | null;
  /** What it charged so far, oldest first. */
  payments: { reference: string; charge: string | null; amountMinor: bigint; currency: string; paidAt: Date; period: { start: Date; end: Date } }[];
}
