import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import type { Invoice, InvoiceStatus } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import { ended, type DunningStatus } from '../../payments/dunning';
import { countRetrying, hastenRefresh, readDunning, readOpenAttempt, writeDunning } from '../../payments/store';
import { auditView } from '../../subscriptions/audit-view';
import { readRunning, updateSubscription } from '../../subscriptions/store';
import { isManaged, moveTo } from '../../subscriptions/subscription';
import { carryOutHeld } from '../pay-first/carry-out-held';
import { tellOfPayment } from './tell-of-payment';

const endOf: Partial<Record<InvoiceStatus, Exclude<DunningStatus, 'retrying'>>> = { paid: 'recovered', void: 'dropped', uncollectible: 'given_up' };

/**
 * Ends the dunning of an invoice that has been paid, declared void or given up in another way, under the account's lock.
 * When nothing else of the account is being collected, its subscription is active again at once.
 */
export async function reviewDunning(transaction: Database, context: Context, invoice: Invoice): Promise<void> {
  const status = endOf[invoice.status];
  const before = await readDunning(transaction, invoice.id);
  if (!status || before?.status !== 'retrying') return;
  const now = context.clock.now();
  const dunning = ended(before, status, now);
  await writeDunning(transaction, dunning);
  await recordAudit(transaction, context, { action: `dunning.${status}`, subject: invoice.id, before: { failures: before.failures }, after: { status } });
  // What still waits for the customer is taken back at its gateway.
  const waiting = await readOpenAttempt(transaction, invoice.id);
  if (waiting) await hastenRefresh(transaction, waiting.id, now);
  if (status === 'recovered') await tellOfPayment(transaction, context, 'recovered', invoice, dunning);

  const subscription = await readRunning(transaction, context.accountId);
  if (subscription?.status !== 'past_due' || isManaged(subscription) || (await countRetrying(transaction, context.accountId)) > 0) return;
  const after = { ...subscription, status: moveTo('past_due', 'active'), updatedAt: now };
  await updateSubscription(transaction, after);
  await recordAudit(transaction, context, { action: 'subscription.recovered', subject: after.id, before: auditView(subscription), after: auditView(after) });
}

/**
 * Makes a change that may settle an invoice (a payment by hand, a credit note, declaring it void or giving it up) and ends
 * its dunning with it, or carries out the change that waited for it, in one transaction.
 */
export function withDunningReviewed<T>(context: Context, invoiceId: string, change: () => Promise<T>): Promise<T> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const result = await change();
    const invoice = await readInvoice(transaction, context.accountId, invoiceId);
    if (invoice) await reviewDunning(transaction, context, invoice.status === 'paid' ? await carryOutHeld(transaction, context, invoice) : invoice);
    return result;
  });
}
