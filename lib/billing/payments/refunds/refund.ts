import type { RefundResult } from '../gateway/charges';

export const refundDestinations = ['method', 'credit'] as const;
/** Where the money goes: back to where the payment came from, or to the customer's credit. */
export type RefundDestination = (typeof refundDestinations)[number];

export const refundCauses = ['seller', 'surplus', 'gateway'] as const;
/** Who wanted it: the seller; nobody, since the charge was owed no longer; or somebody at the gateway itself. */
export type RefundCause = (typeof refundCauses)[number];

export const refundStatuses = ['requested', 'pending', 'succeeded', 'failed', 'canceled'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** Money given back. Its id is the idempotency key at the gateway. */
export interface Refund {
  id: string;
  accountId: string;
  invoiceId: string | null;
  /** The payment it gives back; null when a part of an invoice becomes credit. */
  attemptId: string | null;
  /** The credit note that was issued for it; null where earlier ones had given the amount back, and of a surplus. */
  creditNoteId: string | null;
  /** The refund that failed and that this one makes again. */
  replacesId: string | null;
  destination: RefundDestination;
  cause: RefundCause;
  /** Minor units, above zero. */
  amountMinor: bigint;
  currency: string;
  reason: string;
  status: RefundStatus;
  gateway: string | null;
  /** The gateway's own name of it. */
  reference: string | null;
  /** Why it did not go through, in a sentence. */
  failure: string | null;
  requestedAt: Date;
  finishedAt: Date | null;
}

/** Every move of a refund; the database holds the same table. One that went through may still come back from the bank. */
export const refundTransitions: Record<RefundStatus, readonly RefundStatus[]> = {
  requested: ['pending', 'succeeded', 'failed', 'canceled'],
  pending: ['succeeded', 'failed', 'canceled'],
  succeeded: ['failed'],
  failed: [],
  canceled: [],
};

/** Whether the money is given back or on its way; what failed or was canceled is the customer's to be given back again. */
export function isLive({ status }: Pick<Refund, 'status'>): boolean {
  return status !== 'failed' && status !== 'canceled';
}

/** Whether it has left the gateway's balance. */
export function hasMoved({ status, destination }: Pick<Refund, 'status' | 'destination'>): boolean {
  return destination === 'method' && (status === 'pending' || status === 'succeeded');
}

/** What became of a refund: the gateway's word, or that it will not make it. */
export type RefundOutcome = Pick<RefundResult, 'outcome' | 'reference'> | { outcome: 'failed'; reference: null; failure: string };

const sentences = { failed: 'The bank sent the money back.', canceled: 'It was canceled at the payment provider.' } as const;

/** The refund with what became of it; null when that is known already or comes too late to matter. Pure. */
export function withOutcome(refund: Refund, result: RefundOutcome, now: Date): Refund | null {
  if (!refundTransitions[refund.status].includes(result.outcome)) return null;
  const { outcome: status } = result;
  const failure = 'failure' in result ? result.failure : status === 'failed' || status === 'canceled' ? sentences[status] : null;
  return { ...refund, status, reference: result.reference ?? refund.reference, failure, finishedAt: status === 'pending' ? null : now };
}
