import type { CheckoutMode } from '../gateway/checkouts';

export const checkoutStatuses = ['in_progress', 'completed', 'canceled', 'error'] as const;
export type CheckoutStatus = (typeof checkoutStatuses)[number];

/** A page of the gateway's own on which the customer pays or stores a method. Its id is the idempotency key at the gateway. */
export interface CheckoutSession {
  id: string;
  accountId: string;
  gateway: string;
  mode: CheckoutMode;
  status: CheckoutStatus;
  /** The gateway's own name of it; null until it answered. */
  reference: string | null;
  /** What is paid, where it is a payment: one of the two. */
  invoiceId: string | null;
  topUpId: string | null;
  /** What is subscribed to, where the gateway renews it: the id that the subscription gets. */
  subscriptionId: string | null;
  /** What a subscription there is sold at, and what each of its periods costs with tax, in minor units. */
  priceId: string | null;
  priceMinor: bigint | null;
  /** Whether what is paid with is stored for later. */
  keepMethod: boolean;
  /** The caller's Idempotency-Key. */
  requestKey: string | null;
  /** Why it ended in an error. */
  failureCode: string | null;
  /** The page of the portal that the customer goes back to: a path. */
  returnPath: string;
  /** In real time, in which the gateway's page lives. */
  expiresAt: Date;
  createdAt: Date;
  finishedAt: Date | null;
}

/**
 * Every move of a checkout session; the database holds the same table. One that was ended here may turn out to have been
 * finished at the gateway before it heard of that.
 */
export const checkoutTransitions: Record<CheckoutStatus, readonly CheckoutStatus[]> = {
  in_progress: ['completed', 'canceled', 'error'],
  canceled: ['completed'],
  error: ['completed'],
  completed: [],
};

/** The session ended so; null when the table does not allow it, since a gateway tells things twice and late. Pure. */
export function withEnd(session: CheckoutSession, status: Exclude<CheckoutStatus, 'in_progress'>, now: Date, failureCode: string | null = null): CheckoutSession | null {
  if (!checkoutTransitions[session.status].includes(status)) return null;
  return { ...session, status, failureCode, finishedAt: now };
}

/** How long a page of the gateway stays open, in milliseconds. */
export const checkoutLifetime = 24 * 60 * 60 * 1000;
