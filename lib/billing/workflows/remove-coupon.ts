import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { isRunning, type AppliedCoupon } from '../catalog/coupons/coupon';
import { chargeTermsOf } from '../invoices/charge-terms';
import { requireChangeable } from '../subscriptions/get-subscription';
import { updateSubscription } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import { nextRegular } from './change-items/change-items';
import { offerQuote } from './quotes/offer-quote';
import { isAsQuoted, type OfferedQuote, type Outcome, type Quote } from './quotes/quote';
import type { CouponPreview } from './redeem-coupon';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';

/** The subscription's coupon and the subscription without it. Throws `no_coupon` when none counts for periods to come. */
function withoutCoupon(subscription: Subscription, now: Date): { coupon: AppliedCoupon; after: Subscription } {
  const { coupon } = subscription;
  if (!coupon || !isRunning(coupon)) throw new DomainError('no_coupon');
  return { coupon, after: { ...subscription, coupon: { ...coupon, removedAt: now }, updatedAt: now } };
}

async function load(context: Context, subscription: Subscription): Promise<CouponPreview> {
  const { coupon, after } = withoutCoupon(subscription, context.clock.now());
  const { currency } = subscription.price;
  const terms = await chargeTermsOf(context, currency);
  return { coupon, currency, next: nextRegular(subscription, terms), without: nextRegular(after, terms).totals };
}

const quotedOf = ({ coupon, next, without }: CouponPreview) => ({ code: coupon.coupon.code, at: next.at, without });

/**
 * What the next invoice comes to without the coupon, and what it would with it. Confirm it by its quote within 15 minutes.
 * Throws `no_subscription`, `managed_by_gateway` and `no_coupon`.
 */
export function previewCouponRemoval(context: Context): Promise<CouponPreview & { quote: OfferedQuote }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const subscription = await requireChangeable(context);
    const preview = await load(context, subscription);
    const quote = await offerQuote(context, { kind: 'coupon_removal', subscriptionId: subscription.id, request: {}, decision: quotedOf(preview), moment: context.clock.now() });
    return { ...preview, quote };
  });
}

/** Takes the coupon off as the quote says, and refuses unless the next invoice comes to what it showed. */
export function confirmCouponRemoval(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async () => {
    if (!isAsQuoted(quote, quotedOf(await load(context, await requireChangeable(context))))) throw new DomainError('preview_outdated');
    return { subscription: await removeCoupon(context), invoice: null, creditNotes: [] };
  });
}

/**
 * Takes the coupon off the running subscription: what it took off the period that has begun stays, and it counts for none that
 * begins later. It stays redeemed, so the account cannot use it again. Throws what `previewCouponRemoval` throws.
 */
export function removeCoupon(context: Context): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const { coupon, after } = withoutCoupon(await requireChangeable(context), context.clock.now());
    await updateSubscription(transaction, after);
    await recordAudit(transaction, context, { action: 'coupon.removed', subject: after.id, before: { coupon: coupon.coupon.code, redemption: coupon.redemptionId } });
    return after;
  });
}
