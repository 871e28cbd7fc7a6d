import { DomainError } from '@/lib/core/errors';
import type { DraftLine, InvoiceDraft } from '../../invoices/invoice';
import type { AppliedCoupon } from '../../catalog/coupons/coupon';
import { setupFeeLine } from '../../invoices/period-lines';
import { beginPeriod, chargesOf } from '../../subscriptions/charges';
import { directionOf, isSameOffer, type Direction } from '../../subscriptions/direction';
import { itemsOn } from '../../subscriptions/items';
import { scheduledOf, withNothingScheduled, withPendingPrice } from '../../subscriptions/schedule';
import { firstPeriod } from '../../subscriptions/next-period';
import { bySecond, type ProrationRule } from '../../subscriptions/proration';
import { moveTo, pricedPeriod, type Offer, type Subscription } from '../../subscriptions/subscription';
import { changeLines, openingFee, unusedLine } from '../plan-lines';

/** All that a change of plan depends on. */
export interface Facts {
  subscription: Subscription;
  wanted: Offer;
  timeZone: string;
  /** By what the rest of a period is counted; the second unless said. */
  proration?: ProrationRule;
  /** The moment up to which the old plan counts as used. */
  at: Date;
  /** What usage past the limits costs when the current period is closed at that moment. */
  closingUsage: readonly DraftLine[];
  /** Whether the wanted plan has a setup fee that the account has not paid yet. */
  setupFeeDue?: boolean;
  /** A coupon to redeem with it, as it would be redeemed. */
  coupon?: AppliedCoupon | null;
}

/** A change of plan as plain data: what the preview shows and `apply` carries out. */
export interface PlanChange {
  /** `begin`: it is the first plan of the account. */
  direction: Direction | 'begin';
  effectiveAt: Date;
  /** Null where the account has none yet. */
  before: Subscription | null;
  after: Subscription;
  /** What is charged at once; null when nothing is. */
  invoice: InvoiceDraft | null;
  /** What was scheduled and no longer happens. */
  undoes: 'cancellation' | 'downgrade' | null;
  /** The coupon that is redeemed with it. */
  redeems?: AppliedCoupon | null;
  /** The next regular price and when it falls due. */
  next: { at: Date; offer: Offer };
}

const sum = (lines: readonly DraftLine[]): bigint => lines.reduce((total, line) => total + line.amountMinor, 0n);

/** Whether anything was charged for the period that it is in. */
export const isPaid = (subscription: Subscription): boolean => subscription.status !== 'trialing' && chargesOf(subscription, subscription.currentPeriod.start).length > 0;

/** The subscription on the new plan from `at` on, and what this costs. */
function changeNow({ subscription, wanted, timeZone, proration = bySecond, at, closingUsage, setupFeeDue, coupon = null }: Facts): { after: Subscription; lines: DraftLine[] } {
  const settled = { ...withNothingScheduled(subscription, at), ...wanted, status: moveTo(subscription.status, 'active') };
  const period = pricedPeriod(subscription);
  const paid = isPaid(subscription);
  const sameRhythm =
    subscription.price.interval === wanted.price.interval && subscription.price.intervalCount === wanted.price.intervalCount;

  if (paid && sameRhythm) {
    const after = { ...settled, items: itemsOn(subscription.items, wanted) };
    const setupFee = setupFeeDue ? setupFeeLine(wanted, { start: at, end: period.end }) : [];
    return { after, lines: [...changeLines(subscription, after, period, at, proration), ...setupFee] };
  }
  const held = coupon && { coupon, formerCoupon: subscription.coupon };
  const after = beginPeriod({ ...settled, ...held, ...firstPeriod(wanted.price, timeZone, at, subscription.alignment) });
  const unused = paid ? unusedLine(subscription, period, at, proration) : [];
  const setupFee = setupFeeDue ? setupFeeLine(wanted, after.currentPeriod) : [];
  return { after, lines: [...closingUsage, ...unused, ...openingFee(after, proration), ...setupFee] };
}

/**
 * Decides what a change of plan does. An upgrade takes effect at once: in the same rhythm the period is kept and its rest
 * is charged at the new price; from a plan without cost, a trial or another rhythm a new period starts. A downgrade waits
 * for the period end, and so does a change that would have to pay money back. The plan on trial itself ends the trial and is
 * paid from then on. Pure.
 * Throws `same_price`, `invalid_transition` for a subscription whose state allows no change, and `coupon_not_applicable` where a
 * coupon comes with anything but the step from what costs nothing to what is paid.
 */
export function decidePlanChange(facts: Facts): PlanChange {
  const { subscription, at } = facts;
  const isSame = isSameOffer(subscription, facts.wanted);
  if (isSame && subscription.status !== 'trialing') throw new DomainError('same_price');
  // To ask for the plan on trial ends the trial, at the price that it was begun with.
  const wanted = isSame ? { plan: subscription.plan, price: subscription.price } : facts.wanted;
  if (subscription.status === 'paused') throw new DomainError('invalid_transition', 'A paused subscription cannot change its plan.');
  if (facts.coupon && isPaid(subscription)) throw new DomainError('coupon_not_applicable', 'A coupon comes with a plan only where nothing was paid before. Redeem it for the running subscription instead.');
  const shared = { before: subscription, undoes: scheduledOf(subscription), redeems: facts.coupon ?? null };

  if (isSame || directionOf(subscription, wanted) === 'upgrade') {
    if (subscription.status === 'past_due') {
      throw new DomainError('invalid_transition', 'Pay the overdue invoice first; then the plan can be upgraded.');
    }
    const { after, lines } = changeNow({ ...facts, wanted });
    if (sum(lines) >= 0n) {
      const invoice: InvoiceDraft | null =
        lines.length === 0
          ? null
          : {
              accountId: subscription.accountId,
              subscriptionId: subscription.id,
              reason: 'upgrade',
              currency: wanted.price.currency,
              period: { start: at, end: after.currentPeriod.end },
              lines,
            };
      return { ...shared, direction: 'upgrade', effectiveAt: at, after, invoice, next: { at: after.currentPeriod.end, offer: wanted } };
    }
  }
  if (facts.coupon) throw new DomainError('coupon_not_applicable');
  const effectiveAt = subscription.currentPeriod.end;
  return {
    ...shared,
    direction: 'downgrade',
    effectiveAt,
    after: withPendingPrice(subscription, wanted, at),
    invoice: null,
    next: { at: effectiveAt, offer: wanted },
  };
}
