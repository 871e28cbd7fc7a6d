'use server';

import { beginInput, confirmedChange, wantedOf, wantedPlan } from '@/lib/api/subscription';
import { cancelSubscription, resumeSubscription } from '@/lib/billing/subscriptions/cancel-subscription';
import { subscriptionView } from '@/lib/billing/subscriptions/schema';
import { downgradeSubscription, upgradeSubscription } from '@/lib/billing/workflows/change-plan/change-plan';
import { previewPlanChange } from '@/lib/billing/workflows/change-plan/preview';
import { changedPlanView, changePreviewDto, previewView } from '@/lib/billing/workflows/change-plan/schema';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { action } from '@/lib/http/action';
import { z } from 'zod';

const nothing = z.strictObject({});

export const previewChange = action({
  permission: 'subscription:read',
  input: wantedPlan,
  refreshes: false,
  handle: async (context, input) => changePreviewDto.parse(previewView(await previewPlanChange(context, wantedOf(input)))),
});

export const upgradePlan = action({
  permission: 'subscription:write',
  input: confirmedChange,
  handle: async (context, input) => changedPlanView(await upgradeSubscription(context, wantedOf(input))),
});

export const downgradePlan = action({
  permission: 'subscription:write',
  input: confirmedChange,
  handle: async (context, input) => changedPlanView(await downgradeSubscription(context, wantedOf(input))),
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
