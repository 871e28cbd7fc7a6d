import type { Actor, Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { actionGroups, type ActionGroup } from './action-groups';
import { cursorOf, positionOf } from './cursor';
import { readActorNames, readActors, readEntries, type LogFilter } from './store';

/** Somebody who has changed something. */
export interface ChangeActor {
  kind: Actor['kind'];
  id: string;
  /** Null when nobody of that id exists any more, and for the system. */
  name: string | null;
}

/** One change of the account, as the audit log keeps it. */
export interface Change {
  id: string;
  /** Such as `account.updated`. */
  action: string;
  actor: ChangeActor;
  /** The id of what was changed. */
  subject: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  occurredAt: Date;
  requestId: string;
}

/** Which changes to list; what is left out is not asked for. */
export interface ChangeQuestion {
  actor?: string;
  group?: ActionGroup;
  subject?: string;
  /** From its start to before its end. */
  range?: { start: Date; end: Date };
}

export interface ChangePage {
  items: Change[];
  /** Where the next page begins; null on the last one. */
  nextCursor: string | null;
}

type EntryRow = Awaited<ReturnType<typeof readEntries>>[number];

const fieldsOf = (state: unknown): Record<string, unknown> => (typeof state === 'object' && state !== null ? { ...state } : {});

async function named(actors: readonly { kind: string; id: string }[]): Promise<ChangeActor[]> {
  const idsOf = (kind: Actor['kind']) => [...new Set(actors.filter((actor) => actor.kind === kind).map(({ id }) => id))];
  const names = await readActorNames(database(), { people: idsOf('person'), keys: idsOf('api_key') });
  return actors.map(({ kind, id }) => ({ kind: kind as Actor['kind'], id, name: names.get(id) ?? null }));
}

async function changesFrom(entries: readonly EntryRow[]): Promise<Change[]> {
  const actors = await named(entries.map(({ actorKind, actorId }) => ({ kind: actorKind, id: actorId })));
  return entries.flatMap(({ id, action, subject, before, after, occurredAt, requestId }, index) => {
    const actor = actors[index];
    return actor ? [{ id, action, actor, subject, before: fieldsOf(before), after: fieldsOf(after), occurredAt, requestId }] : [];
  });
}

function filterOf({ actor, group, subject, range }: ChangeQuestion): LogFilter {
  return { actorId: actor, subjects: group && actionGroups[group], subject, range };
}

/** What changed in the account, newest first: a page of at most `limit` changes. Throws `invalid_request` for a cursor that is none. */
export async function listChanges(context: Context, { cursor, limit, ...question }: ChangeQuestion & { cursor?: string; limit: number }): Promise<ChangePage> {
  const after = cursor === undefined ? undefined : positionOf(cursor);
  const entries = await readEntries(database(), context.accountId, { ...filterOf(question), after }, limit + 1);
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  return { items: await changesFrom(shown), nextCursor: last && entries.length > limit ? cursorOf(last) : null };
}

const mostExported = 10_000;

/** Every change asked for, newest first. Throws `invalid_request` past 10 000: a file that silently ended would be taken for all there is. */
export async function exportChanges(context: Context, question: ChangeQuestion): Promise<Change[]> {
  const entries = await readEntries(database(), context.accountId, filterOf(question), mostExported + 1);
  if (entries.length > mostExported) {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'from', message: `There are more than ${mostExported} changes. Choose fewer days.` }] });
  }
  return changesFrom(entries);
}

/** Who has ever changed something in the account: at most 500. */
export async function listActors(context: Context): Promise<ChangeActor[]> {
  return named(await readActors(database(), context.accountId, 500));
}
