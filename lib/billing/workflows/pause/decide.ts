import { DomainError } from '@/lib/core/errors';
import type { DraftLine, InvoiceDraft } from '../../invoices/invoice';
import { beginPeriod } from '../../subscriptions/charges';
import { firstPeriod } from '../../subscriptions/next-period';
import type { ProrationRule } from '../../subscriptions/proration';
import { scheduledOf } from '../../subscriptions/schedule';
import { moveTo, pricedPeriod, type PauseRest, type Subscription } from '../../subscriptions/subscription';
import { openingFee } from '../plan-lines';

export interface WantedPause {
  /** What becomes of the unused rest of the period. */
  unusedRest: PauseRest;
  /** When the pause ends by itself; until it is ended unless said. */
  resumesAt?: Date | undefined;
}

/** The subscription paused from the moment on. Throws `invalid_transition`, and `invalid_request` for an end that is not ahead. Pure. */
export function decidePause(subscription: Subscription, { unusedRest, resumesAt }: WantedPause, at: Date): Subscription {
  if (scheduledOf(subscription)) throw new DomainError('invalid_transition', 'Undo what is scheduled for the period end first; then the subscription can be paused.');
  if (subscription.status === 'past_due') throw new DomainError('invalid_transition', 'Pay the overdue invoice first; then the subscription can be paused.');
  if (subscription.status !== 'active') throw new DomainError('invalid_transition', `A subscription that is ${subscription.status} cannot be paused.`);
  if (resumesAt && resumesAt <= at) {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'resumesAt', message: 'Choose a moment that is still to come.' }] });
  }
  return { ...subscription, status: moveTo(subscription.status, 'paused'), pausedAt: at, resumesAt: resumesAt ?? null, pauseRest: unusedRest, updatedAt: at };
}

/** All that the end of a pause depends on. */
export interface Facts {
  subscription: Subscription;
  timeZone: string;
  proration: ProrationRule;
  /** What usage past the limits of the period before the pause costs. */
  closingUsage: DraftLine[];
  at: Date;
}

/** The end of a pause as plain data. */
export interface Resumption {
  before: Subscription;
  after: Subscription;
  /** The new period where the paused one is over; null when nothing is charged. */
  invoice: InvoiceDraft | null;
}

/**
 * Ends a pause. With its rest kept, the period ends later by the length of the pause, and that end becomes the anchor.
 * With its rest forfeited, a period that still runs goes on; where it is over, a new one begins and is charged, with the
 * usage of the old one. Pure. Throws `invalid_transition` unless paused.
 */
export function decideResumption({ subscription, timeZone, proration, closingUsage, at }: Facts): Resumption {
  const { pausedAt, currentPeriod } = subscription;
  if (!pausedAt) throw new DomainError('invalid_transition', 'The subscription is not paused.');
  const running: Subscription = { ...subscription, status: moveTo(subscription.status, 'active'), pausedAt: null, resumesAt: null, pauseRest: null, updatedAt: at };

  if (subscription.pauseRest === 'kept') {
    const later = (moment: Date) => new Date(moment.getTime() + at.getTime() - pausedAt.getTime());
    const end = later(currentPeriod.end);
    const placement = { anchorAt: end, periodIndex: -1, currentPeriod: { start: currentPeriod.start, end }, pricedFrom: later(pricedPeriod(subscription).start) };
    return { before: subscription, after: at > pausedAt ? { ...running, ...placement } : running, invoice: null };
  }
  if (at < currentPeriod.end) return { before: subscription, after: running, invoice: null };
  const after = beginPeriod({ ...running, ...firstPeriod(subscription.price, timeZone, at, subscription.alignment) });
  const lines = [...closingUsage, ...openingFee(after, proration)];
  const draft: InvoiceDraft = {
    accountId: subscription.accountId, subscriptionId: subscription.id, reason: 'resume', currency: subscription.price.currency, period: after.currentPeriod, lines,
  };
  return { before: subscription, after, invoice: lines.length === 0 ? null : draft };
}
