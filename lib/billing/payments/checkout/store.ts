import type { Database } from '@/lib/core/database';
import type { CheckoutSession } from './checkout';

const withoutTime = ({ refreshedAt: _, ...session }: CheckoutSession & { refreshedAt: Date | null }): CheckoutSession => session;

export async function insertCheckout(db: Database, session: CheckoutSession): Promise<void> {
  await db.checkoutSession.create({ data: session });
}

export async function readCheckout(db: Database, accountId: string, id: string): Promise<CheckoutSession | null> {
  const row = await db.checkoutSession.findFirst({ where: { id, accountId } });
  return row && withoutTime(row);
}

/** The session that was begun with that Idempotency-Key. */
export async function readCheckoutByKey(db: Database, accountId: string, requestKey: string): Promise<CheckoutSession | null> {
  const row = await db.checkoutSession.findUnique({ where: { accountId_requestKey: { accountId, requestKey } } });
  return row && withoutTime(row);
}

export async function writeCheckout(db: Database, { id, status, reference, failureCode, finishedAt }: CheckoutSession): Promise<void> {
  await db.checkoutSession.update({ where: { id }, data: { status, reference, failureCode, finishedAt } });
}

/** Whether the gateway may be asked about the session now: not when it was since that moment. Who is told yes asks. */
export async function takeCheckoutRefresh(db: Database, id: string, { now, since }: { now: Date; since: Date }): Promise<boolean> {
  const { count } = await db.checkoutSession.updateMany({ where: { id, OR: [{ refreshedAt: null }, { refreshedAt: { lte: since } }] }, data: { refreshedAt: now } });
  return count === 1;
}

/** Sessions in progress that were begun before the moment, oldest first, after that id. */
export function readUnfinishedCheckouts(db: Database, before: Date, after: string, most: number): Promise<{ id: string; accountId: string; expiresAt: Date }[]> {
  return db.checkoutSession.findMany({
    where: { status: 'in_progress', createdAt: { lt: before }, id: { gt: after } },
    select: { id: true, accountId: true, expiresAt: true }, orderBy: { id: 'asc' }, take: most,
  });
}
