import type { Database, Prisma } from '@/lib/core/database';
import type { Quote } from './quote';

export async function insertQuote(db: Database, quote: Omit<Quote, 'usedAt' | 'invoiceId' | 'creditNoteIds'>): Promise<void> {
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

/** Deletes quotes that ran out before the moment. Returns how many. */
export async function deleteOldQuotes(db: Database, before: Date): Promise<number> {
  return (await db.quote.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
