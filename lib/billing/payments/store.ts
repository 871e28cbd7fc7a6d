import type { Database, Prisma } from '@/lib/core/database';
import { openStatuses, type PaymentAttempt, type PaymentMethod } from './attempt';
import type { Dunning, DunningPolicy, DunningStatus } from './dunning';
import type { FailureCode } from './gateway';

type AttemptRow = Prisma.PaymentAttemptGetPayload<object>;
type DunningRow = Prisma.DunningGetPayload<object>;

function attemptFrom({ failureCode, sendAt: _, ...row }: AttemptRow): PaymentAttempt {
  return { ...row, failureCode: failureCode as FailureCode | null };
}

function methodFrom({ removedAt: _, expiryToldAt: __, ...method }: Prisma.PaymentMethodGetPayload<object>): PaymentMethod {
  return method;
}

function dunningFrom({ lastFailureCode, ...row }: DunningRow): Dunning {
  return { ...row, lastFailureCode: lastFailureCode as FailureCode };
}

export async function insertPaymentMethod(db: Database, method: PaymentMethod): Promise<void> {
  if (method.isDefault) await db.paymentMethod.updateMany({ where: { accountId: method.accountId, isDefault: true }, data: { isDefault: false } });
  await db.paymentMethod.create({ data: method });
}

/** What invoices of the account are charged to; null when there is none. */
export async function readDefaultMethod(db: Database, accountId: string): Promise<PaymentMethod | null> {
  const row = await db.paymentMethod.findFirst({ where: { accountId, isDefault: true, removedAt: null } });
  return row && methodFrom(row);
}

/** Whether the account has any payment method that was not removed. */
export async function hasMethod(db: Database, accountId: string): Promise<boolean> {
  return (await db.paymentMethod.count({ where: { accountId, removedAt: null } })) > 0;
}

/** The gateway's own name of a payment method. */
export async function readMethodReference(db: Database, id: string): Promise<string> {
  return (await db.paymentMethod.findUniqueOrThrow({ where: { id }, select: { reference: true } })).reference;
}

/** Who the account is at that gateway; null when it was never told of it. */
export async function readCustomerReference(db: Database, accountId: string, gateway: string): Promise<string | null> {
  return (await db.gatewayCustomer.findUnique({ where: { accountId_gateway: { accountId, gateway } }, select: { reference: true } }))?.reference ?? null;
}

/** Writes the intent to charge, which is due at once unless a page of the gateway makes the charge. */
export async function insertAttempt(db: Database, { sends: _, ...attempt }: PaymentAttempt): Promise<void> {
  await db.paymentAttempt.create({ data: { ...attempt, sendAt: attempt.checkoutSessionId ? null : attempt.requestedAt } });
  await db.$executeRaw`SELECT pg_notify(${attemptChannel}, '')`;
}

/** The channel on which those who ask gateways hear of new attempts. */
export const attemptChannel = 'payment_attempt';

export async function readAttempt(db: Database, accountId: string, id: string): Promise<PaymentAttempt | null> {
  const row = await db.paymentAttempt.findFirst({ where: { id, accountId } });
  return row && attemptFrom(row);
}

/** The attempt at the invoice that has not ended, or null. */
export async function readOpenAttempt(db: Database, invoiceId: string): Promise<PaymentAttempt | null> {
  const row = await db.paymentAttempt.findFirst({ where: { invoiceId, status: { in: [...openStatuses] } } });
  return row && attemptFrom(row);
}

/** Every attempt at the invoice, oldest first. */
export async function readAttempts(db: Database, invoiceId: string): Promise<PaymentAttempt[]> {
  return (await db.paymentAttempt.findMany({ where: { invoiceId }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }] })).map(attemptFrom);
}

/** Writes the state of an attempt; its gateway is asked no more, unless `sendAt` says when. */
export async function writeAttempt(db: Database, { id, status, reference, failureCode, retryable, finishedAt }: PaymentAttempt): Promise<void> {
  await db.paymentAttempt.update({ where: { id }, data: { status, reference, failureCode, retryable, finishedAt, sendAt: null } });
}

