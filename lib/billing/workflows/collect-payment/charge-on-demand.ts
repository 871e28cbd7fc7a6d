import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { generateInvoice } from '../../invoices/generate-invoice';
import type { Invoice } from '../../invoices/invoice';
import { buyWhenLow } from '../top-up/buy-when-low';
import { requestPayment } from './request-payment';

/** Issues an invoice on demand and has it charged, as one that is issued by itself is. Throws as `generateInvoice` does. */
export function chargeOnDemand(context: Context, wanted: { periodStart: string }): Promise<Invoice> {
  return inTransaction(async (transaction) => {
    const invoice = await generateInvoice(context, wanted);
    await requestPayment(transaction, context, invoice);
    if (invoice.creditMinor > 0n) await buyWhenLow(transaction, context);
    return invoice;
  });
}
