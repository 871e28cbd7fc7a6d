import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { listPlans } from '../../catalog/list-plans';
import { issueInvoice } from '../../invoices/issue-invoice';
import type { InvoiceSummary } from '../../invoices/invoice';
import type { DunningEnd } from '../../payments/dunning';
import { auditView } from '../../subscriptions/audit-view';
import { beginSubscription } from '../../subscriptions/create-subscription';
import { findFallback } from '../../subscriptions/find-offer';
import { withNothingScheduled } from '../../subscriptions/schedule';
import { insertSubscription, readBillingTerms, readRunning, updateSubscription } from '../../subscriptions/store';
import { isManaged, moveTo, type Offer, type Subscription } from '../../subscriptions/subscription';
import { closingUsage } from '../closing-usage';

/** The end of a subscription that was not paid for, as plain data. */
export interface UnpaidEnd {
  after: Subscription;
  /** What the account goes on with. */
  successor: Subscription | null;
}

/**
 * Decides what becomes of a subscription whose invoice was given up: it expires, and the account goes on with the plan
 * that costs nothing where the seller wants that. Who is on that plan already stays on it. Pure.
 */
export function decideUnpaidEnd(subscription: Subscription, end: DunningEnd, fallback: Offer | null, timeZone: string, now: Date): UnpaidEnd {
  if (end === 'fall_back' && fallback?.plan.key === subscription.plan.key) {
    return { after: { ...subscription, status: moveTo(subscription.status, 'active'), updatedAt: now }, successor: null };
  }
  const after = { ...withNothingScheduled(subscription, now), status: moveTo(subscription.status, 'expired'), endedAt: now };
  const successor = end === 'fall_back' && fallback ? beginSubscription(subscription.accountId, fallback, timeZone, now) : null;
  return { after, successor };
}

/** Ends what was past due for the invoice, under the account's lock, and invoices the usage past the limits until now. */
export async function endUnpaid(transaction: Database, context: Context, invoice: Pick<InvoiceSummary, 'subscriptionId'>, end: DunningEnd): Promise<void> {
  const subscription = await readRunning(transaction, context.accountId);
  if (!subscription || isManaged(subscription) || subscription.id !== invoice.subscriptionId || subscription.status !== 'past_due') return;
  const now = context.clock.now();
  const { timeZone } = await readBillingTerms(transaction, context.accountId);
  const fallback = findFallback(await listPlans(context), subscription.price.currency);
  const { after, successor } = decideUnpaidEnd(subscription, end, fallback, timeZone, now);
  const lines = after.status === 'expired' ? await closingUsage(subscription, now, { leaving: true }) : [];
  await updateSubscription(transaction, after);
  await recordAudit(transaction, context, {
    action: after.status === 'expired' ? 'subscription.expired' : 'subscription.kept',
    subject: after.id, before: auditView(subscription), after: auditView(after),
  });
  if (successor) {
    await insertSubscription(transaction, successor);
    await recordAudit(transaction, context, { action: 'subscription.created', subject: successor.id, after: auditView(successor) });
  }
  if (lines.length === 0) return;
  const { currency } = subscription.price;
  const period = { start: subscription.currentPeriod.start, end: now };
  await issueInvoice(transaction, context, { accountId: context.accountId, subscriptionId: subscription.id, reason: 'renewal', currency, period, lines });
}
