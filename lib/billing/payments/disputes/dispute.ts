import type { GatewayDispute } from '../gateway';

export const disputeStates = ['warning', 'needs_response', 'under_review', 'won', 'lost'] as const;
export type DisputeState = (typeof disputeStates)[number];

export const disputeLosses = ['write_off', 'reopen'] as const;
/** What becomes of an invoice whose payment was lost: it stays paid and the seller bears the loss, or it is owed again. */
export type DisputeLoss = (typeof disputeLosses)[number];

/** A payment that the customer's bank takes back, until that is decided. Amounts are minor units of the currency. */
export interface Dispute {
  id: string;
  accountId: string;
  attemptId: string;
  /** Null: the payment bought credit. */
  invoiceId: string | null;
  gateway: string;
  /** The gateway's own name of it. */
  reference: string;
  state: DisputeState;
  /** The gateway's word for why. */
  reason: string;
  amountMinor: bigint;
  currency: string;
  /** What is held back or lost at the moment. */
  withdrawnMinor: bigint;
  /** What was held back and came back. */
  returnedMinor: bigint;
  /** What it costs besides. */
  feeMinor: bigint;
  respondBy: Date | null;
  /** What became of the loss; null while it is not lost. */
  loss: DisputeLoss | null;
  openedAt: Date;
  createdAt: Date;
  closedAt: Date | null;
}

/** Every move of a dispute; the database holds the same table. They go one way, so that news read late change nothing. */
export const disputeTransitions: Record<DisputeState, readonly DisputeState[]> = {
  warning: ['needs_response', 'under_review', 'won', 'lost'],
  needs_response: ['under_review', 'won', 'lost'],
  under_review: ['won', 'lost'],
  won: [],
  lost: [],
};

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/**
 * The dispute with what the gateway says of it now; null when that is known already or was read before what we know. Money
 * comes back only when it is won, so what is held back never grows less before. Pure.
 */
export function withNews(dispute: Dispute, news: GatewayDispute, now: Date): Dispute | null {
  const moves = disputeTransitions[dispute.state].includes(news.state);
  if (!moves && (dispute.state !== news.state || disputeTransitions[dispute.state].length === 0)) return null;
  const withdrawnMinor = news.state === 'won' ? news.withdrawnMinor : larger(dispute.withdrawnMinor, news.withdrawnMinor);
  const after: Dispute = {
    ...dispute, state: news.state, reason: news.reason, respondBy: news.respondBy, withdrawnMinor,
    returnedMinor: dispute.returnedMinor + larger(0n, dispute.withdrawnMinor - withdrawnMinor),
    feeMinor: moves ? news.feeMinor : larger(dispute.feeMinor, news.feeMinor),
    closedAt: news.state === 'won' || news.state === 'lost' ? now : null,
  };
  const isSame = !moves && after.withdrawnMinor === dispute.withdrawnMinor && after.feeMinor === dispute.feeMinor && after.respondBy?.getTime() === dispute.respondBy?.getTime();
  return isSame ? null : after;
}
