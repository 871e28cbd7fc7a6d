import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { Invoice } from '../../invoices/invoice';
import { applyMove } from '../../invoices/move-invoice';
import { readInvoice } from '../../invoices/store';
import type { Dispute } from '../../payments/disputes/dispute';
import { bookReopening } from './book';

/**
 * The invoice of a lost dispute where it can be owed again: the whole of what was paid was lost, and nothing of it was
 * given back or credited since, so that what is owed again is what was paid. Null otherwise.
 */
export async function readReopenable(transaction: Database, dispute: Dispute): Promise<Invoice | null> {
  const invoice = dispute.invoiceId && (await readInvoice(transaction, dispute.accountId, dispute.invoiceId));
  if (!invoice || invoice.status !== 'paid' || invoice.refundableMinor > 0n || invoice.paidMinor !== dispute.withdrawnMinor) return null;
  return invoice;
}

/** Makes the invoice owed again, under the account's lock. It is charged to no stored method by itself: the customer pays it, or it is given up. */
export async function reopenInvoice(transaction: Database, context: Context, dispute: Dispute, invoice: Invoice): Promise<void> {
  await applyMove(context, invoice, { action: 'invoice.reopened', status: 'open', paidAt: null });
  await bookReopening(transaction, context, dispute);
}
