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

/** The page on which the account subscribes at a gateway and that nobody has finished, or null. */
export async function readSubscriptionPage(db: Database, accountId: string): Promise<CheckoutSession | null> {
  const row = await db.checkoutSession.findFirst({ where: { accountId, mode: 'subscription', status: 'in_progress' } });
  return row && withoutTime(row);
}

/** The page on which that subscription of the account was begun. */
export async function readCheckoutOfSubscription(db: Database, accountId: string, subscriptionId: string): Promise<CheckoutSession | null> {
  const row = await db.checkoutSession.findFirst({ where: { accountId, subscriptionId } });
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

/**
 * Takes sessions in progress that were not asked about for a quarter of their age, or whose time is over or whose invoice is
 * owed no longer; nobody else takes them for two minutes. `isOver`: whether it is to be closed.
 */
export async function takeDueCheckouts(
  db: Database,
  { gateways, now, most }: { gateways: string[]; now: Date; most: number },
): Promise<{ id: string; accountId: string; isOver: boolean }[]> {
  return db.$queryRaw`
    WITH due AS (
      SELECT s.id, s.expires_at <= ${now} OR COALESCE(i.status NOT IN ('open', 'uncollectible'), false) AS is_over
      FROM checkout_session s LEFT JOIN invoice i ON i.id = s.invoice_id
      WHERE s.status = 'in_progress' AND s.gateway = ANY(${gateways})
        AND COALESCE(s.refreshed_at, s.created_at) <= ${now}::timestamptz - interval '2 minutes'
        AND (s.expires_at <= ${now} OR i.status NOT IN ('open', 'uncollectible')
          OR COALESCE(s.refreshed_at, s.created_at) <= ${now}::timestamptz - (${now}::timestamptz - s.created_at) / 4)
      ORDER BY s.id LIMIT ${most} FOR UPDATE OF s SKIP LOCKED
    )
    UPDATE checkout_session s SET refreshed_at = ${now} FROM due WHERE s.id = due.id
    RETURNING s.id, s.account_id AS "accountId", due.is_over AS "isOver"`;
}
