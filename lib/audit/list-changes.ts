import type { Actor, Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { readActorNames, readEntries } from './store';

/** One change of the account, as the audit log keeps it. */
export interface Change {
  id: string;
  /** Such as `account.updated`. */
  action: string;
  actor: {
    kind: Actor['kind'];
    /** Null when nobody of that id exists any more, and for the system. */
    name: string | null;
  };
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  occurredAt: Date;
}

const fieldsOf = (state: unknown): Record<string, unknown> => (typeof state === 'object' && state !== null ? { ...state } : {});

/** What changed in the account lately, newest first: at most `limit` changes. */
export async function listChanges(context: Context, limit: number): Promise<Change[]> {
  const entries = await readEntries(database(), context.accountId, limit);
  const idsOf = (kind: Actor['kind']) => [...new Set(entries.filter((entry) => entry.actorKind === kind).map((entry) => entry.actorId))];
  const names = await readActorNames(database(), { people: idsOf('person'), keys: idsOf('api_key') });
  return entries.map((entry) => ({
    id: entry.id,
    action: entry.action,
    actor: { kind: entry.actorKind as Actor['kind'], name: names.get(entry.actorId) ?? null },
    before: fieldsOf(entry.before),
    after: fieldsOf(entry.after),
    occurredAt: entry.occurredAt,
  }));
}
