import type { EventSubject } from '@/lib/billing/payments/gateway/gateway';

export const noticeStatuses = ['waiting', 'applied', 'ignored', 'dead'] as const;
/** Waits to be applied; was; is kept and not for us; was given up after many tries. */
export type NoticeStatus = (typeof noticeStatuses)[number];

/** A notice of a gateway that something happened there. What happened is read again, so nothing else of it is kept. */
export interface Notice {
  id: string;
  gateway: string;
  /** Unique at the gateway. */
  eventId: string;
  /** The gateway's own word for it. */
  type: string;
  /** What it is about; null for what we keep and ignore. */
  subjectKind: EventSubject | null;
  reference: string | null;
  /** Whom it turned out to be about. */
  accountId: string | null;
  status: NoticeStatus;
  attempts: number;
  /** Null when it waits no longer. */
  nextAttemptAt: Date | null;
  /** Why it was not applied, in a sentence. */
  failure: string | null;
  occurredAt: Date;
  receivedAt: Date;
  finishedAt: Date | null;
}

const minute = 60_000;

/** Milliseconds until a notice that failed is tried again; after the last it is dead. Two days in all. */
const waitsAfterFailure = [10_000, minute, 5 * minute, 30 * minute, 2 * 60 * minute, 6 * 60 * minute, 15 * 60 * minute, 24 * 60 * minute];

/** The same for one that is about nothing of ours yet: what it is about may be written any moment now. */
const waitsForOurs = [10_000, minute, 5 * minute];

/** How trying to apply a notice ended. */
export type Outcome = { kind: 'applied'; accountId: string } | { kind: 'not_ours'; reason: string } | { kind: 'failed'; reason: string };

/** What a notice becomes after so many attempts, this one included. Pure. */
export function afterAttempt(outcome: Outcome, attempts: number, now: Date): Pick<Notice, 'status' | 'nextAttemptAt' | 'failure' | 'finishedAt'> {
  if (outcome.kind === 'applied') return { status: 'applied', nextAttemptAt: null, failure: null, finishedAt: now };
  const wait = (outcome.kind === 'failed' ? waitsAfterFailure : waitsForOurs)[attempts - 1];
  if (wait !== undefined) return { status: 'waiting', nextAttemptAt: new Date(now.getTime() + wait), failure: outcome.reason, finishedAt: null };
  return { status: outcome.kind === 'failed' ? 'dead' : 'ignored', nextAttemptAt: null, failure: outcome.reason, finishedAt: now };
}
