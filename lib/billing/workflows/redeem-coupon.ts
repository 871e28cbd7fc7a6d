import { z } from 'zod';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { AppliedCoupon } from '../catalog/coupons/coupon';
import { chargeTermsOf } from '../invoices/charge-terms';
import type { TotalledLines } from '../invoices/totals';
import { couponFor } from '../subscriptions/charges';
import { requireChangeable } from '../subscriptions/get-subscription';
import { redeem, redeemable } from '../subscriptions/redeem';
import { updateSubscription } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import { nextRegular } from './change-items/change-items';
import { offerQuote } from './quotes/offer-quote';
import { isAsQuoted, type OfferedQuote, type Outcome, type Quote } from './quotes/quote';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';

const request = z.object({ code: z.string() });

export interface CouponPreview {
  coupon: AppliedCoupon;
  currency: string;
  /** The next regular invoice with the coupon and without it, as far as it is known: without usage. */
  next: { at: Date; totals: TotalledLines };
  without: TotalledLines;
}

async function load(context: Context, subscription: Subscription, code: string): Promise<CouponPreview> {
  const coupon = await redeemable(database(), context, code, subscription);
  const { currency } = subscription.price;
  const terms = await chargeTermsOf(context, currency);
  return { coupon, currency, next: nextRegular(withCoupon(subscription, coupon), terms), without: nextRegular(subscription, terms).totals };
}

/** The subscription with another coupon; the one that it had may still count for the period that has begun. */
const withCoupon = (subscription: Subscription, coupon: AppliedCoupon): Subscription => ({
  ...subscription, coupon, formerCoupon: couponFor(subscription, subscription.currentPeriod.start),
});

const quotedOf = ({ coupon, next, without }: CouponPreview) => ({ coupon: coupon.coupon, next, without });

/** What the coupon would take off. Confirm it by its quote within 15 minutes. Throws `no_subscription` and what `redeem` throws. */
export function previewCoupon(context: Context, code: string): Promise<CouponPreview & { quote: OfferedQuote }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const subscription = await requireChangeable(context);
    const preview = await load(context, subscription, code);
    const quote = await offerQuote(context, { kind: 'coupon', subscriptionId: subscription.id, request: { code }, decision: quotedOf(preview), moment: context.clock.now() });
    return { ...preview, quote };
  });
}

/** Redeems the coupon as the quote says, and refuses unless it takes off the same. */
export function confirmCoupon(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async () => {
    const { code } = request.parse(quote.request);
    if (!isAsQuoted(quote, quotedOf(await load(context, await requireChangeable(context), code)))) throw new DomainError('preview_outdated');
    return { subscription: await redeemCoupon(context, code), invoice: null, creditNotes: [] };
  });
}

/** Redeems a coupon for the running subscription: it counts from the next period on. Throws `no_subscription` and what `redeem` throws. */
export function redeemCoupon(context: Context, code: string): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const running = await requireChangeable(context);
    const coupon = await redeem(transaction, context, code, running);
    const subscription = { ...withCoupon(running, coupon), updatedAt: context.clock.now() };
    await updateSubscription(transaction, subscription);
    return subscription;
  });
}
