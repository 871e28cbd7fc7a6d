import type { Clock } from '@/lib/core/clock';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { seal } from '@/lib/core/sealed';
import type { Role } from '../permissions';
import { revokeUserTokensOf } from '../tokens/store';
import { openSessionId } from './cookie';
import { extendSession, findFirstAccountId, findSession, insertSession, listRunningSessions, revokeOtherSessions, revokeSession, setSessionAccount, type StoredSession } from './store';

const day = 24 * 60 * 60 * 1000;
const lifetime = 30 * day;
/** How often a running session is written to at most. */
const extendEvery = 5 * 60 * 1000;

export type Language = 'en' | 'zh';

export interface Person {
  id: string;
  name: string;
  email: string;
  /** The language the person chose; null: none yet. */
  language: Language | null;
}

/** The account that a person works in. */
export interface SessionAccount {
  id: string;
  name: string;
  currency: string;
  /** IANA name. */
  timeZone: string;
  language: Language;
  /** ISO 3166 alpha-2. */
  country: string;
}

export interface SessionMembership {
  role: Role;
  account: SessionAccount;
}

/** A browser's session that runs. `membership` is null when the person has left the account the session was in. */
export interface RunningSession {
  id: string;
  person: Person;
  membership: SessionMembership | null;
  memberships: SessionMembership[];
  /** Set for a session in a frame: the origin of the page around it, and what it may do at most. */
  embedding: { origin: string; role: Role | null } | null;
}

const languageOf = (text: string | null): Language | null => (text === 'en' || text === 'zh' ? text : null);

function membershipsOf(stored: StoredSession): SessionMembership[] {
  return stored.user.memberships.map(({ role, account: { id, name, currency, timeZone, language, country } }) => ({
    role,
    account: { id, name, currency, timeZone, language: languageOf(language) ?? 'en', country },
  }));
}

/** The session as pages know it, in the account in which it stands. */
export function runningFrom(stored: StoredSession): RunningSession {
  const memberships = membershipsOf(stored);
  const { name, email, language } = stored.user;
  return {
    id: stored.id,
    person: { id: stored.userId, name, email, language: languageOf(language) },
    membership: memberships.find(({ account }) => account.id === stored.accountId) ?? null,
    memberships,
    embedding: null,
  };
}

/** What an identity provider says of who signed in: its address, and the ID token as it came. */
export interface ProvenBy {
  issuer: string;
  idToken: string;
}

/**
 * Opens a session for somebody who has just proved who they are, in their oldest account; `by`: at which identity provider.
 * Returns the session's id.
 */
export async function startSession(userId: string, userAgent: string, clock: Clock, by: ProvenBy | null = null): Promise<string> {
  const now = clock.now();
  const id = newId('ses');
  const accountId = await findFirstAccountId(database(), userId);
  await insertSession(database(), {
    id,
    userId,
    accountId,
    userAgent: userAgent.slice(0, 300),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + lifetime),
    ...(by && { issuer: by.issuer, sealedIdToken: seal(by.idToken, id) }),
  });
  return id;
}

/**
 * The session of somebody who has just joined an account, which stands in it from now on: the one that runs, or a new one.
 * Returns its id.
 */
export async function joinedSession(runningId: string | null, joined: { personId: string; accountId: string }, userAgent: string, clock: Clock): Promise<string> {
  const id = runningId ?? (await startSession(joined.personId, userAgent, clock));
  await setSessionAccount(database(), id, joined.accountId);
  return id;
}

/**
 * The session that a cookie's text names, 30 days from its last use at most. Throws `unauthenticated` for a text that is
 * not ours and `session_expired` for a session that was ended or ran out.
 */
export async function readSession(cookieText: string, clock: Clock): Promise<RunningSession> {
  const id = await openSessionId(cookieText);
  if (!id) throw new DomainError('unauthenticated');
  const now = clock.now();
  const stored = await findSession(database(), id);
  // The session of a frame is no session of the browser, though its text is made alike.
  if (stored && stored.embedOrigin !== null) throw new DomainError('unauthenticated');
  if (!stored || stored.revokedAt || stored.expiresAt <= now) throw new DomainError('session_expired');
  if (now.getTime() - stored.lastSeenAt.getTime() > extendEvery) {
    await extendSession(database(), id, now, new Date(now.getTime() + lifetime));
  }
  return runningFrom(stored);
}

/** Ends a session at once, wherever its cookie is. Ending one that has ended does nothing. */
export async function endSession(id: string, clock: Clock): Promise<void> {
  await revokeSession(database(), id, clock.now());
}

/** A signed-in browser as its person sees it. */
export interface SessionSummary {
  id: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** The origin of the page that shows the portal in a frame; null: the portal itself. */
  embedOrigin: string | null;
}

/** The browsers in which the person is signed in, the one used last first. */
export async function listSessions(personId: string, clock: Clock): Promise<SessionSummary[]> {
  const rows = await listRunningSessions(database(), personId, clock.now());
  return rows.map(({ id, userAgent, createdAt, lastSeenAt, embedOrigin }) => ({ id, userAgent, createdAt, lastSeenAt, embedOrigin }));
}

/** Ends one session of the person at once. Ending one that has ended does nothing; throws `not_found` for one that is not theirs. */
export async function endOwnSession(id: string, personId: string, clock: Clock): Promise<void> {
  const session = await findSession(database(), id);
  if (session?.userId !== personId) throw new DomainError('not_found', 'No such session.');
  await revokeSession(database(), id, clock.now(), personId);
}

/** Signs the person out everywhere but in the session named, and ends their tokens for API calls. Returns how many sessions were ended. */
export function endOtherSessions(keptId: string, personId: string, clock: Clock): Promise<number> {
  return inTransaction(async (transaction) => {
    await revokeUserTokensOf(transaction, personId, clock.now());
    return revokeOtherSessions(transaction, keptId, personId, clock.now());
  });
}
