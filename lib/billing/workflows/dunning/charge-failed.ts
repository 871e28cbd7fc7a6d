import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { applyMove } from '../../invoices/move-invoice';
import type { Invoice } from '../../invoices/invoice';
import { afterFailure } from '../../payments/dunning';
import type { FailureCode } from '../../payments/gateway/charges';
import { readDunning, readDunningPolicy, writeDunning } from '../../payments/store';
import { auditView } from '../../subscriptions/audit-view';
import { readBillingTerms, readRunning, updateSubscription } from '../../subscriptions/store';
import { isManaged, moveTo } from '../../subscriptions/subscription';
import { readHeldFor } from '../quotes/store';
import { endUnpaid } from './end-unpaid';
import { tellOfPayment } from './tell-of-payment';

/**
 * What follows when an invoice could not be charged, under the account's lock: the subscription is past due, and the
 * invoice waits for the next day of the seller's schedule. After the last it is given up, and the subscription ends. What a
 * change that was not carried out yet would cost is chased by nobody.
 */
export async function chargeFailed(
  transaction: Database,
  context: Context,
  invoice: Invoice,
  code: FailureCode,
  notice: 'payment_failed' | 'action_required' = 'payment_failed',
): Promise<void> {
  if (invoice.status !== 'open' || (await readHeldFor(transaction, invoice.id))) return;
  const { accountId } = context;
  const now = context.clock.now();
  const policy = await readDunningPolicy(transaction, accountId);
  const before = await readDunning(transaction, invoice.id);
  const { timeZone } = await readBillingTerms(transaction, accountId);
  const dunning = afterFailure(before, policy.days, { invoiceId: invoice.id, accountId, code, timeZone, now });
  await writeDunning(transaction, dunning);
  await recordAudit(transaction, context, {
    action: dunning.status === 'given_up' ? 'dunning.given_up' : before?.status === 'retrying' ? 'dunning.failed_again' : 'dunning.began',
    subject: invoice.id,
    after: { invoice: invoice.number, failures: dunning.failures, code, nextAttemptAt: dunning.nextAttemptAt },
  });
  await becomePastDue(transaction, context, invoice);
  if (dunning.status === 'given_up') {
    await applyMove(context, invoice, { action: 'invoice.given_up', status: 'uncollectible', uncollectibleAt: now });
    await tellOfPayment(transaction, context, 'given_up', invoice, dunning);
    await endUnpaid(transaction, context, invoice, policy.end);
  } else {
    await tellOfPayment(transaction, context, notice, invoice, dunning);
  }
}

async function becomePastDue(transaction: Database, context: Context, invoice: Invoice): Promise<void> {
  const subscription = await readRunning(transaction, context.accountId);
  if (!subscription || isManaged(subscription) || subscription.id !== invoice.subscriptionId || (subscription.status !== 'active' && subscription.status !== 'trialing')) return;
  const after = { ...subscription, status: moveTo(subscription.status, 'past_due'), updatedAt: context.clock.now() };
  await updateSubscription(transaction, after);
  await recordAudit(transaction, context, { action: 'subscription.past_due', subject: after.id, before: auditView(subscription), after: auditView(after) });
}
