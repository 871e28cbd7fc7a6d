import { z } from 'zod';
import { cancellationCauses, pauseRests } from '@/lib/billing/subscriptions/subscription';
import { subscriptionDto, subscriptionView } from '@/lib/billing/subscriptions/schema';
import { cancelNow, previewCancellation } from '@/lib/billing/workflows/cancel-now/cancel-now';
import { cancellationPreviewDto, cancellationPreviewView } from '@/lib/billing/workflows/cancel-now/schema';
import { outcomeDto, outcomeView } from '@/lib/billing/workflows/change-plan/schema';
import { pauseSubscription, previewResumption } from '@/lib/billing/workflows/pause/pause';
import { resumptionPreviewDto, resumptionPreviewView } from '@/lib/billing/workflows/pause/schema';
import { instantInput, lineInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Subscription';

/** Why a subscription is cancelled. */
export const cancellationReasons = {
  cause: z.enum(cancellationCauses).optional().describe('Why, of a few causes. It is kept with the subscription.'),
  reason: lineInput.optional().describe('Why, in your own words. It is kept with the subscription.'),
};

/** What an immediate end takes. */
export const cancelNowInput = z.strictObject({
  credit: z.boolean().default(false).describe('Whether the unused rest of the period is given back, by credit notes on the invoices that charged it.'),
  ...cancellationReasons,
});

/** What a pause takes. */
export const pauseInput = z.strictObject({
  unusedRest: z.enum(pauseRests).default('kept').describe('`kept`: the period ends later by the length of the pause. `forfeited`: its end stays.'),
  resumesAt: instantInput.optional().describe('When the pause ends by itself; until it is resumed unless given.'),
});

const cancelErrors = ['no_subscription', 'managed_by_gateway', 'invalid_transition', 'idempotency_key_reused'] as const;

export const previewCancellationContract = contract({
  id: 'previewCancellation',
  method: 'POST',
  path: '/api/v1/billing/subscription/cancel/preview',
  group,
  summary: 'See what ending the subscription at once would charge and give back',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and exactly this is charged and given back.',
  permission: 'subscription:read',
  body: cancelNowInput,
  output: cancellationPreviewDto,
  errors: cancelErrors,
  example: { credit: true, cause: 'other_product', reason: 'Moving to another product' },
  handle: async (context, { body }) => cancellationPreviewView(await previewCancellation(context, body)),
});

export const cancelNowContract = contract({
  id: 'cancelSubscriptionNow',
  method: 'POST',
  path: '/api/v1/billing/subscription/cancel/now',
  group,
  summary: 'End the subscription at once',
  description: 'Usage past the limits is charged, and the account moves to the free plan. It cannot be undone: begin or upgrade again instead.',
  permission: 'subscription:write',
  body: cancelNowInput,
  output: outcomeDto,
  errors: cancelErrors,
  example: { credit: true, cause: 'other_product', reason: 'Moving to another product' },
  handle: async (context, { body }) => outcomeView(await cancelNow(context, body)),
});

export const previewResumptionContract = contract({
  id: 'previewResumption',
  method: 'POST',
  path: '/api/v1/billing/subscription/resume/preview',
  group,
  summary: 'See what ending a pause now would do and charge',
  description: 'Changes nothing of the subscription. It answers a quote: confirm that within 15 minutes, and exactly this is charged.',
  permission: 'subscription:read',
  output: resumptionPreviewDto,
  errors: ['no_subscription', 'managed_by_gateway', 'invalid_transition', 'idempotency_key_reused'],
  handle: async (context) => resumptionPreviewView(await previewResumption(context)),
});

export const pauseSubscriptionContract = contract({
  id: 'pauseSubscription',
  method: 'POST',
  path: '/api/v1/billing/subscription/pause',
  group,
  summary: 'Pause the subscription',
  description: 'Nothing is charged and the products cannot be used until it is resumed, by hand or at `resumesAt`.',
  permission: 'subscription:write',
  body: pauseInput,
  output: subscriptionDto,
  errors: cancelErrors,
  example: { unusedRest: 'kept', resumesAt: '2099-01-01T00:00:00Z' },
  handle: async (context, { body }) => subscriptionView(await pauseSubscription(context, body)),
});
