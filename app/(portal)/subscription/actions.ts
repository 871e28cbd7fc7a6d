'use server';

import { beginInput, previewedPlan, wantedOf } from '@/lib/api/subscription';
import { wantedAddon, wantedCoupon, wantedUnits } from '@/lib/api/subscription-items';
import { trialInput } from '@/lib/api/trial';
import { cancellationReasons, cancelNowInput, pauseInput } from '@/lib/api/subscription-life';
import { getAccount } from '@/lib/billing/accounts/get-account';
import { startOfDay } from '@/lib/billing/time/period';
import { subscriptionView } from '@/lib/billing/subscriptions/schema';
import { previewCancellation } from '@/lib/billing/workflows/cancel-now/cancel-now';
import { cancellationPreviewDto, cancellationPreviewView } from '@/lib/billing/workflows/cancel-now/schema';
import { previewPlanChange } from '@/lib/billing/workflows/change-plan/preview';
import { changePreviewDto, outcomeView, previewView } from '@/lib/billing/workflows/change-plan/schema';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { cancelAtPeriodEnd, resume } from '@/lib/billing/workflows/managed/cancel-managed';
import { changeManagedMethod } from '@/lib/billing/workflows/managed/change-method';
import { assertMayChoose } from '@/lib/billing/workflows/managed/managed-offer';
import { giveUpChange } from '@/lib/billing/workflows/pay-first/give-up-change';
import { refreshAwaited } from '@/lib/billing/workflows/pay-first/refresh-awaited';
import { confirmQuote } from '@/lib/billing/workflows/quotes/confirm-quote';
import { pauseSubscription, previewResumption } from '@/lib/billing/workflows/pause/pause';
import { resumptionPreviewDto, resumptionPreviewView } from '@/lib/billing/workflows/pause/schema';
import { beginTrial } from '@/lib/billing/workflows/begin-trial';
import { previewQuantity } from '@/lib/billing/workflows/change-items/change-items';
import { couponPreviewDto, couponPreviewView, itemChangePreviewDto, itemPreviewView } from '@/lib/billing/workflows/change-items/schema';
import { previewCoupon } from '@/lib/billing/workflows/redeem-coupon';
import { previewCouponRemoval } from '@/lib/billing/workflows/remove-coupon';
import { dayInput, idInput } from '@/lib/core/input';
import { settings } from '@/lib/core/settings';
import { action } from '@/lib/http/action';
import { z } from 'zod';

const nothing = z.strictObject({});
const gatewayName = z.string().max(40);
/** Where a provider's page leads back to. */
const returnPath = '/subscription';

export const previewChange = action({
  permission: 'subscription:read',
  input: previewedPlan,
  refreshes: false,
  handle: async (context, input) => changePreviewDto.parse(previewView(await previewPlanChange(context, wantedOf(input)))),
});

/** Does what the quote of a preview says. */
export const confirmChange = action({
  permission: 'subscription:write',
  input: z.strictObject({ quoteId: idInput }),
  handle: async (context, { quoteId }) => outcomeView(await confirmQuote(context, quoteId)),
});

/** Whether a change still waits for its payment, asked for at the provider where that is under way. */
export const readAwaitedChange = action({
  permission: 'subscription:read',
  input: nothing,
  refreshes: false,
  handle: async (context) => ({ quoteId: (await refreshAwaited(context))?.quoteId ?? null }),
});

/** Gives up a change that waits for its payment. */
export const giveUp = action({
  permission: 'subscription:write',
  input: z.strictObject({ quoteId: idInput }),
  handle: async (context, { quoteId }) => {
    await giveUpChange(context, quoteId);
  },
});

/** Opens a provider's page to pay the invoice of a change on. */
export const openPlanPage = action({
  permission: 'payment:write',
  input: z.strictObject({ invoiceId: idInput, gateway: gatewayName }),
  refreshes: false,
  handle: async (context, { invoiceId, gateway }) => {
    const { url, session } = await beginCheckout(context, { purpose: { kind: 'invoice', invoiceId, keepMethod: true }, gateway, returnPath });
    return { url, checkoutId: session.id };
  },
});

/** Opens a provider's page to subscribe on to a plan that the provider then renews. */
export const openRenewalPage = action({
  permission: 'payment:write',
  input: beginInput.pick({ plan: true, interval: true, intervalCount: true }).extend({ gateway: gatewayName }),
  refreshes: false,
  handle: async (context, { plan, gateway, ...rhythm }) => {
    const wanted = { planKey: plan, ...rhythm };
    await assertMayChoose(context, settings().providerRenews, wanted);
    const { url, session } = await beginCheckout(context, { purpose: { kind: 'subscription', ...wanted }, gateway, returnPath });
    return { url, checkoutId: session.id };
  },
});

/** Has the provider that renews the plan charge another stored method. */
export const changeCharged = action({
  permission: 'payment:write',
  input: z.strictObject({ paymentMethodId: idInput }),
  handle: async (context, { paymentMethodId }) => subscriptionView(await changeManagedMethod(context, paymentMethodId)),
});

/** Begins the one trial of the account. */
export const startTrial = action({
  permission: 'subscription:write',
  input: trialInput,
  handle: async (context, { plan, ...rhythm }) => subscriptionView(await beginTrial(context, { planKey: plan, ...rhythm })),
});

/** What another number of seats, other units or an add-on does and costs. */
export const previewItem = action({
  permission: 'subscription:read',
  input: z.union([wantedUnits, wantedAddon]),
  refreshes: false,
  handle: async (context, { quantity, ...item }) => itemChangePreviewDto.parse(itemPreviewView(await previewQuantity(context, { item, quantity }))),
});

export const lookAtCoupon = action({
  permission: 'subscription:read',
  input: wantedCoupon,
  refreshes: false,
  handle: async (context, { code }) => couponPreviewDto.parse(couponPreviewView(await previewCoupon(context, code))),
});

/** What the next invoice comes to once the coupon is taken off. */
export const lookAtRemoval = action({
  permission: 'subscription:write',
  input: nothing,
  refreshes: false,
  handle: async (context) => couponPreviewDto.parse(couponPreviewView(await previewCouponRemoval(context))),
});

export const cancelPlan = action({
  permission: 'subscription:write',
  input: z.strictObject(cancellationReasons),
  handle: async (context, input) => subscriptionView(await cancelAtPeriodEnd(context, input)),
});

export const previewEnd = action({
  permission: 'subscription:write',
  input: cancelNowInput,
  refreshes: false,
  handle: async (context, input) => cancellationPreviewDto.parse(cancellationPreviewView(await previewCancellation(context, input))),
});

export const previewResume = action({
  permission: 'subscription:write',
  input: nothing,
  refreshes: false,
  handle: async (context) => resumptionPreviewDto.parse(resumptionPreviewView(await previewResumption(context))),
});

/** Pauses until the beginning of a calendar day of the account, or until it is resumed. */
export const pausePlan = action({
  permission: 'subscription:write',
  input: pauseInput.omit({ resumesAt: true }).extend({ resumesOn: dayInput.optional() }),
  handle: async (context, { unusedRest, resumesOn }) => {
    const { timeZone } = await getAccount(context);
    return subscriptionView(await pauseSubscription(context, { unusedRest, resumesAt: resumesOn === undefined ? undefined : startOfDay(resumesOn, timeZone) }));
  },
});

export const keepPlan = action({
  permission: 'subscription:write',
  input: nothing,
  handle: async (context) => subscriptionView(await resume(context)),
});
