import { getInvoice } from '@/lib/billing/invoices/list-invoices';
import { getSellerLogo } from '@/lib/billing/invoices/seller-logo';
import { paidWith } from '@/lib/billing/payments/paid-with';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { newId } from '@/lib/core/ids';
import { fileName } from '@/lib/documents/file-name';
import { renderInvoice } from '@/lib/documents/render';
import type { Attachment } from '@/lib/notify/mail';

/** The invoice as a PDF in its customer's language, to go along with a mail. Throws `not_found` and `overloaded`. */
export async function invoiceAttachment({ id, accountId }: { id: string; accountId: string }): Promise<Attachment> {
  const context: Context = { actor: { kind: 'system', id: 'mail' }, accountId, clock: systemClock, requestId: newId('req') };
  const invoice = await getInvoice(context, id);
  const content = await renderInvoice(invoice, invoice.customer.language, { logo: await getSellerLogo(context) }, await paidWith(context, id));
  return { filename: fileName(invoice.number ?? id, 'pdf'), contentType: 'application/pdf', content };
}
