import { billingPeriod } from '../time/period';
import type { FailureCode } from './gateway/charges';

export const dunningStatuses = ['retrying', 'recovered', 'given_up', 'dropped'] as const;
export type DunningStatus = (typeof dunningStatuses)[number];

export const dunningEnds = ['end', 'fall_back'] as const;
/** What becomes of a subscription whose invoice was given up: it ends, or the account goes on with the plan that costs nothing. */
export type DunningEnd = (typeof dunningEnds)[number];

/** How the seller collects what could not be charged. */
export interface DunningPolicy {
  /** Days after the first failure on which it is charged again, each later than the one before. None: it is given up at once. */
  days: readonly number[];
  end: DunningEnd;
}

/** The tries to collect one invoice whose first charge failed. */
export interface Dunning {
  invoiceId: string;
  accountId: string;
  status: DunningStatus;
  /** The seller's schedule when it began. */
  days: readonly number[];
  failures: number;
  lastFailureCode: FailureCode;
  startedAt: Date;
  /** Null: an attempt is under way, or it has ended. */
  nextAttemptAt: Date | null;
  endedAt: Date | null;
}

/** When the invoice is charged again after so many failures: whole days of the account after the first; null when never. */
function attemptAfter(days: readonly number[], failures: number, startedAt: Date, timeZone: string): Date | null {
  const day = days[failures - 1];
  return day === undefined ? null : billingPeriod(startedAt, timeZone, { interval: 'day', intervalCount: day }, 1).start;
}

interface Failure {
  invoiceId: string;
  accountId: string;
  code: FailureCode;
  timeZone: string;
  now: Date;
}

/**
 * The dunning after a charge has failed, the first time or again: it waits for its next day or is given up. A charge between
 * its days, as with a new payment method, uses none of them up. Pure.
 */
export function afterFailure(current: Dunning | null, days: readonly number[], { invoiceId, accountId, code, timeZone, now }: Failure): Dunning {
  if (current?.status === 'retrying' && current.nextAttemptAt && current.nextAttemptAt > now) return { ...current, lastFailureCode: code };
  const running = current?.status === 'retrying' ? current : { days, failures: 0, startedAt: now };
  const failures = running.failures + 1;
  const nextAttemptAt = attemptAfter(running.days, failures, running.startedAt, timeZone);
  return {
    invoiceId, accountId, failures, nextAttemptAt,
    days: running.days,
    startedAt: running.startedAt,
    lastFailureCode: code,
    status: nextAttemptAt ? 'retrying' : 'given_up',
    endedAt: nextAttemptAt ? null : now,
  };
}

/** The dunning once there is nothing to collect any more. Pure. */
export function ended(dunning: Dunning, status: Exclude<DunningStatus, 'retrying'>, now: Date): Dunning {
  return { ...dunning, status, nextAttemptAt: null, endedAt: now };
}
