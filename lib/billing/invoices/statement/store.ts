import type { Database, Prisma } from '@/lib/core/database';
import type { Entry } from './statement';

interface Books {
  accountId: string;
  currency: string;
}

type Moments = Prisma.DateTimeNullableFilter & Prisma.DateTimeFilter;

/** What of the account's invoices falls into a stretch of time, by what happened then. */
function moved({ accountId, currency }: Books, within: Moments) {
  const books = { accountId, currency };
  return {
    issued: { ...books, issuedAt: within },
    voided: { ...books, status: 'void', voidedAt: within },
    paid: { ...books, status: 'paid', paidAt: within },
    credited: { ...books, issuedAt: within },
  } as const;
}

const settled = { totalMinor: true, creditedMinor: true, refundableMinor: true } as const;

/** What was paid: the total without what credit notes had taken off before. */
function paidOf(sum: { totalMinor: bigint | null; creditedMinor: bigint | null; refundableMinor: bigint | null }): bigint {
  return (sum.totalMinor ?? 0n) - (sum.creditedMinor ?? 0n) + (sum.refundableMinor ?? 0n);
}

/** What a credit note takes off: what became prepaid credit again is there, and not in this balance. */
function noteOf(sum: { totalMinor: bigint | null; returnedCreditMinor: bigint | null }): bigint {
  return (sum.totalMinor ?? 0n) - (sum.returnedCreditMinor ?? 0n);
}

/** What the account owed before the moment, in minor units; below zero: in its favour. */
export async function readBalance(db: Database, books: Books, before: Date): Promise<bigint> {
  const { issued, voided, paid, credited } = moved(books, { lt: before });
  const [invoices, voids, payments, notes] = [
    await db.invoice.aggregate({ where: issued, _sum: { totalMinor: true } }),
    await db.invoice.aggregate({ where: voided, _sum: { totalMinor: true } }),
    await db.invoice.aggregate({ where: paid, _sum: settled }),
    await db.creditNote.aggregate({ where: credited, _sum: { totalMinor: true, returnedCreditMinor: true } }),
  ];
  return (invoices._sum.totalMinor ?? 0n) - (voids._sum.totalMinor ?? 0n) - paidOf(payments._sum) - noteOf(notes._sum);
}

/** What changed what the account owes from `start` up to `end`, in no order. */
export async function readEntries(db: Database, books: Books, { start, end }: { start: Date; end: Date }): Promise<Entry[]> {
  const { issued, voided, paid, credited } = moved(books, { gte: start, lt: end });
  const [invoices, voids, payments, notes] = [
    await db.invoice.findMany({ where: issued, select: { number: true, totalMinor: true, issuedAt: true } }),
    await db.invoice.findMany({ where: voided, select: { number: true, totalMinor: true, voidedAt: true } }),
    await db.invoice.findMany({ where: paid, select: { number: true, paidAt: true, ...settled } }),
    await db.creditNote.findMany({ where: credited, select: { number: true, totalMinor: true, returnedCreditMinor: true, issuedAt: true } }),
  ];
  const entry = (kind: Entry['kind'], at: Date | null, number: string | null, amountMinor: bigint): Entry[] =>
    at === null || amountMinor === 0n ? [] : [{ kind, at, number: number ?? '', amountMinor }];
  return [
    ...invoices.flatMap((row) => entry('invoice', row.issuedAt, row.number, row.totalMinor)),
    ...voids.flatMap((row) => entry('void', row.voidedAt, row.number, -row.totalMinor)),
    ...payments.flatMap((row) => entry('payment', row.paidAt, row.number, -paidOf(row))),
    ...notes.flatMap((row) => entry('credit_note', row.issuedAt, row.number, -noteOf(row))),
  ];
}
