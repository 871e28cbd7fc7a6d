import type { Database, Prisma } from '@/lib/core/database';
import { openStatuses, type PaymentMethod } from '../attempt';
import type { FailureCode } from '../gateway/charges';
import type { PaymentSetup } from './setup';

type MethodRow = Prisma.PaymentMethodGetPayload<object>;

export function methodFrom({ removedAt: _, expiryToldAt: __, detachedAt: ___, ...method }: MethodRow): PaymentMethod {
  return method;
}

/** Stores the method; where it is the default, no other is any more. */
export async function insertPaymentMethod(db: Database, method: PaymentMethod): Promise<void> {
  if (method.isDefault) await clearDefault(db, method.accountId);
  await db.paymentMethod.create({ data: method });
}

/** Writes what the gateway says of a method anew; its notice of expiry is sent again where that has moved. */
export async function updateMethod(db: Database, { id, accountId: _, createdAt: __, ...columns }: PaymentMethod, forgetNotice = false): Promise<void> {
  await db.paymentMethod.update({ where: { id }, data: { ...columns, ...(forgetNotice && { expiryToldAt: null }) } });
}

export async function writeDefault(db: Database, { accountId, id }: Pick<PaymentMethod, 'accountId' | 'id'>): Promise<void> {
  await clearDefault(db, accountId);
  await db.paymentMethod.update({ where: { id }, data: { isDefault: true } });
}

async function clearDefault(db: Database, accountId: string): Promise<void> {
  await db.paymentMethod.updateMany({ where: { accountId, isDefault: true }, data: { isDefault: false } });
}

/** A method of the account that was not removed; another account's is null. */
export async function readMethod(db: Database, accountId: string, id: string): Promise<PaymentMethod | null> {
  const row = await db.paymentMethod.findFirst({ where: { id, accountId, removedAt: null } });
  return row && methodFrom(row);
}

/** Every method of the account that was not removed: the default first, then the newest. */
export async function readMethods(db: Database, accountId: string): Promise<PaymentMethod[]> {
  const rows = await db.paymentMethod.findMany({ where: { accountId, removedAt: null }, orderBy: [{ isDefault: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }] });
  return rows.map(methodFrom);
}

/** The method by the gateway's own name of it, removed or not. */
export async function readMethodByReference(db: Database, gateway: string, reference: string): Promise<(PaymentMethod & { removedAt: Date | null }) | null> {
  const row = await db.paymentMethod.findUnique({ where: { gateway_reference: { gateway, reference } } });
  return row && { ...methodFrom(row), removedAt: row.removedAt };
}

/** How many methods the account has ever stored, those that were removed among them. */
export function countEverStored(db: Database, accountId: string): Promise<number> {
  return db.paymentMethod.count({ where: { accountId } });
}

/** Whether a charge of the method may still go through. */
export async function isUnderCharge(db: Database, paymentMethodId: string): Promise<boolean> {
  return (await db.paymentAttempt.count({ where: { paymentMethodId, status: { in: [...openStatuses] } } })) > 0;
}

/** Removes the method here; `detachedAt`: it is gone at its gateway as well. */
export async function markRemoved(db: Database, id: string, removedAt: Date, detachedAt: Date | null = null): Promise<void> {
  await db.paymentMethod.update({ where: { id }, data: { removedAt, detachedAt, isDefault: false } });
}

export async function markDetached(db: Database, id: string, detachedAt: Date): Promise<void> {
  await db.paymentMethod.update({ where: { id }, data: { detachedAt } });
}

/** Methods that were removed here and that their gateway still has. */
export function readToDetach(db: Database, gateways: string[], most: number): Promise<{ id: string; gateway: string; reference: string }[]> {
  return db.paymentMethod.findMany({
    where: { removedAt: { not: null }, detachedAt: null, gateway: { in: gateways } },
    select: { id: true, gateway: true, reference: true }, orderBy: { removedAt: 'asc' }, take: most,
  });
}

/** Methods whose month ends before `until` and after `now` and whose account was not told, of accounts that live by that test clock; null: by real time. */
export async function readExpiringUntold(db: Database, testClockId: string | null, now: Date, until: Date, most: number): Promise<{ id: string; accountId: string }[]> {
  return db.$queryRaw`
    SELECT m.id, m.account_id AS "accountId" FROM payment_method m JOIN account c ON c.id = m.account_id
    WHERE m.removed_at IS NULL AND m.expiry_told_at IS NULL AND m.expiry_year IS NOT NULL AND c.test_clock_id IS NOT DISTINCT FROM ${testClockId}
      AND make_timestamptz(m.expiry_year, m.expiry_month, 1, 0, 0, 0, 'UTC') + interval '1 month' BETWEEN ${now} AND ${until}
    ORDER BY m.id LIMIT ${most}`;
}

/** Whether this call is the first to tell of it. */
export async function markExpiryTold(db: Database, id: string, at: Date): Promise<boolean> {
  return (await db.paymentMethod.updateMany({ where: { id, expiryToldAt: null, removedAt: null }, data: { expiryToldAt: at } })).count === 1;
}

type SetupRow = Prisma.PaymentSetupGetPayload<object>;

function setupFrom({ failureCode, ...row }: SetupRow): PaymentSetup {
  return { ...row, failureCode: failureCode as FailureCode | null };
}

export async function insertSetup(db: Database, setup: PaymentSetup): Promise<void> {
  await db.paymentSetup.create({ data: setup });
}

export async function readSetup(db: Database, accountId: string, id: string): Promise<PaymentSetup | null> {
  const row = await db.paymentSetup.findFirst({ where: { id, accountId } });
  return row && setupFrom(row);
}

/** The setup that was begun with that Idempotency-Key. */
export async function readSetupByKey(db: Database, accountId: string, requestKey: string): Promise<PaymentSetup | null> {
  const row = await db.paymentSetup.findUnique({ where: { accountId_requestKey: { accountId, requestKey } } });
  return row && setupFrom(row);
}

/** The setup that a page of the gateway makes. */
export async function readSetupOfCheckout(db: Database, checkoutSessionId: string): Promise<PaymentSetup | null> {
  const row = await db.paymentSetup.findUnique({ where: { checkoutSessionId } });
  return row && setupFrom(row);
}

export async function writeSetup(db: Database, { id, status, reference, failureCode, paymentMethodId, finishedAt }: PaymentSetup): Promise<void> {
  await db.paymentSetup.update({ where: { id }, data: { status, reference, failureCode, paymentMethodId, finishedAt } });
}

/** Setups in our own page that have not ended, of accounts that live by real time: begun between two moments, or before a third. */
export function readUnfinishedSetups(db: Database, begun: { from: Date; to: Date; orBefore: Date }, most: number): Promise<{ id: string; accountId: string; createdAt: Date }[]> {
  return db.paymentSetup.findMany({
    where: {
      status: { in: ['open', 'requires_action', 'processing', 'failed'] }, checkoutSessionId: null, account: { testClockId: null },
      OR: [{ createdAt: { gt: begun.from, lte: begun.to } }, { createdAt: { lte: begun.orBefore } }],
    },
    select: { id: true, accountId: true, createdAt: true }, orderBy: { id: 'asc' }, take: most,
  });
}
