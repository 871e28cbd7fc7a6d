import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { listPlans } from '../../catalog/list-plans';
import type { ManagedSubscription } from '../../payments/gateway/subscriptions';
import { auditView } from '../../subscriptions/audit-view';
import { beginSubscription } from '../../subscriptions/create-subscription';
import { findFallback } from '../../subscriptions/find-offer';
import { insertSubscription, readBillingTerms, updateSubscription } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import { closingUsage } from '../closing-usage';
import { bill } from '../collect-payment/bill';
import { settleLateUsage } from '../late-usage/settle-late-usage';
import { asTold, changeOf, inPeriod, periodsToCome } from './decide';

/**
 * Brings a running subscription to where its gateway says it is, in the transaction under way and under the account's lock: period
 * by period, each closed with an invoice of ours for the usage past its limits, then into the state it is in there. One that has
 * ended there ends here, and the account falls back to the plan that costs nothing.
 */
export async function followGateway(transaction: Database, context: Context, subscription: Subscription, told: ManagedSubscription): Promise<Subscription> {
  const now = context.clock.now();
  let current = subscription;
  for (const period of periodsToCome(current, told)) {
    await billUsage(transaction, context, current, {});
    current = await write(transaction, context, 'subscription.renewed', current, { ...inPeriod(current, period), updatedAt: now });
  }
  const after = asTold(current, told, now);
  const change = changeOf(current, after);
  if (!change) return current;
  if (!after.endedAt) return write(transaction, context, change, current, { ...after, updatedAt: now });

  await billUsage(transaction, context, current, { leaving: true, at: after.endedAt });
  const ended = await write(transaction, context, change, current, { ...after, updatedAt: now });
  await fallBack(transaction, context, ended, after.endedAt);
  return ended;
}

/** What the gateway does not charge: usage past the limits of the period that ends. */
async function billUsage(transaction: Database, context: Context, subscription: Subscription, closing: { leaving?: boolean; at?: Date }): Promise<void> {
  const { id: subscriptionId, accountId, price, currentPeriod: period } = subscription;
  const late = await settleLateUsage(transaction, context, subscription);
  const lines = [...late, ...(await closingUsage(subscription, context.clock.now(), closing))];
  if (lines.length > 0) await bill(transaction, context, { accountId, subscriptionId, reason: 'renewal', currency: price.currency, period, lines });
}

async function fallBack(transaction: Database, context: Context, { accountId, price }: Subscription, at: Date): Promise<void> {
  const fallback = findFallback(await listPlans(context), price.currency);
  if (!fallback) return;
  const { timeZone } = await readBillingTerms(transaction, accountId);
  const now = context.clock.now();
  const successor = { ...beginSubscription(accountId, fallback, timeZone, at), createdAt: now, updatedAt: now };
  await insertSubscription(transaction, successor);
  await recordAudit(transaction, context, { action: 'subscription.created', subject: successor.id, after: auditView(successor) });
}

async function write(transaction: Database, context: Context, action: string, before: Subscription, after: Subscription): Promise<Subscription> {
  await updateSubscription(transaction, after);
  await recordAudit(transaction, context, { action, subject: after.id, before: auditView(before), after: auditView(after) });
  return after;
}
