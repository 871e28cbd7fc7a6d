import { z } from 'zod';
import { codeInput } from '@/lib/billing/catalog/edit-schema';
import { billingAlignments } from '@/lib/billing/subscriptions/subscription';
import { listSubscriptions, requireSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { subscriptionDto, subscriptionView } from '@/lib/billing/subscriptions/schema';
import { downgradeSubscription, upgradeSubscription, type ConfirmedChange } from '@/lib/billing/workflows/change-plan/change-plan';
import { previewPlanChange } from '@/lib/billing/workflows/change-plan/preview';
import { changedPlanDto, changedPlanView, changePreviewDto, outcomeDto, outcomeView, previewView } from '@/lib/billing/workflows/change-plan/schema';
import { confirmQuote } from '@/lib/billing/workflows/quotes/confirm-quote';
import { cancelAtPeriodEnd, isManagedNow, resume } from '@/lib/billing/workflows/managed/cancel-managed';
import { changeManagedMethod } from '@/lib/billing/workflows/managed/change-method';
import { giveUpChange } from '@/lib/billing/workflows/pay-first/give-up-change';
import { subscribePaid } from '@/lib/billing/workflows/subscribe';
import type { Context } from '@/lib/core/context';
import { idInput, instantInput, pageInput, pageOf } from '@/lib/core/input';
import { contract, type Idempotency } from '@/lib/http/contract';
import { cancellationReasons } from './subscription-life';

const group = 'Subscription';
const planKey = z.string().min(1).max(100).describe('Key of an offered plan, such as `pro`.');
const interval = z.enum(['day', 'week', 'month', 'year']);
const intervalCount = z.number().int().min(1).max(100);

/** Which plan is asked for. */
export const wantedPlan = z.strictObject({
  plan: planKey,
  interval: interval.optional().describe('Stays as it is unless given.'),
  intervalCount: intervalCount.optional(),
});

/** What a preview takes: the plan, and maybe a coupon that is redeemed with it. */
export const previewedPlan = wantedPlan.extend({
  coupon: codeInput.optional().describe('A coupon that counts from the first paid period on; only where nothing was paid before, else redeem it for the running subscription.'),
});

/** The total of a preview, in minor units. */
export const expectedTotal = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^\d{1,19}$/, 'Use a whole number.')], { error: 'Use a whole number of minor units.' })
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n, 'Use zero or more.')
  .optional()
  .describe('The total of the preview. Another amount is refused and nothing is charged.');

/** The moment of a preview. */
export const prorationMoment = instantInput.optional().describe('The `effectiveAt` of a preview of the last 15 minutes: the charge then equals it.');

/** What an upgrade or downgrade takes. */
export const confirmedChange = wantedPlan.extend({
  prorationAt: prorationMoment,
  expectedTotalMinor: expectedTotal,
});

/** The input of the API as the use case takes it. */
export function wantedOf({ plan, ...rest }: z.output<typeof confirmedChange> | z.output<typeof previewedPlan>): ConfirmedChange {
  return { planKey: plan, ...rest };
}

/** What the first subscription takes. */
export const beginInput = z.strictObject({
  plan: planKey,
  interval: interval.default('month'),
  intervalCount: intervalCount.default(1),
  trial: z.boolean().default(false).describe('Begins with the trial of the plan, which costs nothing. An account has one trial.'),
  coupon: codeInput.optional().describe('A coupon that counts from the first paid period on.'),
  alignment: z.enum(billingAlignments).default('anniversary').describe('`calendar`: periods by month and year begin on the first day of a month, the first one is charged in part.'),
});

const changeErrors = [
  'no_subscription', 'managed_by_gateway', 'unknown_plan', 'price_not_offered', 'same_price', 'invalid_transition', 'preview_outdated', 'idempotency_key_reused',
] as const;

/** A gateway that renews it is asked outside transactions, so the answer is kept afterwards; else it is stored with the change. */
const whereItIsRenewed = async (context: Context): Promise<Idempotency> => ((await isManagedNow(context)) ? 'kept' : 'stored');

