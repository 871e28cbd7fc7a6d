import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import type { AppliedCoupon } from '../catalog/coupons/coupon';
import type { TotalledLines } from '../invoices/totals';
import { requireSubscription } from '../subscriptions/get-subscription';
import { redeem, redeemable } from '../subscriptions/redeem';
import { updateSubscription } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import { nextRegular } from './change-items/change-items';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';

export interface CouponPreview {
  coupon: AppliedCoupon;
  currency: string;
  /** The next regular invoice with the coupon and without it, as far as it is known: without usage. */
  next: { at: Date; totals: TotalledLines };
  without: TotalledLines;
}

/** What the coupon would take off. Changes nothing. Throws `no_subscription` and what `redeem` throws. */
export function previewCoupon(context: Context, code: string): Promise<CouponPreview> {
  return inTransaction(async () => {
    await renewUntilCurrent(context);
    const subscription = await requireSubscription(context);
    const coupon = await redeemable(database(), context, code, subscription);
    const without = (await nextRegular(context, subscription)).totals;
    return { coupon, currency: subscription.price.currency, next: await nextRegular(context, { ...subscription, coupon }), without };
  });
}

/** Redeems a coupon for the running subscription: it counts from the next period on. Throws `no_subscription` and what `redeem` throws. */
export function redeemCoupon(context: Context, code: string): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const running = await requireSubscription(context);
    const coupon = await redeem(transaction, context, code, running);
    const subscription = { ...running, coupon, updatedAt: context.clock.now() };
    await updateSubscription(transaction, subscription);
    return subscription;
  });
}