/** Puts off when the gateway is asked again about an attempt whose outcome is unknown. */
export async function postponeAttempt(db: Database, id: string, sendAt: Date): Promise<void> {
  await db.paymentAttempt.updateMany({ where: { id, status: 'requested' }, data: { sendAt } });
}

/**
 * Takes attempts whose gateway is to be asked, longest due first; nobody else takes them until `again`, when they are due
 * once more should this process have died on the way. Accounts that live by that test clock; null: by real time.
 */
export async function takeDueAttempts(
  db: Database,
  { gateways, testClockId, now, again, most }: { gateways: string[]; testClockId: string | null; now: Date; again: Date; most: number },
): Promise<{ id: string; accountId: string }[]> {
  return db.$queryRaw`
    UPDATE payment_attempt SET sends = sends + 1, send_at = ${again}
    WHERE id IN (
      SELECT a.id FROM payment_attempt a JOIN account c ON c.id = a.account_id
      WHERE a.send_at <= ${now} AND a.gateway = ANY(${gateways}) AND c.test_clock_id IS NOT DISTINCT FROM ${testClockId}
      ORDER BY a.send_at LIMIT ${most} FOR UPDATE OF a SKIP LOCKED
    )
    RETURNING id, account_id AS "accountId"`;
}

/** How the account's seller collects what could not be charged. */
export async function readDunningPolicy(db: Database, accountId: string): Promise<DunningPolicy> {
  const { seller } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { seller: { select: { dunningDays: true, dunningEnd: true } } } });
  return { days: seller.dunningDays, end: seller.dunningEnd };
}

/** Returns the seller's id. */
export async function writeDunningPolicy(db: Database, accountId: string, { days, end }: DunningPolicy): Promise<string> {
  const { sellerId } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true } });
  await db.seller.update({ where: { id: sellerId }, data: { dunningDays: [...days], dunningEnd: end } });
  return sellerId;
}

export async function readDunning(db: Database, invoiceId: string): Promise<Dunning | null> {
  const row = await db.dunning.findUnique({ where: { invoiceId } });
  return row && dunningFrom(row);
}

export async function writeDunning(db: Database, { days, ...dunning }: Dunning): Promise<void> {
  const row = { ...dunning, days: [...days] };
  await db.dunning.upsert({ where: { invoiceId: row.invoiceId }, create: row, update: row });
}

/** How many invoices of the account are being dunned. */
export function countRetrying(db: Database, accountId: string): Promise<number> {
  return db.dunning.count({ where: { accountId, status: 'retrying' } });
}

/** Dunnings of the account, of one state or all, newest first, with the number and the amount of each invoice. */
export async function readDunnings(db: Database, filter: { accountId: string; status?: DunningStatus }, range: { skip: number; take: number }) {
  const rows = await db.dunning.findMany({
    where: filter,
    include: { invoice: { select: { number: true, currency: true, totalMinor: true, creditedMinor: true, refundableMinor: true, status: true } } },
    orderBy: [{ startedAt: 'desc' }, { invoiceId: 'desc' }],
    ...range,
  });
  const items = rows.map(({ invoice, ...row }) => ({ ...dunningFrom(row), invoice }));
  return { items, total: await db.dunning.count({ where: filter }) };
}

/** Invoices whose next charge is due, longest first, of accounts that live by that test clock; null: by real time. */
export function readDueDunnings(db: Database, testClockId: string | null, now: Date, most: number): Promise<{ invoiceId: string; accountId: string }[]> {
  return db.dunning.findMany({
    where: { nextAttemptAt: { lte: now }, account: { testClockId } },
    orderBy: [{ nextAttemptAt: 'asc' }, { invoiceId: 'asc' }],
    select: { invoiceId: true, accountId: true },
    take: most,
  });
}
