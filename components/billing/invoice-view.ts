import type { Localized } from '@/lib/billing/catalog/catalog';
import type { Invoice, InvoiceStatus, InvoiceSummary } from '@/lib/billing/invoices/invoice';
import type { Plain } from '@/lib/http/plain';

/** The state as a person sees it: an open invoice past its due date is overdue. */
export type ShownStatus = InvoiceStatus | 'overdue';

/** An invoice of the list. */
export type InvoiceRowView = Plain<InvoiceSummary> & { shownStatus: ShownStatus };

/** An invoice with all that stands on it. */
export type InvoiceView = Plain<Invoice> & {
  shownStatus: ShownStatus;
  /** How each line was worked out, by its id. */
  explanations: Partial<Record<string, LineExplanationView>>;
};

/** The arithmetic of a line, a sentence a step, and where the use that it charges is listed. */
export interface LineExplanationView {
  steps: readonly Localized[];
  usageHref: string | null;
}

/** The state to show at the moment `now` (ISO 8601). */
export function shownStatus({ status, dueAt }: Pick<Plain<InvoiceSummary>, 'status' | 'dueAt'>, now: string): ShownStatus {
  return status === 'open' && dueAt !== null && dueAt < now ? 'overdue' : status;
}
