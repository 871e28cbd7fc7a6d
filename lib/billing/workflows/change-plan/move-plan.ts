import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { auditView } from '../../subscriptions/audit-view';
import { redeem } from '../../subscriptions/redeem';
import { insertSubscription, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { PlanChange } from './decide';

const actions = { begin: 'subscription.created', upgrade: 'subscription.upgraded', downgrade: 'subscription.downgrade_scheduled' } as const;

/** The subscription with the coupon of the change redeemed, as it was on offer when the change was decided. */
async function withRedeemed(transaction: Database, context: Context, changed: Subscription, { before, redeems, effectiveAt }: PlanChange): Promise<Subscription> {
  if (!redeems || !changed.coupon) return changed;
  const { redemptionId } = await redeem(transaction, context, redeems.coupon.code, { ...changed, coupon: before?.coupon ?? null }, effectiveAt);
  return { ...changed, coupon: { ...changed.coupon, redemptionId } };
}

/** Writes the subscription as the change leaves it, in the transaction, under the account's lock. What it costs is charged by the caller. */
export async function movePlan(transaction: Database, context: Context, change: PlanChange): Promise<Subscription> {
  const { direction, before } = change;
  const changed = { ...change.after, updatedAt: context.clock.now() };
  if (!before) await insertSubscription(transaction, changed);
  const subscription = await withRedeemed(transaction, context, changed, change);
  if (before ?? change.redeems) await updateSubscription(transaction, subscription);
  await recordAudit(transaction, context, { action: actions[direction], subject: subscription.id, ...(before && { before: auditView(before) }), after: auditView(subscription) });
  return subscription;
}
