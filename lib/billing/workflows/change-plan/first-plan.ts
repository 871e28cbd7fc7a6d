import type { AppliedCoupon } from '../../catalog/coupons/coupon';
import { setupFeeLine } from '../../invoices/period-lines';
import { beginPeriod } from '../../subscriptions/charges';
import { beginSubscription } from '../../subscriptions/create-subscription';
import type { ProrationRule } from '../../subscriptions/proration';
import type { Offer } from '../../subscriptions/subscription';
import { openingFee } from '../plan-lines';
import type { PlanChange } from './decide';

/** All that the first plan of an account depends on. */
export interface FirstFacts {
  accountId: string;
  /** The id that the subscription gets. */
  subscriptionId: string;
  wanted: Offer;
  timeZone: string;
  proration: ProrationRule;
  /** The moment from which it counts. */
  at: Date;
  /** Whether the plan has a setup fee that the account has not paid yet. */
  setupFeeDue: boolean;
  /** A coupon to redeem with it, as it would be redeemed. */
  coupon: AppliedCoupon | null;
}

/** Decides what beginning with a plan does: it runs from the moment on, and its first period is charged. Pure. */
export function decideFirstPlan({ accountId, subscriptionId, wanted, timeZone, proration, at, setupFeeDue, coupon }: FirstFacts): PlanChange {
  const after = beginPeriod({ ...beginSubscription(accountId, wanted, timeZone, at), id: subscriptionId, coupon });
  const { currentPeriod: period } = after;
  const lines = [...openingFee(after, proration), ...(setupFeeDue ? setupFeeLine(wanted, period) : [])];
  return {
    direction: 'begin', effectiveAt: at, before: null, after, undoes: null, redeems: coupon, next: { at: period.end, offer: wanted },
    invoice: lines.length === 0 ? null : { accountId, subscriptionId, reason: 'subscribe', currency: wanted.price.currency, period, lines },
  };
}
