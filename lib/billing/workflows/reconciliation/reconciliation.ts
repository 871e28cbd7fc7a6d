import type { Actor } from '@/lib/core/context';
import type { GatewayMovement } from '../../payments/gateway/gateway';

/** What is compared. */
export const comparedKinds = ['payment', 'refund', 'refund_failure', 'dispute', 'dispute_reversal'] as const satisfies readonly GatewayMovement['kind'][];
export type ComparedKind = (typeof comparedKinds)[number];

/** What moved by a gateway's books: all its movements of one kind and one source together. */
export interface TheirMovement {
  kind: ComparedKind;
  /** The gateway's own name of the charge, the refund or the dispute. */
  source: string;
  /** Signed minor units: what came in is above zero. */
  amountMinor: bigint;
  currency: string;
  occurredAt: Date;
}

/** The same with what the gateway took for it. */
export interface ToldMovement extends TheirMovement {
  feeMinor: bigint;
  feeCurrency: string;
}

/** What moved, or might have, by ours. */
export interface OurMovement extends TheirMovement {
  accountId: string;
  /** Our own name of it. */
  subject: string;
  state: string;
  /** Whether our books have it as moved; if not, the amount is what would have been. */
  moved: boolean;
}

export const differenceProblems = ['missing_here', 'missing_there', 'amount_differs', 'state_differs'] as const;
export type DifferenceProblem = (typeof differenceProblems)[number];

export const differenceStatuses = ['open', 'repaired', 'explained', 'gone'] as const;
export type DifferenceStatus = (typeof differenceStatuses)[number];

/** One comparison of our books with a gateway's over a window. */
export interface Reconciliation {
  id: string;
  gateway: string;
  /** Inclusive, and exclusive. */
  windowStart: Date;
  windowEnd: Date;
  /** Movements that the gateway told, and differences that were found. */
  movements: number;
  differences: number;
  requestedBy: Actor;
  requestedAt: Date;
  finishedAt: Date | null;
  /** Why it was given up, in a sentence. */
  failure: string | null;
}

/** Something in which our books and a gateway's differ, by the newest comparison that found it. */
export interface Difference {
  id: string;
  gateway: string;
  kind: ComparedKind;
  source: string;
  problem: DifferenceProblem;
  status: DifferenceStatus;
  accountId: string | null;
  subject: string | null;
  currency: string;
  oursMinor: bigint | null;
  theirsMinor: bigint | null;
  ourState: string | null;
  occurredAt: Date;
  note: string | null;
  firstFoundBy: string;
  lastFoundBy: string;
  foundAt: Date;
  resolvedAt: Date | null;
}
