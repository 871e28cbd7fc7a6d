import type { Database, Prisma } from '@/lib/core/database';
import type { TopUp } from './top-up';

export async function insertTopUp(db: Database, topUp: TopUp): Promise<void> {
  await db.topUp.create({ data: topUp });
}

function topUpFrom(row: Prisma.TopUpGetPayload<object>): TopUp {
  return row;
}

/** A top-up of the account; another account's is null. */
export async function readTopUp(db: Database, accountId: string, id: string): Promise<TopUp | null> {
  const row = await db.topUp.findFirst({ where: { id, accountId } });
  return row && topUpFrom(row);
}

export async function writeTopUp(db: Database, { id, status, failureCode, invoiceId, grantId, finishedAt }: TopUp): Promise<void> {
  await db.topUp.update({ where: { id }, data: { status, failureCode, invoiceId, grantId, finishedAt } });
}

/** Some of the account's top-ups, newest first. */
export async function readTopUps(db: Database, accountId: string, range: { skip: number; take: number }): Promise<{ items: TopUp[]; total: number }> {
  const rows = await db.topUp.findMany({ where: { accountId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(topUpFrom), total: await db.topUp.count({ where: { accountId } }) };
}

/** What the account has bought by itself since the moment or is buying, in minor units of the currency, and whether a purchase is under way. */
export async function readAutomatic(db: Database, accountId: string, currency: string, since: Date): Promise<{ boughtMinor: bigint; isBuying: boolean }> {
  const rows = await db.topUp.findMany({
    where: { accountId, currency, cause: 'automatic', OR: [{ status: 'pending' }, { status: 'completed', createdAt: { gte: since } }] },
    select: { amountMinor: true, status: true },
  });
  return { boughtMinor: rows.reduce((sum, row) => sum + row.amountMinor, 0n), isBuying: rows.some(({ status }) => status === 'pending') };
}
