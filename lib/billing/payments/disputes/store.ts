import type { Database } from '@/lib/core/database';
import type { Dispute, DisputeLoss, DisputeState } from './dispute';

export async function insertDispute(db: Database, dispute: Dispute): Promise<void> {
  await db.dispute.create({ data: dispute });
}

export async function writeDispute(db: Database, { id, state, reason, withdrawnMinor, returnedMinor, feeMinor, respondBy, loss, closedAt }: Dispute): Promise<void> {
  await db.dispute.update({ where: { id }, data: { state, reason, withdrawnMinor, returnedMinor, feeMinor, respondBy, loss, closedAt } });
}

export function readDispute(db: Database, accountId: string, id: string): Promise<Dispute | null> {
  return db.dispute.findFirst({ where: { id, accountId } });
}

/** A dispute by the gateway's own name of it. */
export function findDispute(db: Database, gateway: string, reference: string): Promise<Dispute | null> {
  return db.dispute.findUnique({ where: { gateway_reference: { gateway, reference } } });
}

/** Some of the account's disputes, newest first, and how many there are. */
export async function readDisputes(
  db: Database,
  accountId: string,
  filter: { state?: DisputeState },
  range: { skip: number; take: number },
): Promise<{ items: Dispute[]; total: number }> {
  const where = { accountId, ...filter };
  const items = await db.dispute.findMany({ where, orderBy: [{ openedAt: 'desc' }, { id: 'desc' }], ...range });
  return { items, total: await db.dispute.count({ where }) };
}

/** What becomes of the invoices of the account's seller whose payment is lost, and where the seller is told. */
export async function readSellerOfDisputes(db: Database, accountId: string): Promise<{ sellerId: string; name: string; email: string; loss: DisputeLoss }> {
  const { seller } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { seller: { select: { id: true, name: true, email: true, disputeLoss: true } } } });
  return { sellerId: seller.id, name: seller.name, email: seller.email, loss: seller.disputeLoss };
}

export async function writeLossPolicy(db: Database, sellerId: string, disputeLoss: DisputeLoss): Promise<void> {
  await db.seller.update({ where: { id: sellerId }, data: { disputeLoss } });
}
