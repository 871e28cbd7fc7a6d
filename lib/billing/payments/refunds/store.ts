import type { Database, Prisma } from '@/lib/core/database';
import type { PaymentAttempt } from '../attempt';
import { isLive, type Refund } from './refund';

type RefundRow = Prisma.RefundGetPayload<object>;

function refundFrom({ sends: _, sendAt: __, ...row }: RefundRow): Refund {
  return row;
}

/** The channel on which those who ask gateways hear of new refunds. */
export const refundChannel = 'refund';

/** Writes the refund. One that the gateway has to make is due at once. */
export async function insertRefund(db: Database, refund: Refund): Promise<void> {
  const isDue = refund.destination === 'method' && (refund.status === 'requested' || refund.status === 'pending');
  await db.refund.create({ data: { ...refund, sendAt: isDue ? refund.requestedAt : null } });
  if (isDue) await db.$executeRaw`SELECT pg_notify(${refundChannel}, '')`;
}

export async function readRefund(db: Database, accountId: string, id: string): Promise<Refund | null> {
  const row = await db.refund.findFirst({ where: { id, accountId } });
  return row && refundFrom(row);
}

/** The refund that was made instead of one that failed, or null. */
export async function readReplacement(db: Database, refundId: string): Promise<Refund | null> {
  const row = await db.refund.findUnique({ where: { replacesId: refundId } });
  return row && refundFrom(row);
}

/** The account and the id of a refund, by our own name of it or else by the gateway's. */
export function findRefund(db: Database, gateway: string, { refundId, reference }: { refundId: string | null; reference: string }): Promise<{ id: string; accountId: string } | null> {
  const named = refundId === null ? [] : [{ id: refundId }];
  return db.refund.findFirst({ where: { gateway, OR: [...named, { reference }] }, select: { id: true, accountId: true } });
}

/** Every refund of an invoice, oldest first. */
export async function readRefundsOfInvoice(db: Database, invoiceId: string): Promise<Refund[]> {
  return (await db.refund.findMany({ where: { invoiceId }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }] })).map(refundFrom);
}

/** Every refund of a payment, oldest first. */
export async function readRefundsOfAttempt(db: Database, attemptId: string): Promise<Refund[]> {
  return (await db.refund.findMany({ where: { attemptId }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }] })).map(refundFrom);
}

/** Writes the state of a refund, and when the gateway is to be asked again. */
export async function writeRefund(db: Database, { id, status, reference, failure, finishedAt }: Refund, sendAt: Date | null): Promise<void> {
  await db.refund.update({ where: { id }, data: { status, reference, failure, finishedAt, sendAt } });
}

/** Puts off when the gateway is asked again about a refund whose outcome is not known. */
export async function postponeRefund(db: Database, id: string, sendAt: Date): Promise<void> {
  await db.refund.updateMany({ where: { id, status: { in: ['requested', 'pending'] } }, data: { sendAt } });
}

/** Takes refunds whose gateway is to be asked, longest due first; nobody else takes them until `again`. */
export function takeDueRefunds(
  db: Database,
  { gateways, now, again, most }: { gateways: string[]; now: Date; again: Date; most: number },
): Promise<{ id: string; accountId: string; sends: number }[]> {
  return db.$queryRaw`
    UPDATE refund SET sends = sends + 1, send_at = ${again}
    WHERE id IN (SELECT id FROM refund WHERE send_at <= ${now} AND gateway = ANY(${gateways}) ORDER BY send_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id, account_id AS "accountId", sends`;
}

/** A payment of an invoice that went through, with what of it may still be given back. */
export interface GivenPayment {
  attemptId: string;
  gateway: string;
  /** Less what was given back or is on its way, and what disputes hold back. */
  leftMinor: bigint;
  /** What disputes hold back of what the invoice counts as paid. */
  disputedMinor: bigint;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** The payments of an invoice that went through, of a receipt that of its top-up, oldest first. */
export async function readPayments(db: Database, invoiceId: string): Promise<GivenPayment[]> {
  const rows = await db.paymentAttempt.findMany({
    where: { status: 'succeeded', OR: [{ invoiceId }, { topUp: { invoiceId } }] },
    orderBy: [{ finishedAt: 'asc' }, { id: 'asc' }],
    include: { refunds: { select: { status: true, amountMinor: true } }, disputes: { select: { withdrawnMinor: true, loss: true } } },
  });
  return rows.map(({ id, gateway, amountMinor, refunds, disputes }) => {
    const refundedMinor = sum(refunds.filter(isLive).map((refund) => refund.amountMinor));
    const leftMinor = amountMinor - refundedMinor - sum(disputes.map(({ withdrawnMinor }) => withdrawnMinor));
    // What a lost dispute made owed again is no longer counted as paid.
    const disputedMinor = sum(disputes.filter(({ loss }) => loss !== 'reopen').map(({ withdrawnMinor }) => withdrawnMinor));
    return { attemptId: id, gateway, leftMinor: leftMinor > 0n ? leftMinor : 0n, disputedMinor };
  });
}

/** The invoice that a payment paid: of a top-up its receipt, null while there is none. */
export async function readInvoiceOfAttempt(db: Database, { invoiceId, topUpId }: Pick<PaymentAttempt, 'invoiceId' | 'topUpId'>): Promise<string | null> {
  if (invoiceId || !topUpId) return invoiceId;
  return (await db.topUp.findUnique({ where: { id: topUpId }, select: { invoiceId: true } }))?.invoiceId ?? null;
}

export interface RefundFilter {
  invoiceId?: string;
  status?: Refund['status'];
}

/** Some of the account's refunds, newest first, and how many there are. */
export async function readRefunds(db: Database, accountId: string, filter: RefundFilter, range: { skip: number; take: number }): Promise<{ items: Refund[]; total: number }> {
  const where = { accountId, ...filter };
  const rows = await db.refund.findMany({ where, orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(refundFrom), total: await db.refund.count({ where }) };
}
