import { z } from 'zod';
import { codeInput, keyInput } from '@/lib/billing/catalog/edit-schema';
import { featureKeyInput } from '@/lib/billing/quota/schema';
import { subscriptionDto, subscriptionView } from '@/lib/billing/subscriptions/schema';
import { changeQuantity, previewQuantity } from '@/lib/billing/workflows/change-items/change-items';
import { couponPreviewDto, couponPreviewView, itemChangePreviewDto, itemPreviewView } from '@/lib/billing/workflows/change-items/schema';
import { changedPlanDto, changedPlanView } from '@/lib/billing/workflows/change-plan/schema';
import { previewCouponRemoval, removeCoupon } from '@/lib/billing/workflows/remove-coupon';
import { previewCoupon, redeemCoupon } from '@/lib/billing/workflows/redeem-coupon';
import { contract } from '@/lib/http/contract';
import { expectedTotal, prorationMoment } from './subscription';

const group = 'Subscription';
const quantity = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^\d{1,12}$/, 'Use a whole number.')], { error: 'Use a whole number.' })
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n && value <= 1_000_000_000n, 'Use a number from 0 to 1,000,000,000.');
const confirmation = { prorationAt: prorationMoment, expectedTotalMinor: expectedTotal };
/** How many units of a feature are wanted. */
export const wantedUnits = z.strictObject({ feature: featureKeyInput, quantity: quantity.describe('All told, with those that the plan includes.') });
/** How many of an add-on are wanted. */
export const wantedAddon = z.strictObject({ addon: keyInput, quantity: quantity.describe('Zero removes it at the period end.') });

const errors = ['no_subscription', 'managed_by_gateway', 'same_quantity', 'invalid_transition', 'preview_outdated', 'idempotency_key_reused'] as const;
const unitErrors = [...errors, 'unknown_feature', 'quantity_not_sold'] as const;
const addonErrors = [...errors, 'unknown_addon', 'addon_not_offered'] as const;
const rule = 'More takes effect at once, and its share of the rest of the period is charged to the second. Less waits for the period end, and nothing is paid back.';

export const previewQuantityContract = contract({
  id: 'previewQuantity',
  method: 'POST',
  path: '/api/v1/billing/subscription/quantity/preview',
  group,
  summary: 'See what another number of seats would cost',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and exactly this is charged.',
  permission: 'subscription:read',
  body: wantedUnits,
  output: itemChangePreviewDto,
  errors: unitErrors,
  example: { feature: 'agent_seats', quantity: 12 },
  handle: async (context, { body }) => itemPreviewView(await previewQuantity(context, { item: { feature: body.feature }, quantity: body.quantity })),
});

export const changeQuantityContract = contract({
  id: 'changeQuantity',
  method: 'POST',
  path: '/api/v1/billing/subscription/quantity',
  group,
  summary: 'Change the number of seats, or of other units that the plan sells',
  description: rule,
  permission: 'subscription:write',
  body: wantedUnits.extend(confirmation),
  output: changedPlanDto,
  errors: unitErrors,
  example: { feature: 'agent_seats', quantity: 12 },
  handle: async (context, { body: { feature, ...confirmed } }) => changedPlanView(await changeQuantity(context, { item: { feature }, ...confirmed })),
});

export const previewAddonContract = contract({
  id: 'previewAddon',
  method: 'POST',
  path: '/api/v1/billing/subscription/addons/preview',
  group,
  summary: 'See what an add-on would cost',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and exactly this is charged.',
  permission: 'subscription:read',
  body: wantedAddon,
  output: itemChangePreviewDto,
  errors: addonErrors,
  example: { addon: 'extra_storage', quantity: 1 },
  handle: async (context, { body }) => itemPreviewView(await previewQuantity(context, { item: { addon: body.addon }, quantity: body.quantity })),
});

export const changeAddonContract = contract({
  id: 'changeAddon',
  method: 'POST',
  path: '/api/v1/billing/subscription/addons',
  group,
  summary: 'Add an add-on, change its quantity or remove it',
  description: rule,
  permission: 'subscription:write',
  body: wantedAddon.extend(confirmation),
  output: changedPlanDto,
  errors: addonErrors,
  example: { addon: 'extra_storage', quantity: 1 },
  handle: async (context, { body: { addon, ...confirmed } }) => changedPlanView(await changeQuantity(context, { item: { addon }, ...confirmed })),
});

const couponErrors = ['no_subscription', 'managed_by_gateway', 'unknown_coupon', 'coupon_expired', 'coupon_used_up', 'coupon_already_redeemed', 'coupon_running', 'coupon_not_applicable', 'idempotency_key_reused'] as const;
/** Which coupon is asked for. */
export const wantedCoupon = z.strictObject({ code: codeInput });

export const previewCouponContract = contract({
  id: 'previewCoupon',
  method: 'POST',
  path: '/api/v1/billing/subscription/coupon/preview',
  group,
  summary: 'See what a coupon would take off',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and exactly this is taken off.',
  permission: 'subscription:read',
  body: wantedCoupon,
  output: couponPreviewDto,
  errors: couponErrors,
  example: { code: 'DEMO-20' },
  handle: async (context, { body }) => couponPreviewView(await previewCoupon(context, body.code)),
});

export const redeemCouponContract = contract({
  id: 'redeemCoupon',
  method: 'POST',
  path: '/api/v1/billing/subscription/coupon',
  group,
  summary: 'Redeem a coupon',
  description: 'It counts from the next period on. An account redeems each coupon once, and has one at a time.',
  permission: 'subscription:write',
  body: wantedCoupon,
  output: subscriptionDto,
  errors: couponErrors,
  example: { code: 'DEMO-20' },
  handle: async (context, { body }) => subscriptionView(await redeemCoupon(context, body.code)),
});

const removalErrors = ['no_subscription', 'managed_by_gateway', 'no_coupon', 'idempotency_key_reused'] as const;

export const previewCouponRemovalContract = contract({
  id: 'previewCouponRemoval',
  method: 'POST',
  path: '/api/v1/billing/subscription/coupon/removal/preview',
  group,
  summary: 'See what the next invoice comes to without the coupon',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and the coupon is taken off.',
  permission: 'subscription:read',
  body: z.strictObject({}),
  output: couponPreviewDto,
  errors: removalErrors,
  example: {},
  handle: async (context) => couponPreviewView(await previewCouponRemoval(context)),
});

export const removeCouponContract = contract({
  id: 'removeCoupon',
  method: 'DELETE',
  path: '/api/v1/billing/subscription/coupon',
  group,
  summary: 'Take the coupon off',
  description: 'What it took off the period that has begun stays. It counts for no later one, and the account cannot redeem it again.',
  permission: 'subscription:write',
  output: subscriptionDto,
  errors: ['no_subscription', 'managed_by_gateway', 'no_coupon'],
  handle: async (context) => subscriptionView(await removeCoupon(context)),
});