export const getSubscriptionContract = contract({
  id: 'getSubscription',
  method: 'GET',
  path: '/api/v1/billing/subscription',
  aliases: ['/api/portal/subscription'],
  group,
  summary: 'Read the subscription that runs now',
  permission: 'subscription:read',
  output: subscriptionDto,
  errors: ['no_subscription'],
  handle: async (context) => subscriptionView(await requireSubscription(context)),
});

export const createSubscriptionContract = contract({
  id: 'createSubscription',
  method: 'POST',
  path: '/api/v1/billing/subscription',
  aliases: ['/api/portal/subscription'],
  group,
  summary: 'Begin a subscription',
  description: 'Begins now and issues the invoice of the first period. An account has one subscription at a time: use upgrade or downgrade afterwards. Where a plan has to be paid first, ask for a preview and confirm its quote instead.',
  permission: 'subscription:write',
  body: beginInput,
  output: changedPlanDto,
  errors: [
    'already_subscribed', 'unknown_plan', 'price_not_offered', 'idempotency_key_reused', 'trial_not_offered', 'trial_used', 'payment_method_required',
    'unknown_coupon', 'coupon_expired', 'coupon_used_up', 'coupon_already_redeemed', 'coupon_not_applicable', 'payment_first',
  ],
  example: { plan: 'pro', interval: 'month' },
  handle: async (context, { body: { plan, ...rhythm } }) => changedPlanView(await subscribePaid(context, { planKey: plan, ...rhythm })),
});

export const upgradeSubscriptionContract = contract({
  id: 'upgradeSubscription',
  method: 'POST',
  path: '/api/v1/billing/subscription/upgrade',
  aliases: ['/api/portal/subscription/upgrade'],
  group,
  summary: 'Upgrade at once',
  description:
    'Moves to a plan of a higher rank, or to a longer interval, at once. In the same interval the period is kept: the unused rest of the old price is given back and the rest of the period is charged at the new one, to the second. From a plan without cost or to another interval a new period starts.',
  permission: 'subscription:write',
  body: confirmedChange,
  output: changedPlanDto,
  errors: [...changeErrors, 'not_an_upgrade', 'payment_first'],
  example: { plan: 'enterprise' },
  handle: async (context, { body }) => changedPlanView(await upgradeSubscription(context, wantedOf(body))),
});

export const downgradeSubscriptionContract = contract({
  id: 'downgradeSubscription',
  method: 'POST',
  path: '/api/v1/billing/subscription/downgrade',
  group,
  summary: 'Schedule a downgrade',
  description: 'Schedules a plan of a lower rank, or a shorter interval, for the end of the current period. Nothing is charged or paid back. Resume undoes it.',
  permission: 'subscription:write',
  body: confirmedChange,
  output: changedPlanDto,
  errors: [...changeErrors, 'not_a_downgrade'],
  example: { plan: 'free' },
  handle: async (context, { body }) => changedPlanView(await downgradeSubscription(context, wantedOf(body))),
});

export const previewSubscriptionContract = contract({
  id: 'previewSubscriptionChange',
  method: 'POST',
  path: '/api/v1/billing/subscription/preview',
  group,
  summary: 'See what a change of plan would cost',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and exactly this is charged. An account without a subscription begins with the plan, by the month unless said.',
  permission: 'subscription:read',
  body: previewedPlan,
  output: changePreviewDto,
  errors: [
    'managed_by_gateway', 'unknown_plan', 'price_not_offered', 'same_price', 'invalid_transition', 'idempotency_key_reused',
    'unknown_coupon', 'coupon_expired', 'coupon_used_up', 'coupon_already_redeemed', 'coupon_running', 'coupon_not_applicable',
  ],
  example: { plan: 'enterprise', interval: 'year' },
  handle: async (context, { body }) => previewView(await previewPlanChange(context, wantedOf(body))),
});

