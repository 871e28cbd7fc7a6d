import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { Invoice, InvoiceStatus, InvoiceSummary } from './invoice';
import * as store from './store';

/** One page of the account's invoices, newest first, of one state or of all. `page` counts from 1. */
export async function listInvoices(
  context: Context,
  { status, page, pageSize }: { status?: InvoiceStatus | undefined; page: number; pageSize: number },
): Promise<Page<InvoiceSummary>> {
  const filter = { accountId: context.accountId, ...(status && { status }) };
  return { ...(await store.readInvoices(database(), filter, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}

/** One invoice with its lines. Throws `not_found`, also for another account's. */
export async function getInvoice(context: Context, id: string): Promise<Invoice> {
  return found(await store.readInvoice(database(), context.accountId, id), 'invoice');
}

/** What the account owes: the number of open invoices, their sum in each currency, and the earliest due date. */
export interface OpenAmount {
  count: number;
  amounts: { currency: string; minor: bigint }[];
  dueAt: Date | null;
}

/** What the account owes now. */
export function getOpenAmount(context: Context): Promise<OpenAmount> {
  return store.readOpenAmount(database(), context.accountId);
}

/** How many invoices the account has in each state that it has any in. */
export function countInvoices(context: Context): Promise<Partial<Record<InvoiceStatus, number>>> {
  return store.countByStatus(database(), context.accountId);
}
