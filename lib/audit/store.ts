import type { Database } from '@/lib/core/database';

/** Newest first; the id settles the order of entries of one moment. */
export function readEntries(db: Database, accountId: string, limit: number) {
  return db.auditEntry.findMany({ where: { accountId }, orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }], take: limit });
}

/** Names of people and of API keys, by id. */
export async function readActorNames(db: Database, actors: { people: string[]; keys: string[] }): Promise<Map<string, string>> {
  const [people, keys] = await Promise.all([
    actors.people.length > 0 ? db.user.findMany({ where: { id: { in: actors.people } }, select: { id: true, name: true } }) : [],
    actors.keys.length > 0 ? db.apiKey.findMany({ where: { id: { in: actors.keys } }, select: { id: true, name: true } }) : [],
  ]);
  return new Map([...people, ...keys].map(({ id, name }) => [id, name]));
}