export const confirmQuoteContract = contract({
  id: 'confirmQuote',
  method: 'POST',
  path: '/api/v1/billing/subscription/quotes/{id}/confirm',
  group,
  summary: 'Do what a preview showed, for exactly what it showed',
  description:
    'Refused with `preview_outdated` when 15 minutes have passed, the subscription has changed since, or the amount would be another. A quote is used once: confirmed again, it answers what it made and charges nothing. Where a plan has to be paid first, `awaitsPaymentUntil` is set: pay the invoice of the answer, and the plan is had in the same moment.',
  permission: 'subscription:write',
  params: z.strictObject({ id: idInput }),
  output: outcomeDto,
  errors: ['not_found', 'preview_outdated', 'idempotency_key_reused'],
  handle: async (context, { params }) => outcomeView(await confirmQuote(context, params.id)),
});

export const giveUpChangeContract = contract({
  id: 'giveUpChange',
  method: 'POST',
  path: '/api/v1/billing/subscription/quotes/{id}/give-up',
  group,
  summary: 'Give up a change of plan that waits for its payment',
  description: 'Its invoice is void and nothing is owed. While its payment may be going through it is refused with `payment_in_progress`.',
  permission: 'subscription:write',
  params: z.strictObject({ id: idInput }),
  output: z.object({}),
  errors: ['not_found', 'payment_in_progress', 'invalid_transition', 'idempotency_key_reused'],
  handle: async (context, { params }) => {
    await giveUpChange(context, params.id);
    return {};
  },
});

export const changeManagedMethodContract = contract({
  id: 'changeSubscriptionPaymentMethod',
  method: 'PUT',
  path: '/api/v1/billing/subscription/payment-method',
  group,
  summary: 'Have a subscription that the provider renews charged to another payment method',
  description: 'To one that is stored with that provider. What it could not charge before is charged at once. What the portal renews is charged to the default payment method.',
  permission: 'payment:write',
  body: z.strictObject({ paymentMethodId: idInput }),
  output: subscriptionDto,
  errors: ['not_found', 'no_subscription', 'invalid_transition', 'payments_unavailable', 'payment_provider_unavailable', 'payment_refused', 'idempotency_key_reused'],
  idempotency: 'kept',
  example: { paymentMethodId: 'pm_06f2k8m3q7v4x9z1c5b8n2d4' },
  handle: async (context, { body }) => subscriptionView(await changeManagedMethod(context, body.paymentMethodId)),
});

export const cancelSubscriptionContract = contract({
  id: 'cancelSubscription',
  method: 'POST',
  path: '/api/v1/billing/subscription/cancel',
  group,
  summary: 'Cancel at the period end',
  description: 'The subscription runs to the end of its period, then the account moves to the free plan. Resume undoes it until then. One that the payment provider renews is cancelled there.',
  idempotency: whereItIsRenewed,
  permission: 'subscription:write',
  body: z.strictObject(cancellationReasons),
  output: subscriptionDto,
  errors: ['no_subscription', 'invalid_transition', 'payments_unavailable', 'payment_provider_unavailable', 'payment_refused', 'idempotency_key_reused'],
  example: { cause: 'project_ended', reason: 'Project has ended' },
  handle: async (context, { body }) => subscriptionView(await cancelAtPeriodEnd(context, body)),
});

export const resumeSubscriptionContract = contract({
  id: 'resumeSubscription',
  method: 'POST',
  path: '/api/v1/billing/subscription/resume',
  group,
  summary: 'End a pause, or undo a scheduled cancellation or downgrade',
  description: 'A paused subscription runs again at once. Else what waits for the period end no longer happens. One that the payment provider renews goes on there.',
  idempotency: whereItIsRenewed,
  permission: 'subscription:write',
  body: z.strictObject({}),
  output: subscriptionDto,
  errors: ['no_subscription', 'invalid_transition', 'payments_unavailable', 'payment_provider_unavailable', 'payment_refused', 'idempotency_key_reused'],
  example: {},
  handle: async (context) => subscriptionView(await resume(context)),
});

export const listSubscriptionsContract = contract({
  id: 'listSubscriptions',
  method: 'GET',
  path: '/api/v1/billing/subscriptions',
  group,
  summary: 'List every subscription the account ever had',
  permission: 'subscription:read',
  query: z.strictObject(pageInput),
  output: pageOf(subscriptionDto),
  errors: [],
  handle: async (context, { query }) => {
    const page = await listSubscriptions(context, query);
    return { ...page, items: page.items.map(subscriptionView) };
  },
});
