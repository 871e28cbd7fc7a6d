import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { listPlans } from '../../catalog/list-plans';
import { bill } from '../collect-payment/bill';
import { auditView } from '../../subscriptions/audit-view';
import { resumeSubscription as undoScheduled } from '../../subscriptions/cancel-subscription';
import { findFallback } from '../../subscriptions/find-offer';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { readBillingTerms, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import { closingUsage } from '../closing-usage';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decidePause, decideResumption, type WantedPause } from './decide';

/**
 * Pauses the subscription: nothing is charged and the products cannot be used until it is resumed.
 * Throws `no_subscription`, `invalid_request`, and `invalid_transition` for a state that cannot be paused, while a change
 * is scheduled, and for the plan that costs nothing.
 */
export function pauseSubscription(context: Context, wanted: WantedPause): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const before = await requireSubscription(context);
    if (findFallback(await listPlans(context), before.price.currency)?.plan.key === before.plan.key) {
      throw new DomainError('invalid_transition', 'This plan costs nothing, so there is nothing to pause.');
    }
    const after = decidePause(before, wanted, context.clock.now());
    await updateSubscription(transaction, after);
    await recordAudit(transaction, context, { action: 'subscription.paused', subject: after.id, before: auditView(before), after: auditView(after) });
    return after;
  });
}

/** Ends the pause, at the date that was set where that has come already. Lock the account first. */
async function endPause(context: Context, before: Subscription): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    const now = context.clock.now();
    const at = before.resumesAt && before.resumesAt < now ? before.resumesAt : now;
    const { timeZone, prorationUnit } = await readBillingTerms(database(), context.accountId);
    const { after, invoice } = decideResumption({
      subscription: before, timeZone, at, proration: { unit: prorationUnit, timeZone }, closingUsage: await closingUsage(before, now, { leaving: true }),
    });
    await updateSubscription(transaction, { ...after, updatedAt: now });
    await recordAudit(transaction, context, { action: 'subscription.pause_ended', subject: after.id, before: auditView(before), after: auditView(after) });
    if (invoice) await bill(transaction, context, invoice);
    return { ...after, updatedAt: now };
  });
}

/**
 * Ends a pause, or else undoes what waits for the period end. Throws `no_subscription`, and `invalid_transition` when
 * there is nothing of either.
 */
export function resumeSubscription(context: Context): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireSubscription(context);
    return subscription.status === 'paused' ? endPause(context, subscription) : undoScheduled(context);
  });
}

/** Ends the pause when its date has come. Returns whether it did; whoever comes second finds nothing to do. */
export function resumeWhenDue(context: Context): Promise<boolean> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireSubscription(context);
    if (subscription.status !== 'paused' || !subscription.resumesAt || subscription.resumesAt > context.clock.now()) return false;
    await endPause(context, subscription);
    return true;
  });
}
