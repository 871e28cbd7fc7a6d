import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { invoiceMail } from '@/lib/notify/invoice-mail';
import { queueMail } from '@/lib/notify/mail';
import type { Invoice } from './invoice';
import { readInvoiceEmails } from './store';

/** Sends a new invoice to the addresses that the customer named for this, in the transaction that issues it and in the language of the invoice. */
export async function tellOfInvoice(transaction: Database, { accountId }: Context, invoice: Invoice): Promise<void> {
  const { id, number, totalMinor, currency, status, dueAt, customer, seller } = invoice;
  for (const recipient of await readInvoiceEmails(transaction, accountId)) {
    const facts = {
      recipient, seller: seller.name, account: customer.name, invoiceId: id, number: number ?? '', totalMinor, currency,
      dueAt: status === 'open' ? dueAt : null, purchaseOrder: customer.purchaseOrder, timeZone: customer.timeZone,
    };
    // Mail is handed over in real time, whatever time the account lives in.
    await queueMail(invoiceMail(facts, customer.language), systemClock);
  }
}
