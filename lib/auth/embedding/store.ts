import type { Database } from '@/lib/core/database';
import type { Role } from '../permissions';

/** Null: there is no such account. */
export async function readEmbedOrigins(db: Database, accountId: string): Promise<string[] | null> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { embedOrigins: true } });
  return account?.embedOrigins ?? null;
}

export async function writeEmbedOrigins(db: Database, accountId: string, embedOrigins: string[], updatedAt: Date): Promise<void> {
  await db.account.update({ where: { id: accountId }, data: { embedOrigins, updatedAt } });
}

export function findMemberByEmail(db: Database, accountId: string, email: string) {
  return db.membership.findFirst({ where: { accountId, user: { email } }, select: { userId: true, role: true } });
}

/** Who opens the portal in which page, at most in which role. */
export interface Opening {
  personId: string;
  email: string;
  origin: string;
  role: Role;
}

/** Whether the audit log of the account has told of the same opening since the moment. */
export async function wasToldOf(db: Database, accountId: string, { personId, ...after }: Opening, since: Date): Promise<boolean> {
  const told = { accountId, subject: personId, action: 'embed_token.created', occurredAt: { gt: since }, after: { equals: after } };
  return (await db.auditEntry.count({ where: told })) > 0;
}

export interface EmbedTokenRow {
  id: string;
  accountId: string;
  userId: string;
  role: Role | null;
  origin: string;
  audience: string;
  tokenHash: string;
  apiKeyId: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertEmbedToken(db: Database, token: EmbedTokenRow): Promise<void> {
  await db.embedToken.create({ data: token });
}

export function findEmbedToken(db: Database, tokenHash: string) {
  return db.embedToken.findUnique({ where: { tokenHash } });
}

/** Burns the token. False when it was used before. */
export async function burnEmbedToken(db: Database, id: string, usedAt: Date): Promise<boolean> {
  return (await db.embedToken.updateMany({ where: { id, usedAt: null }, data: { usedAt } })).count === 1;
}

/** Deletes tokens that ran out before the moment. Returns how many. */
export async function deleteOldEmbedTokens(db: Database, before: Date): Promise<number> {
  return (await db.embedToken.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
