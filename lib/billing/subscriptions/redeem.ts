import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { assertRedeemable, isRunning, reduces, type AppliedCoupon, type Coupon } from '../catalog/coupons/coupon';
import { hasRedeemed, insertRedemption, lockCoupon, readCoupon } from '../catalog/coupons/store';
import type { Offer, Subscription } from './subscription';

interface Holder extends Offer {
  coupon: AppliedCoupon | null;
}

/** Throws what `redeem` throws, and otherwise does nothing. */
async function assertFits(db: Database, context: Context, coupon: Coupon | null, { plan, price, coupon: held }: Holder, at: Date): Promise<Coupon> {
  if (!coupon) throw new DomainError('unknown_coupon');
  if (await hasRedeemed(db, coupon.id, context.accountId)) throw new DomainError('coupon_already_redeemed');
  assertRedeemable(coupon, at);
  if (held && isRunning(held)) throw new DomainError('coupon_running');
  if (!reduces(coupon, plan.key, price.currency)) throw new DomainError('coupon_not_applicable');
  return coupon;
}

/** The coupon as it would be redeemed at the moment for the subscription. Throws what `redeem` throws. */
export async function redeemable(db: Database, context: Context, code: string, holder: Holder, at = context.clock.now()): Promise<AppliedCoupon> {
  const coupon = await assertFits(db, context, await readCoupon(db, code), holder, at);
  return { redemptionId: '', coupon, redeemedAt: at, cyclesUsed: 0, lastPeriodStart: null, removedAt: null };
}

/**
 * Redeems the coupon in the transaction, with the account locked: it counts from the next period that begins. The coupon is
 * locked too, so that it is never redeemed more often than it may be. `at`: the moment at which it has to be on offer, now unless
 * said. Throws `unknown_coupon`, `coupon_expired`,
 * `coupon_used_up`, `coupon_already_redeemed`, `coupon_running`, `coupon_not_applicable`.
 */
export async function redeem(transaction: Database, context: Context, code: string, subscription: Holder & Pick<Subscription, 'id'>, at = context.clock.now()): Promise<AppliedCoupon> {
  const coupon = await assertFits(transaction, context, await lockCoupon(transaction, code), subscription, at);
  const applied = await insertRedemption(transaction, coupon, { accountId: context.accountId, subscriptionId: subscription.id }, context.clock.now());
  await recordAudit(transaction, context, { action: 'coupon.redeemed', subject: subscription.id, after: { coupon: coupon.code, redemption: applied.redemptionId } });
  return applied;
}
