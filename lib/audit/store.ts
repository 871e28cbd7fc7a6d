import type { Database } from '@/lib/core/database';
import type { LogPosition } from './cursor';

/** What to read of an account's log; what is left out is not asked for. */
export interface LogFilter {
  actorId?: string;
  /** What actions begin with, before their dot. */
  subjects?: readonly string[];
  /** The id of what was changed. */
  subject?: string;
  /** From its start to before its end. */
  range?: { start: Date; end: Date };
  after?: LogPosition;
}

/** Newest first; the id settles the order of entries of one moment. */
export function readEntries(db: Database, accountId: string, { actorId, subjects, subject, range, after }: LogFilter, limit: number) {
  const occurredAt = range && { gte: range.start, lt: range.end };
  return db.auditEntry.findMany({
    where: {
      accountId,
      ...(actorId !== undefined && { actorId }),
      ...(subject !== undefined && { subject }),
      ...(occurredAt && { occurredAt }),
      AND: [
        ...(subjects ? [{ OR: subjects.map((begin) => ({ action: { startsWith: `${begin}.` } })) }] : []),
        // The first bound is implied by the second; with it the index begins where the page does.
        ...(after ? [{ occurredAt: { lte: after.occurredAt } }, { OR: [{ occurredAt: { lt: after.occurredAt } }, { id: { lt: after.id } }] }] : []),
      ],
    },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** Who has changed something in the account: at most `limit`. Steps from one actor to the next in the index, so a long log costs no more. */
export function readActors(db: Database, accountId: string, limit: number): Promise<{ kind: string; id: string }[]> {
  return db.$queryRaw`
    WITH RECURSIVE actor AS (
      (SELECT actor_kind, actor_id FROM audit_entry WHERE account_id = ${accountId} ORDER BY actor_id LIMIT 1)
      UNION ALL
      SELECT following.actor_kind, following.actor_id
      FROM actor CROSS JOIN LATERAL (
        SELECT actor_kind, actor_id FROM audit_entry
        WHERE account_id = ${accountId} AND actor_id > actor.actor_id ORDER BY actor_id LIMIT 1
      ) following
    )
    SELECT actor_kind AS kind, actor_id AS id FROM actor LIMIT ${limit}`;
}

/** Names of people and of API keys, by id. */
export async function readActorNames(db: Database, actors: { people: string[]; keys: string[] }): Promise<Map<string, string>> {
  const [people, keys] = await Promise.all([
    actors.people.length > 0 ? db.user.findMany({ where: { id: { in: actors.people } }, select: { id: true, name: true } }) : [],
    actors.keys.length > 0 ? db.apiKey.findMany({ where: { id: { in: actors.keys } }, select: { id: true, name: true } }) : [],
  ]);
  return new Map([...people, ...keys].map(({ id, name }) => [id, name]));
}
