import type { Database } from '@/lib/core/database';

/** The person whom the issuer calls by this subject. */
export async function findUserByIdentity(db: Database, issuer: string, subject: string) {
  const identity = await db.identity.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { user: true } });
  return identity?.user ?? null;
}

export function findIdentityOf(db: Database, userId: string, issuer: string) {
  return db.identity.findUnique({ where: { userId_issuer: { userId, issuer } } });
}

/** True when it was added; false when the subject or the person has one at the issuer already, also by a request at the same time. */
export async function insertIdentity(db: Database, identity: { id: string; userId: string; issuer: string; subject: string; createdAt: Date }): Promise<boolean> {
  const { count } = await db.identity.createMany({ data: [identity], skipDuplicates: true });
  return count === 1;
}

/** True when there was one. */
export async function deleteIdentity(db: Database, id: string): Promise<boolean> {
  const { count } = await db.identity.deleteMany({ where: { id } });
  return count === 1;
}

export async function accountIdsOf(db: Database, userId: string): Promise<string[]> {
  const memberships = await db.membership.findMany({ where: { userId }, select: { accountId: true }, orderBy: { accountId: 'asc' } });
  return memberships.map(({ accountId }) => accountId);
}
