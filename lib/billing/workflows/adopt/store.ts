import type { Database } from '@/lib/core/database';

/** One of ours, and whose it is. */
export interface Owned {
  id: string;
  accountId: string;
}

/** A payment attempt at the gateway, by our own name of it or else by the gateway's. */
export function findAttempt(db: Database, gateway: string, { attemptId, reference }: { attemptId: string | null; reference: string }): Promise<Owned | null> {
  const named = attemptId === null ? [] : [{ id: attemptId }];
  return db.paymentAttempt.findFirst({ where: { gateway, OR: [...named, { reference }] }, select: { id: true, accountId: true }, orderBy: { requestedAt: 'desc' } });
}
