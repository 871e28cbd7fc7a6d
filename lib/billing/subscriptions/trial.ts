import { DomainError } from '@/lib/core/errors';
import type { Trial } from '../catalog/catalog';
import { billingPeriod } from '../time/period';
import type { Subscription } from './subscription';

/** What a trial depends on beside the plan. */
export interface TrialFacts {
  /** Whether the account had a trial before. */
  hadTrial: boolean;
  hasPaymentMethod: boolean;
}

/**
 * The subscription as a trial: its first period is the trial, in whole days of the account's time zone, and costs nothing.
 * Throws `trial_not_offered`, `trial_used`, and `payment_method_required` where the trial asks for one before it begins. Pure.
 */
export function asTrial(subscription: Subscription, timeZone: string, { hadTrial, hasPaymentMethod }: TrialFacts): Subscription {
  const { trial } = subscription.plan;
  if (!trial) throw new DomainError('trial_not_offered');
  if (hadTrial) throw new DomainError('trial_used');
  if (trial.paymentMethod === 'at_start' && !hasPaymentMethod) throw new DomainError('payment_method_required');
  const currentPeriod = billingPeriod(subscription.startedAt, timeZone, { interval: 'day', intervalCount: trial.days }, 0);
  return { ...subscription, status: 'trialing', currentPeriod, pricedFrom: null, trialEndAt: currentPeriod.end };
}

/** Whether the period that runs is the trial itself, after which billing is counted from its end. */
export function isTrialPeriod({ status, trialEndAt, currentPeriod }: Pick<Subscription, 'status' | 'trialEndAt' | 'currentPeriod'>): boolean {
  return status === 'trialing' && trialEndAt?.getTime() === currentPeriod.end.getTime();
}

const asksToPay = (trial: Trial | null | undefined): boolean => trial !== null && trial !== undefined && trial.paymentMethod !== 'never';

/** Whether the trial ends without becoming paid, since it asks for a payment method and there is none. */
export function lapses(subscription: Subscription, hasPaymentMethod: boolean): boolean {
  return isTrialPeriod(subscription) && asksToPay(subscription.plan.trial) && !hasPaymentMethod;
}
