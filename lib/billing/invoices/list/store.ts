import type { Database, Prisma } from '@/lib/core/database';
import type { Period } from '../../time/period';
import type { InvoiceStatus, InvoiceSummary } from '../invoice';
import { summaryFrom } from '../rows';

/** Which invoices of an account: of one state, or those that were due before a moment and are still open. */
export interface InvoiceFilter {
  accountId: string;
  status?: InvoiceStatus;
  dueBefore?: Date;
  issuedFrom?: Date;
  issuedBefore?: Date;
  /** A part of the number, in letters of any size. */
  number?: string;
}

/** The text as a pattern that stands for itself alone: the client passes what PostgreSQL takes for wildcards on. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function whereOf({ accountId, status, dueBefore, issuedFrom, issuedBefore, number }: InvoiceFilter): Prisma.InvoiceWhereInput {
  const issued = { ...(issuedFrom && { gte: issuedFrom }), ...(issuedBefore && { lt: issuedBefore }) };
  return {
    accountId,
    ...(status && { status }),
    ...(dueBefore && { status: 'open', dueAt: { lt: dueBefore } }),
    ...((issuedFrom ?? issuedBefore) && { issuedAt: issued }),
    ...(number && { number: { contains: literally(number), mode: 'insensitive' } }),
  };
}

/** How many invoices the account has in each state that it has any in. The cost does not grow with their number. */
export async function countByStatus(db: Database, accountId: string): Promise<Partial<Record<InvoiceStatus, number>>> {
  const tallies = await db.invoiceTally.findMany({ where: { accountId, invoices: { gt: 0 } } });
  return Object.fromEntries(tallies.map((tally) => [tally.status, Number(tally.invoices)]));
}

/** How many invoices the filter by state lets through. */
export async function countInvoices(db: Database, filter: Pick<InvoiceFilter, 'accountId' | 'status' | 'dueBefore' | 'number'>): Promise<number> {
  if (filter.dueBefore ?? filter.number) return db.invoice.count({ where: whereOf(filter) });
  const counts = await countByStatus(db, filter.accountId);
  return filter.status ? (counts[filter.status] ?? 0) : Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Some of the account's invoices, newest first; `fromOldest`: those that are skipped are counted from the oldest on. */
export async function readInvoices(db: Database, filter: InvoiceFilter, { fromOldest = false, ...range }: { skip: number; take: number; fromOldest?: boolean }): Promise<InvoiceSummary[]> {
  const order = fromOldest ? 'asc' : 'desc';
  const rows = await db.invoice.findMany({ where: whereOf(filter), orderBy: [{ createdAt: order }, { id: order }], ...range });
  return (fromOldest ? rows.reverse() : rows).map(summaryFrom);
}

/** What is still to pay of the open invoices of the account, summed by currency. */
export async function readOpenAmount(
  db: Database,
  accountId: string,
): Promise<{ count: number; amounts: { currency: string; minor: bigint }[]; dueAt: Date | null }> {
  const sums = await db.invoice.groupBy({
    by: ['currency'],
    where: { accountId, status: 'open' },
    orderBy: { currency: 'asc' },
    _count: true,
    _sum: { totalMinor: true, creditedMinor: true, refundableMinor: true },
    _min: { dueAt: true },
  });
  const dueDates = sums.flatMap((sum) => (sum._min.dueAt ? [sum._min.dueAt] : []));
  return {
    count: sums.reduce((count, sum) => count + sum._count, 0),
    amounts: sums.map(({ currency, _sum: { totalMinor, creditedMinor, refundableMinor } }) => ({ currency, minor: (totalMinor ?? 0n) - (creditedMinor ?? 0n) + (refundableMinor ?? 0n) })),
    dueAt: dueDates.sort((one, other) => one.getTime() - other.getTime())[0] ?? null,
  };
}

/**
 * How many invoices in the currency were issued in the period, and what they came to with tax, before prepaid credit and after
 * credit notes; those that are void and the receipts of prepaid credit left out.
 */
export async function readIssuedTotal(db: Database, accountId: string, currency: string, { start, end }: Period): Promise<{ invoices: number; totalMinor: bigint }> {
  const { _count, _sum } = await db.invoice.aggregate({
    where: { accountId, currency, status: { in: ['open', 'paid', 'uncollectible'] }, reason: { not: 'top_up' }, issuedAt: { gte: start, lt: end } },
    _count: true,
    _sum: { totalMinor: true, creditMinor: true, creditedMinor: true },
  });
  return { invoices: _count, totalMinor: (_sum.totalMinor ?? 0n) + (_sum.creditMinor ?? 0n) - (_sum.creditedMinor ?? 0n) };
}

/** The account's invoice that was paid last. */
export async function readLastPaidId(db: Database, accountId: string): Promise<string | null> {
  const invoice = await db.invoice.findFirst({ where: { accountId, status: 'paid' }, orderBy: [{ paidAt: 'desc' }, { id: 'desc' }], select: { id: true } });
  return invoice?.id ?? null;
}
