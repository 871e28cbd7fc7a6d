import type { ManagedSubscription } from '../../payments/gateway/subscriptions';
import { subscriptionTransitions, type Subscription, type SubscriptionStatus } from '../../subscriptions/subscription';
import type { Period } from '../../time/period';

type Told = Pick<ManagedSubscription, 'state' | 'period' | 'cancelAtPeriodEnd' | 'payments'>;

const statusOf: Record<ManagedSubscription['state'], SubscriptionStatus> = {
  // A trial that the gateway gives costs nothing yet, and the products may be used.
  trialing: 'active',
  active: 'active',
  past_due: 'past_due',
  paused: 'paused',
  canceled: 'canceled',
  // Its first payment has not gone through: only the first; later ones are past due.
  incomplete: 'past_due',
};

/** The periods that the gateway has begun after the current one, oldest first: those that it charged, and the one it is in. Pure. */
export function periodsToCome({ currentPeriod }: Pick<Subscription, 'currentPeriod'>, { payments, period }: Told): Period[] {
  const begun = [...payments.map((payment) => payment.period), period].filter(({ start }) => start >= currentPeriod.end);
  const byStart = new Map(begun.map((one) => [one.start.getTime(), one]));
  return [...byStart.values()].sort((one, other) => one.start.getTime() - other.start.getTime());
}

/** The subscription in the next of its periods. It starts where the current one ends, so that no second is skipped. Pure. */
export function inPeriod(subscription: Subscription, { end }: Period): Subscription {
  const { currentPeriod, periodIndex } = subscription;
  return { ...subscription, periodIndex: periodIndex + 1, currentPeriod: { start: currentPeriod.end, end } };
}

/**
 * The subscription in the state that the gateway says, as far as the table of moves leads there: one that has ended here stays
 * ended. Ended with its period or, where the gateway gave it up before, now. Pure.
 */
export function asTold(subscription: Subscription, { state, cancelAtPeriodEnd, period }: Told, now: Date): Subscription {
  // Not every gateway ends by itself what is to end with its period: some only charge it no more.
  const wanted = cancelAtPeriodEnd && period.end <= now ? 'canceled' : statusOf[state];
  const status = subscriptionTransitions[subscription.status].includes(wanted) ? wanted : subscription.status;
  if (status === 'canceled') return { ...subscription, status, canceledAt: subscription.canceledAt ?? now, endedAt: period.end <= now ? period.end : now };
  const isCancelled = cancelAtPeriodEnd
    ? { cancelAtPeriodEnd, canceledAt: subscription.canceledAt ?? now }
    : { cancelAtPeriodEnd, canceledAt: null, ...(subscription.cancelAtPeriodEnd && { cancellationCause: null, cancellationReason: '' }) };
  const isPaused: Pick<Subscription, 'pausedAt' | 'pauseRest'> = status === 'paused' ? { pausedAt: subscription.pausedAt ?? now, pauseRest: 'forfeited' } : { pausedAt: null, pauseRest: null };
  return { ...subscription, status, ...isCancelled, ...isPaused };
}

/** What the audit log calls the change; null where nothing has changed. Pure. */
export function changeOf(before: Subscription, after: Subscription): string | null {
  if (before.status !== after.status) {
    if (after.status === 'canceled') return 'subscription.ended';
    if (after.status === 'past_due') return 'subscription.past_due';
    if (after.status === 'paused') return 'subscription.paused';
    return before.status === 'paused' ? 'subscription.pause_ended' : 'subscription.recovered';
  }
  if (before.cancelAtPeriodEnd === after.cancelAtPeriodEnd) return null;
  return after.cancelAtPeriodEnd ? 'subscription.cancellation_scheduled' : 'subscription.resumed';
}
