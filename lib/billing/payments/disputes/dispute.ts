import type { DisputeAction, GatewayDispute } from '../gateway/disputes';

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
  /** Until then the gateway takes an answer. */
  respondBy: Date | null;
  /** What the gateway takes at the moment. */
  takes: DisputeAction[];
  /** What became of the loss; kept while an appeal is under way, null once it is won. */
  loss: DisputeLoss | null;
  openedAt: Date;
  createdAt: Date;
  closedAt: Date | null;
  /** When the gateway was asked for what is known here. */
  toldAt: Date | null;
  /** How often it changed. */
  revision: number;
}

/** Every move of a dispute; the database holds the same table. What is decided may be decided otherwise, by an appeal or a higher court of the card networks. */
export const disputeTransitions: Record<DisputeState, readonly DisputeState[]> = {
  warning: ['needs_response', 'under_review', 'won', 'lost'],
  needs_response: ['under_review', 'won', 'lost'],
  under_review: ['needs_response', 'won', 'lost'],
  won: ['needs_response', 'under_review', 'lost'],
  lost: ['needs_response', 'under_review', 'won'],
};

/** Whether nothing is open: it may still be decided otherwise. */
export function isDecided({ state }: Pick<Dispute, 'state'>): boolean {
  return state === 'won' || state === 'lost';
}

/** What of it is a loss at the moment, in minor units. */
export function lostOf({ loss, withdrawnMinor }: Pick<Dispute, 'loss' | 'withdrawnMinor'>): bigint {
  return loss ? withdrawnMinor : 0n;
}

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const facts = ({ state, reason, withdrawnMinor, feeMinor, respondBy, takes }: Dispute): string => [state, reason, withdrawnMinor, feeMinor, respondBy?.getTime(), [...takes].sort()].join(' ');

/**
 * The dispute with what the gateway says of it; null when that was asked for before what is known. What is known already
 * changes nothing but the moment of asking, and counts as no revision. While nothing is decided, what is held back never grows less. Pure.
 */
export function withNews(dispute: Dispute, news: GatewayDispute, { askedAt, now }: { askedAt: Date; now: Date }): Dispute | null {
  if (dispute.toldAt && askedAt < dispute.toldAt) return null;
  if (news.state !== dispute.state && !disputeTransitions[dispute.state].includes(news.state)) return null;
  // An invoice that is owed again is owed whole, and so is its loss until the dispute is won.
  const mayShrink = news.state === 'won' || (news.state === 'lost' && dispute.loss !== 'reopen');
  const withdrawnMinor = mayShrink ? news.withdrawnMinor : larger(dispute.withdrawnMinor, news.withdrawnMinor);
  const after: Dispute = {
    ...dispute, state: news.state, reason: news.reason, respondBy: news.respondBy, takes: [...news.takes], withdrawnMinor,
    returnedMinor: dispute.returnedMinor + larger(0n, dispute.withdrawnMinor - withdrawnMinor),
    feeMinor: news.state === dispute.state ? larger(dispute.feeMinor, news.feeMinor) : news.feeMinor,
    closedAt: isDecided(news) ? (news.state === dispute.state ? dispute.closedAt : now) : null,
    toldAt: askedAt,
  };
  return facts(after) === facts(dispute) ? after : { ...after, revision: dispute.revision + 1 };
}
