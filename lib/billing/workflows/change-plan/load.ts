import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { AppliedCoupon } from '../../catalog/coupons/coupon';
import { listPlans } from '../../catalog/list-plans';
import { findOffer } from '../../subscriptions/find-offer';
import { requireChangeable } from '../../subscriptions/get-subscription';
import { redeemable } from '../../subscriptions/redeem';
import { readBillingTerms } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { IntervalUnit } from '../../time/period';
import { closingUsage } from '../closing-usage';
import { isSetupFeeDue } from '../setup-fee';
import type { Facts } from './decide';
import type { FirstFacts } from './first-plan';

/** The plan that is asked for. The interval stays as it is unless given; a first plan is by the month. */
export interface WantedPlan {
  planKey: string;
  interval?: IntervalUnit | undefined;
  /** 1 unless said, when an interval is given. */
  intervalCount?: number | undefined;
  /** The moment a preview was made for: the charge is then counted to that moment, so that it equals the preview. */
  prorationAt?: Date | undefined;
  /** Code of a coupon to redeem with it, where nothing was paid before. */
  coupon?: string | undefined;
}

/** How long a preview may be confirmed, in milliseconds. */
const previewLifetime = 15 * 60 * 1000;

/** The moment to count to. Throws `preview_outdated` when the preview is old or the subscription has changed since. */
export function momentOf(previewed: Date | undefined, subscription: Subscription, now: Date): Date {
  if (!previewed) return now;
  const earliest = Math.max(now.getTime() - previewLifetime, subscription.updatedAt.getTime(), subscription.currentPeriod.start.getTime());
  if (previewed > now || previewed.getTime() < earliest) throw new DomainError('preview_outdated');
  return previewed;
}

/**
 * Reads what the decision needs. Throws `no_subscription`, `unknown_plan`, `price_not_offered`, `preview_outdated`, and of a
 * coupon what `redeem` throws.
 */
export async function loadPlanChange(context: Context, wanted: WantedPlan): Promise<Facts> {
  const subscription = await requireChangeable(context);
  return factsAt(context, wanted, subscription, momentOf(wanted.prorationAt, subscription, context.clock.now()));
}

/** The same for a moment that is known to hold. */
export async function factsAt(context: Context, wanted: WantedPlan, subscription: Subscription, at: Date): Promise<Facts> {
  const terms = await readBillingTerms(database(), context.accountId);
  const rhythm = wanted.interval ? { interval: wanted.interval, intervalCount: wanted.intervalCount ?? 1 } : subscription.price;
  const choice = { plan: wanted.planKey, interval: rhythm.interval, intervalCount: rhythm.intervalCount };
  const offer = findOffer(await listPlans(context), subscription.price.currency, choice);
  return {
    subscription,
    coupon: await couponFor(context, wanted, { ...offer, coupon: subscription.coupon }, at),
    wanted: offer,
    timeZone: terms.timeZone,
    proration: { unit: terms.prorationUnit, timeZone: terms.timeZone },
    at,
    closingUsage: await closingUsage(subscription, context.clock.now(), { leaving: true, at }),
    setupFeeDue: await isSetupFeeDue(context, offer),
  };
}

function couponFor(context: Context, { coupon }: WantedPlan, holder: Parameters<typeof redeemable>[3], at: Date): Promise<AppliedCoupon | null> | null {
  return coupon === undefined ? null : redeemable(database(), context, coupon, holder, at);
}

/** Reads what the decision about the first plan of an account needs. Throws `unknown_plan`, `price_not_offered`, and of a coupon what `redeem` throws. */
export async function loadFirstPlan(context: Context, wanted: WantedPlan, begins: { subscriptionId: string; at: Date }): Promise<FirstFacts> {
  const { currency, timeZone, prorationUnit } = await readBillingTerms(database(), context.accountId);
  const choice = { plan: wanted.planKey, interval: wanted.interval ?? 'month', intervalCount: wanted.intervalCount ?? 1 };
  const offer = findOffer(await listPlans(context), currency, choice);
  return { accountId: context.accountId, ...begins, wanted: offer, timeZone, proration: { unit: prorationUnit, timeZone }, setupFeeDue: await isSetupFeeDue(context, offer), coupon: await couponFor(context, wanted, { ...offer, coupon: null }, begins.at) };
}
