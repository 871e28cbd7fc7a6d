import { subscriptionDto, subscriptionView } from '@/lib/billing/subscriptions/schema';
import { beginTrial } from '@/lib/billing/workflows/begin-trial';
import { contract } from '@/lib/http/contract';
import { beginInput } from './subscription';

/** Which plan is tried out. */
export const trialInput = beginInput.pick({ plan: true, interval: true, intervalCount: true });

export const beginTrialContract = contract({
  id: 'beginTrial',
  method: 'POST',
  path: '/api/v1/billing/subscription/trial',
  group: 'Subscription',
  summary: 'Begin the trial of a plan',
  description: 'As the first subscription or in place of one that costs nothing. Nothing is charged before the trial ends. To end it and pay, upgrade to the same plan.',
  permission: 'subscription:write',
  body: trialInput,
  output: subscriptionDto,
  errors: ['already_subscribed', 'unknown_plan', 'price_not_offered', 'trial_not_offered', 'trial_used', 'payment_method_required', 'idempotency_key_reused'],
  example: { plan: 'pro' },
  handle: async (context, { body: { plan, ...rhythm } }) => subscriptionView(await beginTrial(context, { planKey: plan, ...rhythm })),
});
