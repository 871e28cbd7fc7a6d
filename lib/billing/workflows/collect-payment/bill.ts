import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { Invoice, InvoiceDraft } from '../../invoices/invoice';
import { issueInvoice } from '../../invoices/issue-invoice';
import { buyWhenLow } from '../top-up/buy-when-low';
import { requestPayment } from './request-payment';

/**
 * Issues the invoice and has what credit has not paid charged once the transaction under way commits: see `requestPayment`.
 * Where that leaves too little credit, more is bought by itself.
 */
export async function bill(transaction: Database, context: Context, draft: InvoiceDraft): Promise<Invoice> {
  const invoice = await issueInvoice(transaction, context, draft);
  await requestPayment(transaction, context, invoice);
  if (invoice.creditMinor > 0n) await buyWhenLow(transaction, context);
  return invoice;
}
