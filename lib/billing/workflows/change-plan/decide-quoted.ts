import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { lockCoupon } from '../../catalog/coupons/store';
import { getSubscription } from '../../subscriptions/get-subscription';
import { isManaged } from '../../subscriptions/subscription';
import type { Quote } from '../quotes/quote';
import { decidePlanChange, type PlanChange } from './decide';
import { decideFirstPlan } from './first-plan';
import { factsAt, loadFirstPlan } from './load';
import { planRequest } from './plan-request';

/**
 * Decides anew, for the moment of the quote, the change of plan that it was made for. Throws `preview_outdated` where another
 * subscription runs by now, and what makes the change impossible.
 */
export async function decideQuoted(context: Context, { request, subscriptionId, moment }: Quote): Promise<PlanChange> {
  const wanted = planRequest.parse(request);
  // Held until the transaction ends, so that nobody redeems it for the last time between this decision and its redemption.
  if (wanted.coupon !== undefined) await lockCoupon(database(), wanted.coupon);
  const subscription = await getSubscription(context);
  if (!subscription) return decideFirstPlan(await loadFirstPlan(context, wanted, { subscriptionId, at: moment }));
  if (subscription.id !== subscriptionId || isManaged(subscription)) throw new DomainError('preview_outdated');
  return decidePlanChange(await factsAt(context, wanted, subscription, moment));
}
