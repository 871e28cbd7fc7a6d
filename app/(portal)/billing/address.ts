import { z } from 'zod';
import { invoiceFilters } from '@/lib/billing/invoices/invoice';

/** What the address of the page says; what it says wrongly counts as unsaid. */
export const billingQuery = z.object({
  status: z.enum(invoiceFilters).optional().catch(undefined),
  /** The number of an invoice, or a part of it. */
  number: z.string().trim().min(1).max(40).regex(/^[^\p{Cc}\p{Cs}]*$/u).optional().catch(undefined),
  /** What of the page is to be open: on an invoice's, the ways to pay it. */
  open: z.literal('pay').optional().catch(undefined),
  /** The provider's page that the customer comes back from. */
  checkout: z.string().max(60).optional().catch(undefined),
  /** The setup of a payment method whose bank had a page of its own. */
  setup: z.string().max(60).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

export type BillingQuery = z.output<typeof billingQuery>;

/** The address of a page of invoices. */
export function billingAddress({ status, number, page = 1 }: Partial<Pick<BillingQuery, 'status' | 'number' | 'page'>>): string {
  const search = new URLSearchParams({ ...(status && { status }), ...(number && { number }), ...(page > 1 && { page: String(page) }) }).toString();
  return search === '' ? '/billing' : `/billing?${search}`;
}
