'use server';

import { beginInput, wantedOf, wantedPlan } from '@/lib/api/subscription';
import { cancelSubscription } from '@/lib/billing/subscriptions/cancel-subscription';
import { subscriptionView } from '@/lib/billing/subscriptions/schema';
import { previewPlanChange } from '@/lib/billing/workflows/change-plan/preview';
import { changedPlanView, changePreviewDto, outcomeView, previewView } from '@/lib/billing/workflows/change-plan/schema';
import { confirmQuote } from '@/lib/billing/workflows/quotes/confirm-quote';
import { resumeSubscription } from '@/lib/billing/workflows/pause/pause';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';
import { z } from 'zod';

const nothing = z.strictObject({});

export const previewChange = action({
  permission: 'subscription:read',
  input: wantedPlan,
  refreshes: false,
  handle: async (context, input) => changePreviewDto.parse(previewView(await previewPlanChange(context, wantedOf(input)))),
});

/** Does what the quote of a preview says. */
export const confirmChange = action({
  permission: 'subscription:write',
  input: z.strictObject({ quoteId: idInput }),
  handle: async (context, { quoteId }) => outcomeView(await confirmQuote(context, quoteId)),
});

export const beginPlan = action({
  permission: 'subscription:write',
  input: beginInput,
  handle: async (context, { plan, ...rhythm }) => changedPlanView(await subscribe(context, { planKey: plan, ...rhythm })),
});

export const cancelPlan = action({
  permission: 'subscription:write',
  input: nothing,
  handle: async (context) => subscriptionView(await cancelSubscription(context)),
});

export const keepPlan = action({
  permission: 'subscription:write',
  input: nothing,
  handle: async (context) => subscriptionView(await resumeSubscription(context)),
});
