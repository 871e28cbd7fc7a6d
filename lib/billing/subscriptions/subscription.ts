import { DomainError } from '@/lib/core/errors';
import type { Plan, Price } from '../catalog/catalog';
import type { AppliedCoupon } from '../catalog/coupons/coupon';
import type { Period } from '../time/period';
import type { SubscriptionItem } from './items';

export const subscriptionStatuses = ['trialing', 'active', 'past_due', 'paused', 'canceled', 'expired'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** Whether periods keep the day of the anchor, or begin on the first day of a month in the account's time zone. */
export const billingAlignments = ['anniversary', 'calendar'] as const;
export type BillingAlignment = (typeof billingAlignments)[number];

/** What becomes of the unused rest of a period in which the subscription is paused: kept, so that the pause moves the period's end, or forfeited. */
export const pauseRests = ['kept', 'forfeited'] as const;
export type PauseRest = (typeof pauseRests)[number];

/** The causes of a cancellation that a customer may choose from; more is said in words of their own. */
export const cancellationCauses = ['too_expensive', 'missing_features', 'other_product', 'too_little_use', 'too_complex', 'poor_service', 'project_ended', 'other'] as const;
export type CancellationCause = (typeof cancellationCauses)[number];

/** A price together with the plan version that it belongs to. */
export interface Offer {
  plan: Plan;
  price: Price;
}

/** What an account has bought: a price of a plan version, and the billing period it is in. */
export interface Subscription {
  id: string;
  accountId: string;
  status: SubscriptionStatus;
  /** The plan in the version that was sold, which may be older than the one on offer. */
  plan: Plan;
  price: Price;
  /** The moment whose day and time every billing period keeps. */
  anchorAt: Date;
  /** Number of whole intervals between the anchor and the start of the current period. */
  periodIndex: number;
  currentPeriod: Period;
  alignment: BillingAlignment;
  /**
   * Where the time begins that the whole price is for, when that is not the start of the current period: before it in a
   * first period by the calendar, after it when a pause has moved the end.
   */
  pricedFrom: Date | null;
  /** The subscription ends with its current period. Never together with `pendingPrice`. */
  cancelAtPeriodEnd: boolean;
  /** What the subscription moves to when its current period ends. */
  pendingPrice: Offer | null;
  startedAt: Date;
  /** When the customer asked to cancel. */
  canceledAt: Date | null;
  /** Why, of the causes that are offered; null when none was chosen or nothing is cancelled. */
  cancellationCause: CancellationCause | null;
  /** Why, in the customer's words; empty when nothing was said or nothing is cancelled. */
  cancellationReason: string;
  /** Since when it is paused; null unless it is. */
  pausedAt: Date | null;
  /** When the pause ends by itself; null: when the customer says so. */
  resumesAt: Date | null;
  /** Null unless paused. */
  pauseRest: PauseRest | null;
  endedAt: Date | null;
  /** When its trial ends or ended; null: it had none. */
  trialEndAt: Date | null;
  /** Who renews and bills it: `portal`, or a gateway by its name. */
  managedBy: string;
  /** The gateway's own name of it; null where the portal renews it. */
  managedReference: string | null;
  /** What it holds beside the plan. */
  items: readonly SubscriptionItem[];
  /** The coupon that was redeemed last. */
  coupon: AppliedCoupon | null;
  /** An earlier one that still counts for the period that has begun. */
  formerCoupon?: AppliedCoupon | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Every move between states that is allowed. A state that is missing on the right cannot be reached from the left. */
export const subscriptionTransitions: Record<SubscriptionStatus, readonly SubscriptionStatus[]> = {
  trialing: ['active', 'past_due', 'paused', 'canceled', 'expired'],
  active: ['past_due', 'paused', 'canceled'],
  past_due: ['active', 'paused', 'canceled', 'expired'],
  paused: ['active', 'canceled', 'expired'],
  canceled: [],
  expired: [],
};

/** The states of a subscription that has not ended; an account has at most one such subscription. */
export const runningStatuses = ['trialing', 'active', 'past_due', 'paused'] as const satisfies readonly SubscriptionStatus[];

/** Whether it has not ended. */
export function isRunning({ status }: Pick<Subscription, 'status'>): boolean {
  return runningStatuses.some((running) => running === status);
}

/** Whether a gateway renews and bills it, so that the portal neither charges nor changes it. */
export function isManaged({ managedBy }: Pick<Subscription, 'managedBy'>): boolean {
  return managedBy !== 'portal';
}

const statusesWithAccess: readonly SubscriptionStatus[] = ['trialing', 'active', 'past_due'];

/** Whether the customer may use the products: yes while a late payment is being collected, no while paused. */
export function isActive(subscription: Pick<Subscription, 'status'> | null): boolean {
  return subscription !== null && statusesWithAccess.includes(subscription.status);
}

/** The time that the whole price is for. */
export function pricedPeriod({ pricedFrom, currentPeriod }: Pick<Subscription, 'pricedFrom' | 'currentPeriod'>): Period {
  return { start: pricedFrom ?? currentPeriod.start, end: currentPeriod.end };
}

/** The state moved to, when the table allows it; staying where one is needs no move. Throws `invalid_transition`. */
export function moveTo(from: SubscriptionStatus, to: SubscriptionStatus): SubscriptionStatus {
  if (from !== to && !subscriptionTransitions[from].includes(to)) {
    throw new DomainError('invalid_transition', `A subscription cannot go from ${from} to ${to}.`);
  }
  return to;
}
