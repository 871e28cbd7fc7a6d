import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { listPlans } from '../catalog/list-plans';
import { auditView } from './audit-view';
import { findFallback } from './find-offer';
import { requireSubscription } from './get-subscription';
import { scheduledOf, withCancellation, withNothingScheduled } from './schedule';
import { updateSubscription } from './store';
import type { CancellationCause, Subscription } from './subscription';

/** Why a customer cancels; both may be left out. */
export interface Reasons {
  cause?: CancellationCause | undefined;
  /** In their own words. */
  reason?: string | undefined;
}

async function change(context: Context, action: string, to: (subscription: Subscription) => Promise<Subscription>): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await requireSubscription(context);
    const after = await to(before);
    await updateSubscription(transaction, after);
    await recordAudit(transaction, context, { action, subject: after.id, before: auditView(before), after: auditView(after) });
    return after;
  });
}

/**
 * Ends the subscription with its current period; the customer keeps what was paid for until then. A downgrade that was
 * waiting is dropped. The reasons are kept with it. Throws `no_subscription`, and `invalid_transition` when it is scheduled already or when the plan is
 * the one that an account without a paid plan has anyway.
 */
export function cancelSubscription(context: Context, { cause, reason = '' }: Reasons = {}): Promise<Subscription> {
  return change(context, 'subscription.cancellation_scheduled', async (subscription) => {
    const fallback = findFallback(await listPlans(context), subscription.price.currency);
    if (fallback?.plan.key === subscription.plan.key) {
      throw new DomainError('invalid_transition', 'This plan costs nothing and is what remains after a cancellation.');
    }
    if (subscription.status === 'paused') throw new DomainError('invalid_transition', 'A paused subscription has no period that ends. Cancel it now, or resume it first.');
    return withCancellation(subscription, { cause: cause ?? null, reason }, context.clock.now());
  });
}

/**
 * Undoes what waits for the period end, a cancellation or a downgrade. Throws `no_subscription`, and
 * `invalid_transition` when nothing waits.
 */
export function resumeSubscription(context: Context): Promise<Subscription> {
  return change(context, 'subscription.resumed', async (subscription) => {
    if (!scheduledOf(subscription)) throw new DomainError('invalid_transition', 'Nothing is scheduled that could be undone.');
    return withNothingScheduled(subscription, context.clock.now());
  });
}
