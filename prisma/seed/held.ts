import { createCoupon } from '@/lib/billing/catalog/coupons/manage-coupons';
import { changeQuantity } from '@/lib/billing/workflows/change-items/change-items';
import { redeemCoupon } from '@/lib/billing/workflows/redeem-coupon';
import type { Context } from '@/lib/core/context';
import type { DemoCompany } from './companies';

const everything = { amounts: {}, plans: [], redemptionCap: null };

/** Coupons to try: one that is free to redeem, one that a company has, and one that has expired. */
export async function seedCoupons(context: Context): Promise<void> {
  const now = context.clock.now();
  await createCoupon(context, { code: 'DEMO-20', name: { en: 'Demo: three months at less', zh: '演示：优惠三个月' }, percentage: '20', cycles: 3, expiresAt: null, ...everything });
  await createCoupon(context, { code: 'DEMO-PARTNER', name: { en: 'Demo partner', zh: '演示合作伙伴' }, percentage: '10', cycles: null, expiresAt: null, ...everything });
  await createCoupon(context, { code: 'DEMO-EXPIRED', name: { en: 'Demo: too late', zh: '演示：已过期' }, percentage: '50', cycles: 1, expiresAt: now, ...everything });
}

/** Buys the seats and add-ons of the company, and redeems its coupon, as it does right after it has subscribed. */
export async function holdExtras({ seats, addons = {}, coupon }: DemoCompany, context: Context): Promise<void> {
  if (seats !== undefined) await changeQuantity(context, { item: { feature: 'agent_seats' }, quantity: seats });
  for (const [addon, quantity] of Object.entries(addons)) await changeQuantity(context, { item: { addon }, quantity });
  if (coupon !== undefined) await redeemCoupon(context, coupon);
}
