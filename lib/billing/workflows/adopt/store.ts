import type { Database } from '@/lib/core/database';

/** One of ours, and whose it is. */
export interface Owned {
  id: string;
  accountId: string;
}

/** By our own name of it, as the gateway gives it back, or else by the gateway's. */
const named = (gateway: string, id: string | null, reference: string) => ({ gateway, OR: [...(id === null ? [] : [{ id }]), { reference }] });
const select = { id: true, accountId: true } as const;

export function findAttempt(db: Database, gateway: string, { attemptId, reference }: { attemptId: string | null; reference: string }): Promise<Owned | null> {
  return db.paymentAttempt.findFirst({ where: named(gateway, attemptId, reference), select, orderBy: { requestedAt: 'desc' } });
}

export function findSetup(db: Database, gateway: string, { setupId, reference }: { setupId: string | null; reference: string }): Promise<Owned | null> {
  return db.paymentSetup.findFirst({ where: named(gateway, setupId, reference), select });
}

export function findCheckout(db: Database, gateway: string, { checkoutId, reference }: { checkoutId: string | null; reference: string }): Promise<Owned | null> {
  return db.checkoutSession.findFirst({ where: named(gateway, checkoutId, reference), select });
}
