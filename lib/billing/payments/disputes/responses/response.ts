import type { DisputeAction, DisputeEvidence, EvidenceFile } from '../../gateway/disputes';

export const responseStatuses = ['requested', 'sent', 'refused'] as const;
/** `requested`: the gateway is asked, and asked again while it does not answer. */
export type ResponseStatus = (typeof responseStatuses)[number];

/** The words of an answer; its documents are kept beside. */
export type EvidenceWords = Omit<DisputeEvidence, 'files'>;

/** What the seller said to a dispute: an answer with evidence, or that it is accepted. Its id is the idempotency key at the gateway. */
export interface DisputeResponse {
  id: string;
  accountId: string;
  disputeId: string;
  kind: DisputeAction;
  status: ResponseStatus;
  /** Null of an acceptance. */
  evidence: EvidenceWords | null;
  /** Why the gateway refused it, in a sentence. */
  failure: string | null;
  requestedAt: Date;
  finishedAt: Date | null;
}

/** A response that is about to be made. */
export interface WantedResponse {
  kind: DisputeAction;
  evidence: EvidenceWords | null;
  files: readonly EvidenceFile[];
}

// Field by field: the database keeps them in an order of its own.
const textOf = (words: EvidenceWords | null): string =>
  JSON.stringify(words && [words.story, words.customerName, words.customerEmail, words.product, words.refundPolicy, words.served?.from, words.served?.to]);

/** Whether both say the same. */
export function saysTheSame(response: Pick<DisputeResponse, 'kind' | 'evidence'>, wanted: Pick<WantedResponse, 'kind' | 'evidence'>): boolean {
  return response.kind === wanted.kind && textOf(response.evidence) === textOf(wanted.evidence);
}
