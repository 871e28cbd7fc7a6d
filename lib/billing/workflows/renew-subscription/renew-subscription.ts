import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { listPlans } from '../../catalog/list-plans';
import { auditView } from '../../subscriptions/audit-view';
import { findFallback } from '../../subscriptions/find-offer';
import { insertSubscription, readBillingTerms, readRunning, updateSubscription } from '../../subscriptions/store';
import { isManaged, type Subscription } from '../../subscriptions/subscription';
import { closingUsage } from '../closing-usage';
import { hasPaymentMethod } from '../payment-method';
import { setupFeeDue } from '../setup-fee';
import { settleLateUsage } from '../late-usage/settle-late-usage';
import { bill } from '../collect-payment/bill';
import { decideRenewal, type Facts, type Renewal } from './decide';

/** Whether the current period is over and the portal's to close. The periods of a paused subscription stand still. */
export function isDue(subscription: Subscription, now: Date): boolean {
  return !isManaged(subscription) && subscription.status !== 'paused' && subscription.currentPeriod.end <= now;
}

async function load(transaction: Database, context: Context, subscription: Subscription): Promise<Facts> {
  const now = context.clock.now();
  const { timeZone, prorationUnit } = await readBillingTerms(transaction, context.accountId);
  // Of what comes next, only an end may lead to it.
  const fallback = subscription.cancelAtPeriodEnd || subscription.status === 'trialing' ? findFallback(await listPlans(context), subscription.price.currency) : null;
  const usage = [...(await settleLateUsage(transaction, context, subscription)), ...(await closingUsage(subscription, now))];
  return {
    subscription, timeZone, proration: { unit: prorationUnit, timeZone }, fallback, closingUsage: usage, now,
    setupFeeDue: await setupFeeDue(context, subscription),
    hasPaymentMethod: subscription.status === 'trialing' && (await hasPaymentMethod(context)),
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
  if (invoice) await bill(transaction, context, invoice);
}

/** What whoever closes many periods passes along. */
export interface ClosingWork {
  /** Done in the transaction after which nothing of the account is due. */
  finish?: (transaction: Database) => Promise<void>;
}

/** Takes one period to the next. Returns whether another is due. */
function renewOnce(context: Context, { finish }: ClosingWork): Promise<{ renewed: boolean; dueAgain: boolean }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const now = context.clock.now();
    const subscription = await readRunning(transaction, context.accountId);
    const renewed = subscription !== null && isDue(subscription, now);
    const renewal = renewed ? decideRenewal(await load(transaction, context, subscription)) : null;
    const running = renewal && (renewal.successor ?? (renewal.after.endedAt ? null : renewal.after));
    const dueAgain = running !== null && isDue(running, now);
    if (!dueAgain) await finish?.(transaction);
    // Last, since others of the seller wait for the number of its invoice until this commits.
    if (renewal) await apply(transaction, { ...context, actor: { kind: 'system', id: 'renewal' } }, renewal);
    return { renewed, dueAgain };
  });
}

/**
 * Brings the account's subscription to the next period when its current one is over: ends it, moves it to the price that
 * waited, or renews it, with the invoice. One period a call. Exactly once however many ask at the same time: the account
 * is locked, and whoever comes second finds nothing due. Returns whether there was something to do.
 */
export async function renewSubscription(context: Context): Promise<boolean> {
  return (await renewOnce(context, {})).renewed;
}

/** Brings the account up to date, period by period, however long nothing ran. */
export async function renewUntilCurrent(context: Context, work: ClosingWork = {}): Promise<void> {
  while ((await renewOnce(context, work)).dueAgain);
}
