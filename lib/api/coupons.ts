import { z } from 'zod';
import { createCoupon, endCoupon, listCoupons } from '@/lib/billing/catalog/coupons/manage-coupons';
import { codeInput, couponDto, couponInput, couponOf } from '@/lib/billing/catalog/edit-schema';
import { contract } from '@/lib/http/contract';

const group = 'Plans';
const permission = 'catalog:write';

export const listCouponsContract = contract({
  id: 'listCoupons',
  method: 'GET',
  path: '/api/v1/billing/coupons',
  group,
  summary: 'List the coupons and how often each was redeemed',
  description: 'For the seller’s own keys.',
  permission,
  output: z.object({ items: z.array(couponDto) }),
  errors: [],
  handle: async () => ({ items: await listCoupons() }),
});

export const createCouponContract = contract({
  id: 'createCoupon',
  method: 'POST',
  path: '/api/v1/billing/coupons',
  group,
  summary: 'Offer a coupon',
  description: 'For the seller’s own keys. It takes a percentage or an amount off what each period costs in advance: plan, units and add-ons, but no usage and no setup fee. Each account may redeem it once.',
  permission,
  body: couponInput,
  output: couponDto,
  errors: ['conflict', 'idempotency_key_reused'],
  example: { code: 'DEMO-20', name: { en: 'Demo discount', zh: '演示优惠' }, percentage: '20', cycles: 3, redemptionCap: 100, expiresAt: '2099-01-01T00:00:00Z' },
  handle: (context, { body }) => createCoupon(context, couponOf(body)),
});

export const endCouponContract = contract({
  id: 'endCoupon',
  method: 'DELETE',
  path: '/api/v1/billing/coupons/{code}',
  group,
  summary: 'Take a coupon off offer',
  description: 'For the seller’s own keys. Nobody redeems it any more; where it was redeemed it goes on.',
  permission,
  params: z.strictObject({ code: codeInput }),
  output: z.object({}),
  errors: ['unknown_coupon', 'coupon_expired'],
  handle: async (context, { params }) => {
    await endCoupon(context, params.code);
    return {};
  },
});
