import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { InvoiceDraft } from '../../invoices/invoice';
import { issueInvoice } from '../../invoices/issue-invoice';
import type { Subscription } from '../../subscriptions/subscription';
import type { Confirmed, Quote } from '../quotes/quote';
import { markHeld, readHeldOf } from '../quotes/store';
import { dropHold } from './drop-hold';

/** How long the invoice of a change may be paid for the change to be carried out, in milliseconds. */
export const holdTime = 60 * 60 * 1000;

/**
 * Issues the invoice of a change and keeps the change until that is paid, in the transaction under way and under the
 * account's lock. The subscription stays as it is; a first one is not there until then, so its invoice names none. Another
 * change that was kept so is dropped.
 */
export async function holdForPayment(transaction: Database, context: Context, quote: Quote, before: Subscription | null, draft: InvoiceDraft): Promise<Confirmed> {
  for (const other of await readHeldOf(transaction, context.accountId)) await dropHold(transaction, context, other);
  const invoice = await issueInvoice(transaction, context, { ...draft, subscriptionId: before?.id ?? null, sentOncePaid: true });
  const heldUntil = new Date(context.clock.now().getTime() + holdTime);
  await markHeld(transaction, quote.id, { heldUntil, invoiceId: invoice.id });
  await recordAudit(transaction, context, { action: 'subscription.change_awaits_payment', subject: quote.subscriptionId, after: { quote: quote.id, invoice: invoice.number, until: heldUntil } });
  return { subscription: before, invoice, creditNotes: [], awaitsPaymentUntil: heldUntil };
}
