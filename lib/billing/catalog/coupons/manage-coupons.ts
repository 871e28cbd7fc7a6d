import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Coupon } from './coupon';
import { endCoupon as writeEnd, insertCoupon, lockCoupon, readCoupon, readCoupons } from './store';

export type NewCoupon = Omit<Coupon, 'id' | 'redeemed' | 'endedAt'>;

/** Every coupon, also those that can no longer be redeemed, by code. */
export function listCoupons(): Promise<Coupon[]> {
  return readCoupons(database());
}

/** Offers a coupon to every customer who knows its code. Throws `conflict` when there is one of that code, also an ended one. */
export function createCoupon(context: Context, coupon: NewCoupon): Promise<Coupon> {
  return inTransaction(async (transaction) => {
    if (await readCoupon(transaction, coupon.code)) throw new DomainError('conflict', 'There is a coupon with this code already. Choose another code.');
    const created: Coupon = { ...coupon, id: newId('coup'), redeemed: 0, endedAt: null };
    await insertCoupon(transaction, created, context.clock.now());
    await recordAudit(transaction, context, { action: 'coupon.created', subject: created.id, after: created, ofSeller: true });
    return created;
  });
}

/** Takes a coupon off offer; what was redeemed goes on. Throws `unknown_coupon`, and `coupon_expired` when it is off offer already. */
export function endCoupon(context: Context, code: string): Promise<void> {
  return inTransaction(async (transaction) => {
    const coupon = await lockCoupon(transaction, code);
    if (!coupon) throw new DomainError('unknown_coupon');
    if (coupon.endedAt) throw new DomainError('coupon_expired', 'This coupon is off offer already.');
    await writeEnd(transaction, coupon.id, context.clock.now());
    await recordAudit(transaction, context, { action: 'coupon.ended', subject: coupon.id, before: { endedAt: null }, after: { endedAt: context.clock.now() }, ofSeller: true });
  });
}
