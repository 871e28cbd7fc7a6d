/** One round over all of a seller's subscriptions whose period is over. */
export interface BillingRun {
  id: string;
  sellerId: string;
  /** Periods that end by this moment are closed. */
  dueBy: Date;
  /** Accounts found so far, and whether these are all. */
  found: number;
  foundAll: boolean;
  done: number;
  failed: number;
  startedBy: { kind: string; id: string };
  startedAt: Date;
  /** Null while it is under way. */
  finishedAt: Date | null;
}

/** An account whose period could not be closed in a run. */
export interface RunFailure {
  accountId: string;
  /** A code of the API, a colon and a sentence. */
  reason: string;
  failedAt: Date;
  /** When it is tried again, in a run of then; null when it has been closed since. */
  nextAttemptAt: Date | null;
}

const minute = 60_000;
const waits = [1, 5, 15, 60, 240, 720];

/** When an account is tried again whose period could not be closed so many times. The last wait is kept to. Pure. */
export function nextTry(attempts: number, now: Date): Date {
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? 1;
  return new Date(now.getTime() + wait * minute);
}
