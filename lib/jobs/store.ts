import type { Database } from '@/lib/core/database';

/** Deletes stored answers that were made before the moment. Returns how many. */
export async function deleteIdempotencyRecords(db: Database, before: Date): Promise<number> {
  return (await db.idempotencyRecord.deleteMany({ where: { createdAt: { lt: before } } })).count;
}

/** Deletes sessions, user tokens and e-mail links that have expired. Returns how many. */
export async function deleteExpiredCredentials(db: Database, now: Date): Promise<number> {
  const expired = { where: { expiresAt: { lt: now } } };
  const sessions = await db.session.deleteMany(expired);
  const userTokens = await db.userToken.deleteMany(expired);
  const links = await db.verificationToken.deleteMany(expired);
  return sessions.count + userTokens.count + links.count;
}

/** Deletes counted sign-in failures of windows that began before the moment. Returns how many. */
export async function deleteSignInAttempts(db: Database, before: Date): Promise<number> {
  return (await db.signInAttempt.deleteMany({ where: { windowStartAt: { lt: before } } })).count;
}
