import type { Database } from '@/lib/core/database';
import type { Owned } from '../adopt/store';

/** The subscription that the gateway knows by that name, and whose it is. */
export function findManaged(db: Database, gateway: string, reference: string): Promise<Owned | null> {
  return db.subscription.findUnique({ where: { managedBy_managedReference: { managedBy: gateway, managedReference: reference } }, select: { id: true, accountId: true } });
}

/** The subscription that was begun on a page of ours under that id and is not kept yet, and whose it is to be. */
export async function findBegun(db: Database, gateway: string, subscriptionId: string): Promise<Owned | null> {
  const page = await db.checkoutSession.findFirst({ where: { gateway, subscriptionId }, select: { accountId: true } });
  return page && { id: subscriptionId, accountId: page.accountId };
}

/** Notes what it is charged to, and when the gateway was asked for what is about to be recorded. False: what is recorded was asked for later. */
export async function takeTold(db: Database, id: string, { askedAt, managedMethod }: { askedAt: Date; managedMethod: string | null }): Promise<boolean> {
  const { count } = await db.subscription.updateMany({ where: { id, OR: [{ managedToldAt: null }, { managedToldAt: { lte: askedAt } }] }, data: { managedToldAt: askedAt, managedMethod } });
  return count === 1;
}

/** What the gateway charges the subscription to that it renews, by its own name; null where it tells none. */
export async function readManagedMethod(db: Database, id: string): Promise<string | null> {
  return (await db.subscription.findUnique({ where: { id }, select: { managedMethod: true } }))?.managedMethod ?? null;
}

/**
 * Takes running subscriptions whose gateway is to be asked how they stand: not for a day, or not for ten minutes although their
 * period is over. Nobody else takes them for that time.
 */
export function takeDueManaged(db: Database, { gateways, now, most }: { gateways: string[]; now: Date; most: number }): Promise<(Owned & { gateway: string; reference: string })[]> {
  return db.$queryRaw`
    UPDATE subscription SET managed_asked_at = ${now}
    WHERE id IN (
      SELECT s.id FROM subscription s
      WHERE s.managed_by = ANY(${gateways}) AND s.status IN ('trialing', 'active', 'past_due', 'paused')
        AND COALESCE(s.managed_asked_at, s.created_at) <= ${now}::timestamptz - CASE WHEN s.current_period_end <= ${now} THEN interval '10 minutes' ELSE interval '1 day' END
      ORDER BY s.id LIMIT ${most} FOR UPDATE OF s SKIP LOCKED
    )
    RETURNING id, account_id AS "accountId", managed_by AS gateway, managed_reference AS reference`;
}
