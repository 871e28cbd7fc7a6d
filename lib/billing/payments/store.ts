import type { Database, Prisma } from '@/lib/core/database';
import { openStatuses, type PaymentAttempt, type PaymentMethod } from './attempt';
import type { Dunning, DunningPolicy, DunningStatus } from './dunning';
import type { FailureCode } from './gateway/charges';
import { methodFrom } from './methods/store';

type AttemptRow = Prisma.PaymentAttemptGetPayload<object>;
type DunningRow = Prisma.DunningGetPayload<object>;

function attemptFrom({ failureCode, sendAt: _, refreshAt: __, refreshedAt: ___, managedPayment: ____, ...row }: AttemptRow): PaymentAttempt {
  return { ...row, failureCode: failureCode as FailureCode | null };
}

function dunningFrom({ lastFailureCode, ...row }: DunningRow): Dunning {
  return { ...row, lastFailureCode: lastFailureCode as FailureCode };
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

/** Writes the intent to charge. `sendAt`: when a job is to ask the gateway for it; null: a page of the gateway makes the charge. */
export async function insertAttempt(db: Database, attempt: PaymentAttempt, sendAt: Date | null): Promise<void> {
  await db.paymentAttempt.create({ data: { ...attempt, sendAt } });
  if (sendAt && sendAt <= attempt.requestedAt) await db.$executeRaw`SELECT pg_notify(${attemptChannel}, '')`;
}

/** Writes a payment that the gateway took by itself. `managedPayment`: its own name of it, by which it counts once. */
export async function insertManagedAttempt(db: Database, attempt: PaymentAttempt, managedPayment: string): Promise<void> {
  await db.paymentAttempt.create({ data: { ...attempt, managedPayment } });
}

/** Which of those payments that a gateway took by itself are recorded. */
export async function readManagedPayments(db: Database, gateway: string, managedPayments: string[]): Promise<Set<string>> {
  const rows = await db.paymentAttempt.findMany({ where: { gateway, managedPayment: { in: managedPayments } }, select: { managedPayment: true } });
  return new Set(rows.flatMap(({ managedPayment }) => managedPayment ?? []));
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

/** At which gateways the account's invoice was paid, oldest first, and with which of its methods; null: on the gateway's own page. */
export async function readChargedLabels(db: Database, accountId: string, invoiceId: string): Promise<{ gateway: string; label: string | null }[]> {
  const rows = await db.paymentAttempt.findMany({
    where: { accountId, invoiceId, status: 'succeeded' }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }], select: { gateway: true, paymentMethod: { select: { label: true } } },
  });
  return rows.map(({ gateway, paymentMethod }) => ({ gateway, label: paymentMethod?.label ?? null }));
}

/** The newest attempt at the top-up, or null. */
export async function readTopUpAttempt(db: Database, topUpId: string): Promise<PaymentAttempt | null> {
  const row = await db.paymentAttempt.findFirst({ where: { topUpId }, orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }] });
  return row && attemptFrom(row);
}

/** The attempt that was made with that Idempotency-Key. */
export async function readAttemptByKey(db: Database, accountId: string, requestKey: string): Promise<PaymentAttempt | null> {
  const row = await db.paymentAttempt.findUnique({ where: { accountId_requestKey: { accountId, requestKey } } });
  return row && attemptFrom(row);
}

/** The attempt that a page of the gateway makes. */
export async function readAttemptOfCheckout(db: Database, checkoutSessionId: string): Promise<PaymentAttempt | null> {
  const row = await db.paymentAttempt.findUnique({ where: { checkoutSessionId } });
  return row && attemptFrom(row);
}

/** Writes the state of an attempt; its charge is not asked for again. `refreshAt`: when the gateway is asked what became of it. */
export async function writeAttempt(db: Database, attempt: PaymentAttempt, refreshAt: Date | null = null): Promise<void> {
  const { id, status, reference, failureCode, retryable, finishedAt } = attempt;
  await db.paymentAttempt.update({ where: { id }, data: { status, reference, failureCode, retryable, finishedAt, sendAt: null, refreshAt } });
}

/** Makes a charge that nobody has asked the gateway for one that the customer waits for; nobody else takes it until `again`. */
export async function takeOver(db: Database, id: string, again: Date): Promise<void> {
  await db.paymentAttempt.update({ where: { id }, data: { onSession: true, sends: { increment: 1 }, sendAt: again } });
}

/** Has the gateway asked what became of the attempt as soon as a job comes round. */
export async function hastenRefresh(db: Database, id: string, now: Date): Promise<void> {
  await db.paymentAttempt.updateMany({ where: { id, status: { in: ['processing', 'requires_action'] } }, data: { refreshAt: now } });
}

/** Whether the gateway may be asked about the attempt now: not when it was since that moment. Who is told yes asks. */
export async function takeRefresh(db: Database, id: string, { now, since }: { now: Date; since: Date }): Promise<boolean> {
  const { count } = await db.paymentAttempt.updateMany({ where: { id, OR: [{ refreshedAt: null }, { refreshedAt: { lte: since } }] }, data: { refreshedAt: now } });
  return count === 1;
}

/**
 * Takes attempts whose gateway is to be asked what became of them, longest due first; nobody else takes them until `again`.
 * Accounts that live by that test clock; null: by real time.
 */
export async function takeDueRefreshes(
  db: Database,
  { gateways, testClockId, now, again, most }: { gateways: string[]; testClockId: string | null; now: Date; again: Date; most: number },
): Promise<{ id: string; accountId: string }[]> {
  return db.$queryRaw`
    UPDATE payment_attempt SET refresh_at = ${again}, refreshed_at = ${now}
    WHERE id IN (
      SELECT a.id FROM payment_attempt a JOIN account c ON c.id = a.account_id
      WHERE a.refresh_at <= ${now} AND a.gateway = ANY(${gateways}) AND c.test_clock_id IS NOT DISTINCT FROM ${testClockId}
      ORDER BY a.refresh_at LIMIT ${most} FOR UPDATE OF a SKIP LOCKED
    )
    RETURNING id, account_id AS "accountId"`;
}

/** Says when the gateway is asked again about an attempt that waits. */
export async function putOffRefresh(db: Database, id: string, refreshAt: Date): Promise<void> {
  await db.paymentAttempt.updateMany({ where: { id, status: { in: ['processing', 'requires_action'] } }, data: { refreshAt } });
}

/** Writes who the account is at the gateway. */
export async function insertCustomerReference(db: Database, customer: { accountId: string; gateway: string; reference: string; createdAt: Date }): Promise<void> {
  await db.gatewayCustomer.create({ data: customer });
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

/** The channel on which those who charge again hear of invoices that are due before their day. */
export const dunningChannel = 'dunning_due';

/** Has a dunned invoice charged again now. */
export async function hastenDunning(db: Database, invoiceId: string, now: Date): Promise<void> {
  await db.dunning.updateMany({ where: { invoiceId, status: 'retrying', nextAttemptAt: { gt: now } }, data: { nextAttemptAt: now } });
  await db.$executeRaw`SELECT pg_notify(${dunningChannel}, '')`;
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
