import { DomainError } from '@/lib/core/errors';
import type { CancellationCause, Offer, Subscription } from './subscription';

// At most one thing waits for the period end: each of these replaces what waited before.

/** The subscription as it will be once it ends with its period. Throws `invalid_transition` when that is settled already. */
export function withCancellation(subscription: Subscription, { cause, reason }: { cause: CancellationCause | null; reason: string }, now: Date): Subscription {
  if (subscription.cancelAtPeriodEnd) throw new DomainError('invalid_transition', 'The cancellation is scheduled already.');
  return { ...subscription, cancelAtPeriodEnd: true, canceledAt: now, cancellationCause: cause, cancellationReason: reason, pendingPrice: null, updatedAt: now };
}

/** The subscription with a move to another price at the period end. */
export function withPendingPrice(subscription: Subscription, offer: Offer, now: Date): Subscription {
  return { ...subscription, cancelAtPeriodEnd: false, canceledAt: null, cancellationCause: null, cancellationReason: '', pendingPrice: offer, updatedAt: now };
}

/** The subscription with nothing waiting for the period end. */
export function withNothingScheduled(subscription: Subscription, now: Date): Subscription {
  return { ...subscription, cancelAtPeriodEnd: false, canceledAt: null, cancellationCause: null, cancellationReason: '', pendingPrice: null, updatedAt: now };
}

/** What waits for the period end. */
export function scheduledOf(subscription: Subscription): 'cancellation' | 'downgrade' | null {
  if (subscription.cancelAtPeriodEnd) return 'cancellation';
  return subscription.pendingPrice ? 'downgrade' : null;
}
