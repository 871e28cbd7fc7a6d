import { z } from 'zod';
import { invoiceFilters } from '@/lib/billing/invoices/invoice';

/** What the address of the page says; what it says wrongly counts as unsaid. */
export const billingQuery = z.object({
  status: z.enum(invoiceFilters).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

export type BillingQuery = z.output<typeof billingQuery>;

/** The address of a page of invoices. */
export function billingAddress({ status, page = 1 }: Partial<BillingQuery>): string {
  const search = new URLSearchParams({ ...(status && { status }), ...(page > 1 && { page: String(page) }) }).toString();
  return search === '' ? '/billing' : `/billing?${search}`;
}
