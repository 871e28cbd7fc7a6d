import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { Language } from '@/lib/i18n/languages';
import { work } from './worker/pool';

/**
 * The invoice as a PDF (A4) in the language. Made in a worker thread, so that a long document does not hold up other
 * requests. Throws `overloaded` when too many documents wait.
 */
export function renderInvoice(invoice: Invoice, language: Language): Promise<Uint8Array> {
  return work({ invoice, language });
}
