import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { auditView } from '../../subscriptions/audit-view';
import { insertSubscription, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { PlanChange } from './decide';

const actions = { begin: 'subscription.created', upgrade: 'subscription.upgraded', downgrade: 'subscription.downgrade_scheduled' } as const;

/** Writes the subscription as the change leaves it, in the transaction, under the account's lock. What it costs is charged by the caller. */
export async function movePlan(transaction: Database, context: Context, change: PlanChange): Promise<Subscription> {
  const { direction, before } = change;
  const subscription = { ...change.after, updatedAt: context.clock.now() };
  await (before ? updateSubscription : insertSubscription)(transaction, subscription);
  await recordAudit(transaction, context, { action: actions[direction], subject: subscription.id, ...(before && { before: auditView(before) }), after: auditView(subscription) });
  return subscription;
}
