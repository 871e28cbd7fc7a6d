import type { Database, Prisma } from '@/lib/core/database';
import type { Language } from '../../accounts/account';
import type { DisputeAction } from '../gateway/disputes';
import type { Dispute, DisputeLoss, DisputeState } from './dispute';

type DisputeRow = Prisma.DisputeGetPayload<object>;

function disputeFrom({ takes, remindedOf: _, ...row }: DisputeRow): Dispute {
  return { ...row, takes: takes as DisputeAction[] };
}


export async function insertDispute(db: Database, dispute: Dispute): Promise<void> {
  await db.dispute.create({ data: dispute });
}

export async function writeDispute(db: Database, dispute: Dispute): Promise<void> {
  const { id, state, reason, withdrawnMinor, returnedMinor, feeMinor, respondBy, takes, loss, closedAt, toldAt, revision } = dispute;
  await db.dispute.update({ where: { id }, data: { state, reason, withdrawnMinor, returnedMinor, feeMinor, respondBy, takes, loss, closedAt, toldAt, revision } });
}

export async function readDispute(db: Database, accountId: string, id: string): Promise<Dispute | null> {
  const row = await db.dispute.findFirst({ where: { id, accountId } });
  return row && disputeFrom(row);
}

/** A dispute by the gateway's own name of it. */
export async function findDispute(db: Database, gateway: string, reference: string): Promise<Dispute | null> {
  const row = await db.dispute.findUnique({ where: { gateway_reference: { gateway, reference } } });
  return row && disputeFrom(row);
}

/** Some of the account's disputes, newest first, and how many there are. */
export async function readDisputes(
  db: Database,
  accountId: string,
  filter: { state?: DisputeState },
  range: { skip: number; take: number },
): Promise<{ items: Dispute[]; total: number }> {
  const where = { accountId, ...filter };
  const rows = await db.dispute.findMany({ where, orderBy: [{ openedAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(disputeFrom), total: await db.dispute.count({ where }) };
}

/** Who is told of disputes, and what becomes of invoices whose payment is lost. */
export interface SellerOfDisputes {
  sellerId: string;
  name: string;
  email: string;
  language: Language;
  loss: DisputeLoss;
}

/** The seller of the account, as far as disputes are concerned. */
export async function readSellerOfDisputes(db: Database, accountId: string): Promise<SellerOfDisputes> {
  const { seller } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { seller: { select: { id: true, name: true, email: true, language: true, disputeLoss: true } } } });
  return { sellerId: seller.id, name: seller.name, email: seller.email, language: seller.language as Language, loss: seller.disputeLoss };
}

export async function writeLossPolicy(db: Database, sellerId: string, disputeLoss: DisputeLoss): Promise<void> {
  await db.seller.update({ where: { id: sellerId }, data: { disputeLoss } });
}

/** Disputes that wait for the seller until a moment of the window, of which nobody was reminded and which no response is on its way to. */
export function readDueReminders(db: Database, { from, to, most }: { from: Date; to: Date; most: number }): Promise<{ id: string; accountId: string }[]> {
  return db.$queryRaw`
    SELECT d.id, d.account_id AS "accountId" FROM dispute d
    WHERE 'answer' = ANY (d.takes) AND d.respond_by > ${from} AND d.respond_by <= ${to} AND d.reminded_of IS DISTINCT FROM d.respond_by
      AND NOT EXISTS (SELECT 1 FROM dispute_response r WHERE r.dispute_id = d.id AND r.status = 'requested')
    ORDER BY d.respond_by LIMIT ${most}`;
}

/** Notes the deadline that the seller was reminded of. Returns whether that is news. */
export async function markReminded(db: Database, { id, respondBy }: Pick<Dispute, 'id' | 'respondBy'>): Promise<boolean> {
  const { count } = await db.dispute.updateMany({ where: { id, OR: [{ remindedOf: null }, { remindedOf: { not: respondBy } }] }, data: { remindedOf: respondBy } });
  return count === 1;
}
