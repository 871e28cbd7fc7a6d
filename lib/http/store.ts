import type { Database } from '@/lib/core/database';

export interface StoredAnswer {
  requestHash: string;
  status: number;
  body: string;
}

/** Takes the key, or gives back the answer that was stored under it. Waits while another transaction holds it. */
export async function claimKey(
  transaction: Database,
  claim: { scope: string; key: string; requestHash: string; createdAt: Date },
): Promise<StoredAnswer | null> {
  const taken = await transaction.$executeRaw`
    INSERT INTO idempotency_record (scope, key, request_hash, created_at)
    VALUES (${claim.scope}, ${claim.key}, ${claim.requestHash}, ${claim.createdAt})
    ON CONFLICT DO NOTHING`;
  if (taken === 1) return null;
  const row = await transaction.idempotencyRecord.findUniqueOrThrow({ where: { scope_key: { scope: claim.scope, key: claim.key } } });
  return { requestHash: row.requestHash, status: row.status ?? 200, body: row.body ?? '' };
}

/** The answer kept under the key, if any. */
export async function readAnswer(db: Database, scope: string, key: string): Promise<StoredAnswer | null> {
  const row = await db.idempotencyRecord.findUnique({ where: { scope_key: { scope, key } } });
  return row && { requestHash: row.requestHash, status: row.status ?? 200, body: row.body ?? '' };
}

/** Keeps the answer unless one is kept under the key already, and gives back the one that is. */
export async function keepAnswer(db: Database, scope: string, key: string, answer: StoredAnswer, createdAt: Date): Promise<StoredAnswer> {
  await db.$executeRaw`
    INSERT INTO idempotency_record (scope, key, request_hash, status, body, created_at)
    VALUES (${scope}, ${key}, ${answer.requestHash}, ${answer.status}, ${answer.body}, ${createdAt})
    ON CONFLICT DO NOTHING`;
  return (await readAnswer(db, scope, key)) ?? answer;
}

export async function storeAnswer(transaction: Database, scope: string, key: string, status: number, body: string): Promise<void> {
  await transaction.idempotencyRecord.update({ where: { scope_key: { scope, key } }, data: { status, body } });
}
