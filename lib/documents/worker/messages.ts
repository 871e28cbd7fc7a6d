import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { Language } from '@/lib/i18n/languages';

/** What the worker is asked to make. */
export interface Job {
  id: number;
  invoice: Invoice;
  language: Language;
}

/** What it answers: the document, or what went wrong. */
export type Answer = { id: number; bytes: Uint8Array } | { id: number; failure: string };
