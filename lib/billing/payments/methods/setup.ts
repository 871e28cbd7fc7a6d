import type { FailureCode } from '../gateway/charges';
import type { Setup } from '../gateway/methods';

export const setupStatuses = ['open', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled'] as const;
export type SetupStatus = (typeof setupStatuses)[number];

/** One try to store a payment method. Its id is the idempotency key at the gateway. */
export interface PaymentSetup {
  id: string;
  accountId: string;
  gateway: string;
  status: SetupStatus;
  /** The gateway's own name of it; null until it answered. */
  reference: string | null;
  failureCode: FailureCode | null;
  /** What was stored. */
  paymentMethodId: string | null;
  /** Set: it is made on a page of the gateway. */
  checkoutSessionId: string | null;
  /** The caller's Idempotency-Key. */
  requestKey: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

const anywhere: readonly SetupStatus[] = ['open', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled'];

/** Every move of a setup. After a failure the customer may try again with the same one; one given up may be finished after all. */
export const setupTransitions: Record<SetupStatus, readonly SetupStatus[]> = {
  open: anywhere,
  requires_action: anywhere,
  processing: anywhere,
  failed: anywhere,
  succeeded: [],
  canceled: ['succeeded'],
};

/** The setup with what became of it; null when that is known already or comes too late. Pure. */
export function withSetup(setup: PaymentSetup, { outcome, reference, failureCode }: Pick<Setup, 'outcome' | 'reference' | 'failureCode'>, now: Date): PaymentSetup | null {
  const isKnown = setup.status === outcome && setup.reference === reference && setup.failureCode === failureCode;
  if (isKnown || !setupTransitions[setup.status].includes(outcome)) return null;
  const hasEnded = outcome === 'succeeded' || outcome === 'canceled';
  return { ...setup, reference, status: outcome, failureCode, finishedAt: hasEnded ? now : null };
}

/** The setup given up, as when the page that it was for was closed; null when it has ended. Pure. */
export function withoutSetup(setup: PaymentSetup, now: Date): PaymentSetup | null {
  return setupTransitions[setup.status].includes('canceled') ? { ...setup, status: 'canceled', finishedAt: now } : null;
}
