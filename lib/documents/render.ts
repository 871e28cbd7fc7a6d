import type { CreditNote } from '@/lib/billing/invoices/credit-notes/credit-note';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { Statement } from '@/lib/billing/invoices/statement/statement';
import type { ActivityLog } from '@/lib/billing/workflows/dispute/gather-evidence';
import type { Language } from '@/lib/i18n/languages';
import type { Look } from './look';
import { work } from './worker/pool';

const usual: Look = { template: 'classic', paper: 'A4', logo: null };

/**
 * The invoice as a PDF in the language, classic on A4 unless said. `paidWith`: with what, such as `Visa •••• 4242`. Made in a worker
 * thread, so that a long document does not hold up other requests. Throws `overloaded` when too many documents wait.
 */
export function renderInvoice(invoice: Invoice, language: Language, look: Partial<Look> = {}, paidWith: readonly string[] = []): Promise<Uint8Array> {
  return work({ subject: { kind: 'invoice', invoice, paidWith }, language, look: { ...usual, ...look } });
}

/** The credit note as a PDF, with the parties and taxes of its invoice. Throws as `renderInvoice` does. */
export function renderCreditNote(note: CreditNote, invoice: Invoice, language: Language, look: Partial<Look> = {}): Promise<Uint8Array> {
  return work({ subject: { kind: 'credit_note', note, invoice }, language, look: { ...usual, ...look } });
}

/** The statement of account as a PDF. Throws as `renderInvoice` does. */
export function renderStatement(statement: Statement, language: Language, look: Partial<Look> = {}): Promise<Uint8Array> {
  return work({ subject: { kind: 'statement', statement }, language, look: { ...usual, ...look } });
}

/** What the customer used of what an invoice is for, as a PDF. Throws as `renderInvoice` does. */
export function renderActivityLog(log: ActivityLog, invoice: Invoice, issuedAt: Date, language: Language, look: Partial<Look> = {}): Promise<Uint8Array> {
  return work({ subject: { kind: 'activity_log', log, invoice, issuedAt }, language, look: { ...usual, ...look } });
}
