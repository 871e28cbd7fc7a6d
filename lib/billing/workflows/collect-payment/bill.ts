import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { Invoice, InvoiceDraft } from '../../invoices/invoice';
import { issueInvoice } from '../../invoices/issue-invoice';
import { requestPayment } from './request-payment';

/** Issues the invoice and has it charged once the transaction under way commits: see `requestPayment`. */
export async function bill(transaction: Database, context: Context, draft: InvoiceDraft): Promise<Invoice> {
  const invoice = await issueInvoice(transaction, context, draft);
  await requestPayment(transaction, context, invoice);
  return invoice;
}
