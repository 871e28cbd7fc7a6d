import { DomainError } from '@/lib/core/errors';
import type { DraftLine, InvoiceDraft } from '../../invoices/invoice';
import { itemsOn } from '../../subscriptions/items';
import type { ProrationRule } from '../../subscriptions/proration';
import { scheduledOf, withPendingPrice } from '../../subscriptions/schedule';
import { pricedPeriod, type Offer, type Subscription } from '../../subscriptions/subscription';
import { changeLines } from '../plan-lines';

export const moveTimes = ['now', 'period_end'] as const;
export type MoveTime = (typeof moveTimes)[number];

/** All that a move to another version of the plan depends on. */
export interface Facts {
  subscription: Subscription;
  /** The same plan in the version that is moved to, in the same rhythm. */
  wanted: Offer;
  when: MoveTime;
  proration: ProrationRule;
  at: Date;
}

/** A move to another version as plain data. */
export interface VersionMove {
  /** `period_end` also where moving at once would have to pay money back. */
  when: MoveTime;
  effectiveAt: Date;
  before: Subscription;
  after: Subscription;
  /** The difference for the rest of the period; null when nothing is charged. */
  invoice: InvoiceDraft | null;
}

const sum = (lines: readonly DraftLine[]): bigint => lines.reduce((total, line) => total + line.amountMinor, 0n);

/**
 * Decides what moving a running subscription to another version of its plan does. At once, the period is kept and the
 * difference in price for its rest is charged; a version that is cheaper waits for the period end, since time that was
 * paid for ahead is not paid back. Pure.
 * Throws `same_price` when it is on the version already or moves there anyway, and `invalid_transition` when it is paused,
 * has ended, is overdue (at once only) or something else waits for the period end.
 */
export function decideVersionMove({ subscription, wanted, when, proration, at }: Facts): VersionMove {
  if (wanted.price.id === subscription.price.id) throw new DomainError('same_price', 'The subscription is on this version of the plan already.');
  if (subscription.pendingPrice?.price.id === wanted.price.id && when === 'period_end') throw new DomainError('same_price', 'The move to this version is scheduled already.');
  if (subscription.status === 'paused') throw new DomainError('invalid_transition', 'A paused subscription cannot change its plan.');
  if (subscription.pendingPrice?.price.id !== wanted.price.id && scheduledOf(subscription)) {
    throw new DomainError('invalid_transition', 'Something else waits for the period end. Undo it first.');
  }
  const period = pricedPeriod(subscription);
  const moved: Subscription = { ...subscription, ...wanted, items: itemsOn(subscription.items, wanted) };
  const lines = subscription.status === 'trialing' ? [] : changeLines(subscription, moved, period, at, proration);

  if (when === 'period_end' || sum(lines) < 0n) {
    const effectiveAt = subscription.currentPeriod.end;
    return { when: 'period_end', effectiveAt, before: subscription, after: withPendingPrice(subscription, wanted, at), invoice: null };
  }
  if (subscription.status === 'past_due') throw new DomainError('invalid_transition', 'Pay the overdue invoice first, or move at the period end.');
  const after: Subscription = { ...moved, pendingPrice: null, updatedAt: at };
  const draft: InvoiceDraft = {
    accountId: subscription.accountId, subscriptionId: subscription.id, reason: 'version_move', currency: wanted.price.currency,
    period: { start: at, end: period.end }, lines,
  };
  return { when: 'now', effectiveAt: at, before: subscription, after, invoice: lines.length === 0 ? null : draft };
}
