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
  /** Until then it takes an answer; null where it wants none. */
  respondBy: Date | null;
  /** What it takes of us at the moment. */
  takes: readonly DisputeAction[];
  openedAt: Date;
}

export const disputeActions = ['answer', 'accept'] as const;
export type DisputeAction = (typeof disputeActions)[number];

/** What a gateway takes with an answer to a dispute. */
export interface EvidenceLimits {
  /** The most letters of the story. */
  storyLetters: number;
  /** The most bytes of all files together. */
  fileBytes: number;
}

export interface DisputeAnswer {
  /** Our response's id. */
  idempotencyKey: string;
  reference: string;
  evidence: DisputeEvidence;
}

/** Why a payment was right, for a bank that knows nothing of either side. Empty text where there is nothing to say. */
export interface DisputeEvidence {
  /** What happened, in the seller's words. */
  story: string;
  customerName: string;
  customerEmail: string;
  /** What was sold. */
  product: string;
  /** The days for which it was served, first and last, as `2026-11-21`; null where no days are known. */
  served: { from: string; to: string } | null;
  refundPolicy: string;
  /** PDF documents. */
  files: readonly EvidenceFile[];
}

export const evidenceKinds = ['receipt', 'activity_log'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** A PDF document: the receipt of the payment, or what shows that the customer used what was paid. */
export interface EvidenceFile {
  kind: EvidenceKind;
  /** Letters, digits, `-` and `_`, then `.pdf`. */
  name: string;
  content: Uint8Array<ArrayBuffer>;
}
