import type { Database, Prisma } from '@/lib/core/database';
import type { Quote } from './quote';

export async function insertQuote(db: Database, quote: Omit<Quote, 'usedAt' | 'heldUntil' | 'invoiceId' | 'creditNoteIds'>): Promise<void> {
  const { request, decided, ...columns } = quote;
  await db.quote.create({ data: { ...columns, request: request as Prisma.InputJsonObject, decided: decided as Prisma.InputJsonObject } });
}

/** A quote of the account; another account's is null. */
export async function readQuote(db: Database, accountId: string, id: string): Promise<Quote | null> {
  return db.quote.findFirst({ where: { id, accountId } });
}

/** Notes that the quote was confirmed, and what this made. */
export async function markUsed(db: Database, id: string, used: { usedAt: Date; invoiceId: string | null; creditNoteIds: string[] }): Promise<void> {
  await db.quote.update({ where: { id }, data: used });
}

/** Notes that the quote was confirmed and waits for its invoice to be paid. */
export async function markHeld(db: Database, id: string, held: { heldUntil: Date; invoiceId: string }): Promise<void> {
  await db.quote.update({ where: { id }, data: held });
}

/** Notes that the quote waits no longer. */
export async function markDropped(db: Database, id: string): Promise<void> {
  await db.quote.update({ where: { id }, data: { heldUntil: null } });
}

/** The quote that is carried out when the invoice is paid; null for any other invoice. */
export async function readHeldFor(db: Database, invoiceId: string): Promise<Quote | null> {
  return db.quote.findFirst({ where: { invoiceId, heldUntil: { not: null }, usedAt: null } });
}

/** The quotes of the account that wait for a payment. */
export async function readHeldOf(db: Database, accountId: string): Promise<Quote[]> {
  return db.quote.findMany({ where: { accountId, heldUntil: { not: null }, usedAt: null } });
}

/** Quotes whose payment has not come in time, of accounts that live by that test clock; null: by real time. */
export function readOverdueHolds(db: Database, testClockId: string | null, now: Date, after: string, most: number): Promise<{ id: string; accountId: string }[]> {
  return db.quote.findMany({
    where: { heldUntil: { lte: now }, usedAt: null, id: { gt: after }, account: { testClockId } },
    select: { id: true, accountId: true }, orderBy: { id: 'asc' }, take: most,
  });
}

/** Deletes quotes that ran out before the moment. Returns how many. */
export async function deleteOldQuotes(db: Database, before: Date): Promise<number> {
  return (await db.quote.deleteMany({ where: { expiresAt: { lt: before }, OR: [{ heldUntil: null }, { usedAt: { not: null } }] } })).count;
}
