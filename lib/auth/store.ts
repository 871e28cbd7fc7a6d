import type { Database } from '@/lib/core/database';

export interface ApiKeyRow {
  id: string;
  sellerId: string;
  accountId: string | null;
  name: string;
  prefix: string;
  secretHash: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
}

export async function insertApiKey(db: Database, key: ApiKeyRow): Promise<void> {
  await db.apiKey.create({ data: key });
}

export function findApiKey(db: Database, prefix: string) {
  return db.apiKey.findUnique({ where: { prefix } });
}

/** The account's id, when it exists and is the seller's customer. */
export async function accountOfSeller(db: Database, sellerId: string, accountId: string): Promise<string | null> {
  const account = await db.account.findFirst({ where: { id: accountId, sellerId }, select: { id: true } });
  return account?.id ?? null;
}
