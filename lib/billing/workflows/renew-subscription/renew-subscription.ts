import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { listPlans } from '../../catalog/list-plans';
import { issueInvoice } from '../../invoices/issue-invoice';
import { auditView } from '../../subscriptions/audit-view';
import { findFallback } from '../../subscriptions/find-offer';
import { getSubscription } from '../../subscriptions/get-subscription';
import { insertSubscription, readBillingTerms, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import { closingUsage } from '../closing-usage';
import { hasPaymentMethod } from '../payment-method';
import { setupFeeDue } from '../setup-fee';
import { decideRenewal, type Facts, type Renewal } from './decide';

/** Whether the current period is over. The periods of a paused subscription stand still. */
export function isDue(subscription: Subscription, now: Date): boolean {
  return subscription.status !== 'paused' && subscription.currentPeriod.end <= now;
}

async function load(context: Context, subscription: Subscription): Promise<Facts> {
  const terms = await readBillingTerms(database(), context.accountId);
  return {
    subscription,
    timeZone: terms.timeZone,
    fallback: findFallback(await listPlans(context), subscription.price.currency),
    closingUsage: await closingUsage(subscription, context.clock.now()),
    setupFeeDue: await setupFeeDue(context, subscription),
    hasPaymentMethod: await hasPaymentMethod(context),
    now: context.clock.now(),
  };
}

async function apply(transaction: Database, context: Context, renewal: Renewal): Promise<void> {
  const { action, before, after, successor, invoice } = renewal;
  await updateSubscription(transaction, after);
  await recordAudit(transaction, context, { action, subject: after.id, before: auditView(before), after: auditView(after) });
  if (successor) {
    await insertSubscription(transaction, successor);
    await recordAudit(transaction, context, { action: 'subscription.created', subject: successor.id, after: auditView(successor) });
  }
  if (invoice) await issueInvoice(transaction, context, invoice);
}

/**
 * Brings the account's subscription to the next period when its current one is over: ends it, moves it to the price that
 * waited, or renews it, with the invoice. One period a call. Exactly once however many ask at the same time: the account
 * is locked, and whoever comes second finds nothing due. Returns whether there was something to do.
 */
export function renewSubscription(context: Context): Promise<boolean> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await getSubscription(context);
    if (!subscription || !isDue(subscription, context.clock.now())) return false;
    const renewing: Context = { ...context, actor: { kind: 'system', id: 'renewal' } };
    await apply(transaction, renewing, decideRenewal(await load(context, subscription)));
    return true;
  });
}

/** Brings the account up to date, period by period, however long nothing ran. */
export async function renewUntilCurrent(context: Context): Promise<void> {
  while (await renewSubscription(context));
}
