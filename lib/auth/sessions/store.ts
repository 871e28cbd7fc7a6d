import type { Database } from '@/lib/core/database';
import type { Role } from '../permissions';

export interface SessionRow {
  id: string;
  userId: string;
  accountId: string | null;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** For a session in a frame. */
  embedOrigin?: string;
  embedRole?: Role | null;
  /** The identity provider that made it, with its sealed ID token. */
  issuer?: string;
  sealedIdToken?: string;
}

export async function insertSession(db: Database, session: SessionRow): Promise<void> {
  await db.session.create({ data: session });
}

/** The session with its person and the accounts that the person belongs to, the oldest membership first. */
export function findSession(db: Database, id: string) {
  return db.session.findUnique({
    where: { id },
    include: { user: { include: { memberships: { include: { account: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } } } },
  });
}

/** The identity provider that made the running session, with its sealed ID token; null: none did. */
export async function findIssuerOf(db: Database, id: string): Promise<{ issuer: string; sealedIdToken: string } | null> {
  const row = await db.session.findFirst({ where: { id, revokedAt: null }, select: { issuer: true, sealedIdToken: true } });
  return row?.issuer && row.sealedIdToken ? { issuer: row.issuer, sealedIdToken: row.sealedIdToken } : null;
}

export type StoredSession = NonNullable<Awaited<ReturnType<typeof findSession>>>;

export async function findFirstAccountId(db: Database, userId: string): Promise<string | null> {
  const membership = await db.membership.findFirst({ where: { userId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { accountId: true } });
  return membership?.accountId ?? null;
}

export async function extendSession(db: Database, id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
  await db.session.updateMany({ where: { id, revokedAt: null }, data: { lastSeenAt, expiresAt } });
}

export async function setSessionAccount(db: Database, id: string, accountId: string): Promise<void> {
  await db.session.updateMany({ where: { id, revokedAt: null }, data: { accountId } });
}

/** Ends a running session, of that person if one is named; true when it was running. */
export async function revokeSession(db: Database, id: string, revokedAt: Date, userId?: string): Promise<boolean> {
  const { count } = await db.session.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt, sealedIdToken: null } });
  return count === 1;
}

/** Ends every running session of the person but one; the number of sessions ended. */
export async function revokeOtherSessions(db: Database, keptId: string, userId: string, revokedAt: Date): Promise<number> {
  const { count } = await db.session.updateMany({
    where: { userId, id: { not: keptId }, revokedAt: null, expiresAt: { gt: revokedAt } },
    data: { revokedAt, sealedIdToken: null },
  });
  return count;
}

export function listRunningSessions(db: Database, userId: string, now: Date) {
  return db.session.findMany({ where: { userId, revokedAt: null, expiresAt: { gt: now } }, orderBy: { lastSeenAt: 'desc' }, take: 100 });
}
