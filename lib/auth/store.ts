import type { Database } from '@/lib/core/database';

export interface ApiKeyRow {
  id: string;
  sellerId: string;
  accountId: string | null;
  name: string;
  prefix: string;
  secretHash: string;
  scopes: string[];
  createdById?: string;
  createdAt: Date;
  expiresAt: Date | null;
}

export async function insertApiKey(db: Database, key: ApiKeyRow): Promise<void> {
  await db.apiKey.create({ data: key });
}

/** The key with what usage names its cost centre by, which never changes. */
export function findApiKey(db: Database, prefix: string) {
  return db.apiKey.findUnique({ where: { prefix }, include: { costCentre: { select: { key: true } } } });
}

/** Notes that the key was used, unless that was noted after `since`. */
export async function noteApiKeyUse(db: Database, id: string, usedAt: Date, since: Date): Promise<void> {
  await db.apiKey.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: since } }] }, data: { lastUsedAt: usedAt } });
}

/** The account's keys, the newest first, without their hashes. */
export async function listAccountKeys(db: Database, accountId: string) {
  const rows = await db.apiKey.findMany({
    where: { accountId },
    omit: { secretHash: true, sellerId: true, createdById: true },
    include: { createdBy: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ createdBy, ...key }) => ({ ...key, createdBy: createdBy?.name ?? null }));
}

export async function sellerOfAccount(db: Database, accountId: string): Promise<string | null> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { sellerId: true } });
  return account?.sellerId ?? null;
}

export async function roleOf(db: Database, accountId: string, userId: string) {
  const membership = await db.membership.findUnique({ where: { accountId_userId: { accountId, userId } }, select: { role: true } });
  return membership?.role ?? null;
}

export function findAccountKey(db: Database, accountId: string, id: string) {
  return db.apiKey.findFirst({ where: { id, accountId } });
}

export async function setKeyRevoked(db: Database, id: string, revokedAt: Date): Promise<void> {
  await db.apiKey.update({ where: { id }, data: { revokedAt } });
}
