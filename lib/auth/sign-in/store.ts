import type { Database } from '@/lib/core/database';

export function findUserByEmail(db: Database, email: string) {
  return db.user.findUnique({ where: { email } });
}

export function findUserById(db: Database, id: string) {
  return db.user.findUnique({ where: { id } });
}

export async function setEmailVerified(db: Database, id: string, verifiedAt: Date): Promise<void> {
  await db.user.updateMany({ where: { id, emailVerifiedAt: null }, data: { emailVerifiedAt: verifiedAt } });
}

/** Adds one attempt, drops the subject's older windows, and gives the number in this window. */
export async function addAttempt(db: Database, subject: string, windowStartAt: Date): Promise<number> {
  const rows = await db.$queryRaw<{ failures: number }[]>`
    WITH stale AS (DELETE FROM sign_in_attempt WHERE subject = ${subject} AND window_start_at < ${windowStartAt})
    INSERT INTO sign_in_attempt (subject, window_start_at, failures) VALUES (${subject}, ${windowStartAt}, 1)
    ON CONFLICT (subject, window_start_at) DO UPDATE SET failures = sign_in_attempt.failures + 1
    RETURNING failures`;
  return rows[0]?.failures ?? 0;
}

export async function subtractAttempt(db: Database, subject: string, windowStartAt: Date): Promise<void> {
  await db.signInAttempt.updateMany({ where: { subject, windowStartAt, failures: { gt: 0 } }, data: { failures: { decrement: 1 } } });
}

/** Drops the attempts of a subject, and everybody's from before a moment. */
export async function forgetAttempts(db: Database, subject: string, before: Date): Promise<void> {
  await db.signInAttempt.deleteMany({ where: { OR: [{ subject }, { windowStartAt: { lt: before } }] } });
}

export async function insertLinkToken(db: Database, token: { identifier: string; tokenHash: string; expiresAt: Date }, now: Date): Promise<void> {
  await db.verificationToken.deleteMany({ where: { expiresAt: { lt: now } } });
  await db.verificationToken.create({ data: token });
}

/** Takes the token out, so that one caller alone gets it; null when it was taken before or never was. */
export async function takeLinkToken(db: Database, identifier: string, tokenHash: string): Promise<{ expiresAt: Date } | null> {
  const rows = await db.$queryRaw<{ expiresAt: Date }[]>`
    DELETE FROM verification_token WHERE identifier = ${identifier} AND token_hash = ${tokenHash} RETURNING expires_at AS "expiresAt"`;
  return rows[0] ?? null;
}

export async function setUserLanguage(db: Database, id: string, language: string): Promise<void> {
  await db.user.update({ where: { id }, data: { language } });
}

export interface UserRow {
  id: string;
  email: string;
  name: string;
  language: string;
  passwordHash: string | null;
  createdAt: Date;
}

export async function insertUser(db: Database, user: UserRow): Promise<void> {
  await db.user.create({ data: user });
}
