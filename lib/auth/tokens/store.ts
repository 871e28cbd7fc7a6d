import type { Database } from '@/lib/core/database';

export interface UserTokenRow {
  id: string;
  userId: string;
  accountId: string;
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertUserToken(db: Database, token: UserTokenRow): Promise<void> {
  await db.userToken.create({ data: token });
}

/** The token with its person's membership of its account, if it still is one. */
export function findUserToken(db: Database, tokenHash: string) {
  return db.userToken.findUnique({ where: { tokenHash }, include: { user: { include: { memberships: true } } } });
}

/** Notes that the token was used, unless that was noted after `since`. */
export async function noteUserTokenUse(db: Database, id: string, usedAt: Date, since: Date): Promise<void> {
  await db.userToken.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: since } }] }, data: { lastUsedAt: usedAt } });
}

/** True when it was running. */
export async function revokeUserToken(db: Database, id: string, userId: string, revokedAt: Date): Promise<boolean> {
  const { count } = await db.userToken.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt } });
  return count === 1;
}

/** Ends every running token of the person. */
export async function revokeUserTokensOf(db: Database, userId: string, revokedAt: Date): Promise<void> {
  await db.userToken.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt } });
}

/** The person's memberships with their accounts, the oldest first. */
export function listMemberships(db: Database, userId: string) {
  return db.membership.findMany({ where: { userId }, include: { account: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}
