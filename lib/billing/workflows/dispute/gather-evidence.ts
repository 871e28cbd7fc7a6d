import { Temporal } from 'temporal-polyfill';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import { readDispute } from '../../payments/disputes/store';
import { readInvoiceOfAttempt } from '../../payments/refunds/store';
import { readAttempt } from '../../payments/store';
import { calendarDay } from '../../time/period';
import { listUsage } from '../../usage/list-usage';
import type { UsageEvent } from '../../usage/usage';

/** What the customer used of what was paid, for a bank to read. */
export interface ActivityLog {
  /** First and last day, on the clocks of the account's time zone. */
  from: string;
  to: string;
  /** The newest, newest first. */
  events: UsageEvent[];
  /** How many there were in all. */
  total: number;
}

/** What is known of a disputed payment here. */
export interface KnownEvidence {
  /** The invoice or the receipt that it paid. */
  invoice: Invoice;
  /** As they were when it was issued. */
  customerName: string;
  customerEmail: string;
  /** The days that the invoice is for. */
  served: { from: string; to: string };
  activity: ActivityLog;
}

/** As many events as a bank may be shown. */
const mostEvents = 200;
const longestRange = 366;

/** What the house knows of a disputed payment, to be handed in as evidence. Throws `not_found`. */
export async function gatherEvidence(context: Context, disputeId: string): Promise<KnownEvidence> {
  const db = database();
  const dispute = found(await readDispute(db, context.accountId, disputeId), 'dispute');
  const attempt = found(await readAttempt(db, context.accountId, dispute.attemptId), 'payment attempt');
  const invoiceId = found(await readInvoiceOfAttempt(db, attempt), 'invoice');
  const invoice = found(await readInvoice(db, context.accountId, invoiceId), 'invoice');
  const { name, email, timeZone } = invoice.customer;
  const served = servedDays(invoice, timeZone);
  return { invoice, customerName: name, customerEmail: email, served, activity: await activityOf(context, served.from, calendarDay(dispute.openedAt, timeZone)) };
}

/** A period ends with the day before its last moment's. */
function servedDays({ period: { start, end } }: Invoice, timeZone: string): { from: string; to: string } {
  const last = end > start ? new Date(end.getTime() - 1) : start;
  return { from: calendarDay(start, timeZone), to: calendarDay(last, timeZone) };
}

async function activityOf(context: Context, from: string, until: string): Promise<ActivityLog> {
  const furthest = Temporal.PlainDate.from(from).add({ days: longestRange - 1 }).toString();
  const to = until < from ? from : until > furthest ? furthest : until;
  try {
    const { items, total } = await listUsage(context, { from, to, page: 1, pageSize: mostEvents });
    return { from, to, events: items, total };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'usage_not_kept') return { from, to, events: [], total: 0 };
    throw error;
  }
}
