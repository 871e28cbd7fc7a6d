import type { Database } from '@/lib/core/database';

/** An event as its correction needs it. */
export interface CorrectableEvent {
  id: string;
  counterId: number;
  featureKey: string;
  kind: 'usage' | 'level' | 'correction';
  occurredAt: Date;
}

/**
 * The account's event of that UUID. Where it lies is told by its key, by the reservation that it was, or, for an event
 * without either, by the moment that its id holds and the counters of then.
 */
export async function readCorrectable(db: Database, accountId: string, id: string, moment: Date | null): Promise<CorrectableEvent | null> {
  const rows = await db.$queryRaw<{ counter_id: bigint; feature_key: string; kind: CorrectableEvent['kind']; occurred_at: Date }[]>`
    SELECT e.counter_id, c.feature_key, e.kind::text AS kind, e.occurred_at
    FROM (
      SELECT counter_id, occurred_at FROM usage_key WHERE id = ${id}::uuid
      UNION
      SELECT counter_id, settled_at FROM quota_reservation WHERE id = ${id}::uuid AND settled_at IS NOT NULL
      UNION
      SELECT q.id, ${moment}::timestamptz FROM quota_counter q
      WHERE q.account_id = ${accountId} AND q.period_start <= ${moment}::timestamptz AND q.period_end > ${moment}::timestamptz
    ) place
    JOIN usage_event e ON e.counter_id = place.counter_id AND e.occurred_at = place.occurred_at AND e.id = ${id}::uuid
    JOIN quota_counter c ON c.id = e.counter_id AND c.account_id = ${accountId}
    LIMIT 1`;
  const [row] = rows;
  return row ? { id, counterId: Number(row.counter_id), featureKey: row.feature_key, kind: row.kind, occurredAt: row.occurred_at } : null;
}

/** What a correction that was made before took away or added; null when it had nothing to write. */
export async function readDifference(db: Database, event: CorrectableEvent, correctionId: string): Promise<{ quantity: bigint; recordedAt: Date } | null> {
  const { counterId, occurredAt } = event;
  const where = { counterId_occurredAt_id: { counterId, occurredAt, id: correctionId } };
  return db.usageEvent.findUnique({ where, select: { quantity: true, recordedAt: true } });
}

/** Whether the audit log tells of the subject in that action. */
export async function isAudited(db: Database, accountId: string, action: string, subject: string): Promise<boolean> {
  return (await db.auditEntry.findFirst({ where: { accountId, action, subject }, select: { id: true } })) !== null;
}
