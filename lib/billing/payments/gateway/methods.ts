import type { FailureCode } from './charges';

export const methodKinds = ['card', 'bank_debit', 'wallet'] as const;
export type MethodKind = (typeof methodKinds)[number];

/** A stored payment method as the gateway knows it. Never a card number. */
export interface GatewayMethod {
  reference: string;
  /** The gateway's own name of the customer it belongs to. */
  customer: string;
  kind: MethodKind;
  /** Such as `visa`, a bank's name or whose wallet it is. */
  brand: string;
  /** The e-mail address of a wallet's owner, where the gateway tells it. Only a part of it is kept. */
  email?: string | null;
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
