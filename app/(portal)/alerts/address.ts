import { z } from 'zod';
import { alertKindInput } from '@/lib/billing/alerts/schema';

/** What the address of the page asks for. What it says wrongly counts as unsaid. */
export const alertQuery = z.object({
  kind: alertKindInput.optional().catch(undefined),
  feature: z.string().min(1).max(100).optional().catch(undefined),
  unread: z.literal('true').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});

export type AlertQuery = z.output<typeof alertQuery>;

/** The address of the page that asks for what is given. */
export function alertsHref({ kind, feature, unread, page }: AlertQuery): string {
  const asked = { kind, feature, unread, ...(page !== undefined && page > 1 && { page: String(page) }) };
  const search = new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return search.size > 0 ? `/alerts?${search}` : '/alerts';
}
