import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import { readBillingTerms } from '../subscriptions/store';
import { dayAfter, startOfDay } from '../time/period';
import type { Invoice, InvoiceFilter, InvoiceStatus, InvoiceSummary } from './invoice';
import * as store from './list/store';
import { readInvoice } from './store';

function filterOf(context: Context, status: InvoiceFilter | undefined): store.InvoiceFilter {
  const { accountId } = context;
  return status === 'overdue' ? { accountId, dueBefore: context.clock.now() } : { accountId, ...(status && { status }) };
}

/**
 * One page of the account's invoices, newest first, of one state, overdue, or all; with `number`, those whose number holds it.
 * `page` counts from 1. The first pages and the last cost the same with ten invoices and with ten thousand; none costs more than
 * the middle one. A search by number grows with them.
 */
export async function listInvoices(
  context: Context,
  { status, number, page, pageSize }: { status?: InvoiceFilter | undefined; number?: string | undefined; page: number; pageSize: number },
): Promise<Page<InvoiceSummary>> {
  const filter = { ...filterOf(context, status), ...(number && { number }) };
  const total = await store.countInvoices(database(), filter);
  const range = rangeOf(total, page, pageSize);
  return { items: range.take > 0 ? await store.readInvoices(database(), filter, range) : [], total, page, pageSize };
}

/** Where the page lies, counted from the end that is nearer: what lies before it has to be passed over. Pure. */
export function rangeOf(total: number, page: number, pageSize: number): { skip: number; take: number; fromOldest: boolean } {
  const before = (page - 1) * pageSize;
  const take = Math.max(0, Math.min(pageSize, total - before));
  const after = Math.max(0, total - before - take);
  return after < before ? { skip: after, take, fromOldest: true } : { skip: before, take, fromOldest: false };
}

const mostExported = 50_000;
const firstDay = '1970-01-01';
const lastDay = '9998-12-31';

/**
 * All invoices of the account of one state, overdue, or all, newest first, issued on the calendar days `from` to `to` in
 * the account's time zone where they are given. Throws `invalid_request` for more than 50,000 or days in the wrong order.
 */
export async function exportInvoices(
  context: Context,
  { status, from, to }: { status?: InvoiceFilter | undefined; from?: string | undefined; to?: string | undefined },
): Promise<InvoiceSummary[]> {
  if ([from, to].some((day) => day !== undefined && (day < firstDay || day > lastDay))) throw wrongDays(`Choose days between ${firstDay} and ${lastDay}.`);
  if (from !== undefined && to !== undefined && to < from) throw wrongDays('Choose a day that is not before the first.');
  const { timeZone } = await readBillingTerms(database(), context.accountId);
  const filter = {
    ...filterOf(context, status),
    ...(from !== undefined && { issuedFrom: startOfDay(from, timeZone) }),
    ...(to !== undefined && { issuedBefore: startOfDay(dayAfter(to), timeZone) }),
  };
  const invoices = await store.readInvoices(database(), filter, { skip: 0, take: mostExported + 1 });
  if (invoices.length > mostExported) throw wrongDays('Choose fewer days: more than 50,000 invoices fall on these.');
  return invoices;
}

function wrongDays(message: string): DomainError {
  return new DomainError('invalid_request', undefined, { issues: [{ field: 'to', message }] });
}

/** One invoice with its lines. Throws `not_found`, also for another account's. */
export async function getInvoice(context: Context, id: string): Promise<Invoice> {
  return found(await readInvoice(database(), context.accountId, id), 'invoice');
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

/** How many invoices the account has in each state that it has any in, and how many of the open ones are overdue. */
export async function countInvoices(context: Context): Promise<Partial<Record<InvoiceStatus, number>> & { overdue: number }> {
  const counts = await store.countByStatus(database(), context.accountId);
  return { ...counts, overdue: counts.open ? await store.countInvoices(database(), filterOf(context, 'overdue')) : 0 };
}
