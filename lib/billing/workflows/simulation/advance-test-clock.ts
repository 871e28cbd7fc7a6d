import { recordAudit } from '@/lib/audit/record-audit';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { assertTestClocks } from '../../accounts/test-clocks/create-test-clock';
import { claimTestClock, moveTestClock, readTestClock, releaseTestClock } from '../../accounts/test-clocks/store';
import type { TestClock } from '../../accounts/test-clocks/test-clock';
import { expireDueCredit } from '../../credits/expire-credit';
import { expireReservations } from '../../quota/engine/expire-reservations';
import { makeUsagePartitions } from '../../usage/store';
import { resumeDueSubscriptions } from '../pause/resume-due-subscriptions';
import { performPayments } from '../collect-payment/perform-payments';
import { buyForLowAccounts } from '../top-up/buy-when-low';
import { refreshOpenAttempts } from '../collect-payment/refresh-open-attempts';
import { dropOverdueHolds } from '../pay-first/drop-overdue-holds';
import { retryDueDunnings } from '../dunning/retry-due';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { readDueAccounts, readNextDue } from './store';

const day = 86_400_000;
const furthest = 2 * 366 * day;
/** For so long, in milliseconds of real time, nobody else may move the clock after each step. */
const claim = 60_000;

/** What happened at one moment on the way. */
export interface SimulatedStep {
  at: Date;
  /** Pauses that ended. */
  resumed: number;
  periodsClosed: number;
  paymentsRetried: number;
  /** Charges whose outcome became known. */
  charged: number;
  /** Counters whose reservations or leases ended. */
  reservationsExpired: number;
  /** Accounts whose prepaid credit ran out. */
  creditExpired: number;
  /** Purchases of credit that began by themselves. */
  creditBought: number;
}

/**
 * Moves a test clock forward. Everything of its accounts that falls due on the way happens at its own moment and in order:
 * reservations that expire, pauses and periods that end (trials and cancellations with them), credit that runs out or is
 * bought by itself, charges, and what is charged again. The
 * clock stands at each of these moments while they happen, so an advance that breaks off is gone on with by the next.
 * Throws `not_found`, `test_clock_unavailable`, `conflict` while somebody else moves it, `invalid_request` for a moment
 * that is not later or is more than two years away.
 */
export async function advanceTestClock(context: Context, id: string, to: Date): Promise<{ clock: TestClock; steps: SimulatedStep[] }> {
  assertTestClocks();
  const before = found(await readTestClock(database(), context.accountId, id), 'test clock');
  const wrong = to <= before.time ? 'Use a later moment: time does not go back.' : to.getTime() - before.time.getTime() > furthest ? 'Advance by two years at most, and again from there.' : null;
  if (wrong) throw new DomainError('invalid_request', undefined, { issues: [{ field: 'to', message: wrong }] });
  if (!(await claimTestClock(database(), id, to, systemClock.now(), claimUntil()))) throw new DomainError('conflict', 'The clock is being moved. Wait until it has arrived.');

  let arrived = false;
  const steps: SimulatedStep[] = [];
  try {
    for (let at: Date | null = before.time; at && at <= to; at = await readNextDue(database(), id, at)) await step(id, at, steps);
    await moveTestClock(database(), id, to, claimUntil());
    arrived = true;
  } finally {
    await releaseTestClock(database(), id, arrived);
  }
  await inTransaction((transaction) => recordAudit(transaction, context, { action: 'test_clock.advanced', subject: id, before: { time: before.time }, after: { time: to } }));
  return { clock: found(await readTestClock(database(), context.accountId, id), 'test clock'), steps };
}

const claimUntil = (): Date => new Date(systemClock.now().getTime() + claim);

/** Does what is due at that moment. */
async function step(id: string, at: Date, steps: SimulatedStep[]): Promise<void> {
  await moveTestClock(database(), id, at, claimUntil());
  await makeUsagePartitions(database(), at, 2);
  const clock = new FixedClock(at);
  const reservationsExpired = await expireReservations(clock, id);
  const { resumed } = await resumeDueSubscriptions(clock, id);
  const due = await readDueAccounts(database(), id, at);
  for (const accountId of due) await renewUntilCurrent({ actor: { kind: 'system', id: 'renewal' }, accountId, clock, requestId: newId('req') });
  const creditExpired = await expireDueCredit(clock, id);
  const { bought: creditBought } = await buyForLowAccounts(clock, id);
  await refreshOpenAttempts(clock, id);
  await dropOverdueHolds(clock, id);
  const first = await performPayments(clock, id);
  const { retried } = await retryDueDunnings(clock, id);
  const second = await performPayments(clock, id);
  const happened = { resumed, periodsClosed: due.length, paymentsRetried: retried, charged: first.charged + second.charged, reservationsExpired, creditExpired, creditBought };
  if (Object.values(happened).some((count) => count > 0)) steps.push({ at, ...happened });
}
