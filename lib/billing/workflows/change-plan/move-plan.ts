import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { auditView } from '../../subscriptions/audit-view';
import { updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import type { PlanChange } from './decide';

/** Writes the subscription as the change leaves it, in the transaction, under the account's lock. What it costs is charged by the caller. */
export async function movePlan(transaction: Database, context: Context, change: PlanChange): Promise<Subscription> {
  const subscription = { ...change.after, updatedAt: context.clock.now() };
  await updateSubscription(transaction, subscription);
  await recordAudit(transaction, context, {
    action: change.direction === 'upgrade' ? 'subscription.upgraded' : 'subscription.downgrade_scheduled',
    subject: subscription.id,
    before: auditView(change.before),
    after: auditView(subscription),
  });
  return subscription;
}
