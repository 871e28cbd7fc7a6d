import type { CreditNote } from '@/lib/billing/invoices/credit-notes/credit-note';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { ActivityLog } from '@/lib/billing/workflows/dispute/gather-evidence';
import type { Statement } from '@/lib/billing/invoices/statement/statement';
import type { Language } from '@/lib/i18n/languages';
import type { Look } from '../look';

/** What a document is made from. */
export type Subject =
  | { kind: 'invoice'; invoice: Invoice; paidWith: readonly string[] }
  | { kind: 'credit_note'; note: CreditNote; invoice: Invoice }
  | { kind: 'statement'; statement: Statement }
  | { kind: 'activity_log'; log: ActivityLog; invoice: Invoice; issuedAt: Date };

/** What the worker is asked to make. */
export interface Job {
  id: number;
  subject: Subject;
  language: Language;
  look: Look;
}

/** What it answers: the document, or what went wrong. */
export type Answer = { id: number; bytes: Uint8Array } | { id: number; failure: string };
