import type { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { openSessionId, readCookie, sealSessionId } from '../sessions/cookie';
import { runningFrom, type RunningSession } from '../sessions/sessions';
import { extendSession, findSession, insertSession } from '../sessions/store';
import { roleOf } from '../store';
import { hashOf } from './create-embed-token';
import { embedCookieName } from './embed-cookie';
import { lesserRole } from './lesser-role';
import { longestEmbedSession } from './lifetime';
import type { embedExchangeInput } from './schema';
import { burnEmbedToken, findEmbedToken, readEmbedOrigins } from './store';

const minute = 60 * 1000;
/** How long a frame's session lives after its last use. */
const idleLifetime = 30 * minute;
const extendEvery = minute;

/** Seconds for which a browser keeps the cookie; the row in `session` ends sooner. */
export const embedCookieLifetime = longestEmbedSession / 1000;

const bearerPrefix = 'pes_';

export interface NewEmbedSession {
  /** The text of the cookie. */
  cookie: string;
  /** The same as a bearer, for browsers that keep no cookie in a frame. It belongs in the frame's memory and nowhere else. */
  bearer: string;
}

const endOf = (createdAt: Date, now: Date): Date => new Date(Math.min(now.getTime() + idleLifetime, createdAt.getTime() + longestEmbedSession));

/**
 * Burns a one-time token and opens the session of the frame that hands it in. Throws `embed_token_invalid` for a token that
 * was used, ran out, or is for another portal, account or origin, and for one whose member or origin is gone since.
 */
export async function exchangeEmbedToken({ token, account, origin }: z.output<typeof embedExchangeInput>, userAgent: string, clock: Clock): Promise<NewEmbedSession> {
  const sessionId = await inTransaction(async (transaction) => {
    const now = clock.now();
    const found = await findEmbedToken(transaction, hashOf(token));
    if (!found || found.accountId !== account) throw new DomainError('embed_token_invalid');
    await lockAccount(transaction, account);
    const { id, userId, role, audience, expiresAt } = found;
    const isForThis = audience === settings().appUrl && found.origin === origin && expiresAt > now;
    if (!isForThis || !(await burnEmbedToken(transaction, id, now))) throw new DomainError('embed_token_invalid');
    const origins = await readEmbedOrigins(transaction, account);
    if (!(await roleOf(transaction, account, userId)) || !origins?.includes(origin)) throw new DomainError('embed_token_invalid');
    const session = { id: newId('ses'), userId, accountId: account, userAgent: userAgent.slice(0, 300), createdAt: now, lastSeenAt: now, expiresAt: endOf(now, now) };
    await insertSession(transaction, { ...session, embedOrigin: origin, embedRole: role });
    return session.id;
  });
  const cookie = await sealSessionId(sessionId);
  return { cookie, bearer: `${bearerPrefix}${cookie}` };
}

/** What a request carries of the embed session of an account: a bearer, else the account's cookie; null for neither. */
export function embedCredential(accountId: string, header: (name: string) => string | null): string | null {
  const bearer = /^Bearer\s+pes_(\S+)$/i.exec(header('authorization') ?? '')?.[1];
  return bearer ?? readCookie(header('cookie'), embedCookieName(accountId));
}

/**
 * The session that a frame's cookie or bearer names, 30 minutes from its last use and 12 hours from its start at most. It
 * stays in its account, and in the role that its token was limited to. Throws `unauthenticated` for a text that is not ours,
 * and `session_expired` for a session that ended, ran out, or whose origin may no longer show the account.
 */
export async function readEmbedSession(text: string, accountId: string, clock: Clock): Promise<RunningSession> {
  const id = await openSessionId(text);
  const stored = id && (await findSession(database(), id));
  if (!stored || stored.embedOrigin === null || stored.accountId !== accountId) throw new DomainError('unauthenticated');
  const now = clock.now();
  const { embedOrigin: origin, embedRole } = stored;
  if (stored.revokedAt || stored.expiresAt <= now) throw new DomainError('session_expired');
  const account = stored.user.memberships.find((membership) => membership.accountId === accountId)?.account;
  if (account && !account.embedOrigins.includes(origin)) throw new DomainError('session_expired');
  if (now.getTime() - stored.lastSeenAt.getTime() > extendEvery) await extendSession(database(), stored.id, now, endOf(stored.createdAt, now));

  const running = runningFrom(stored);
  const membership = running.membership && { ...running.membership, role: lesserRole(running.membership.role, embedRole) };
  return { ...running, membership, memberships: membership ? [membership] : [], embedding: { origin, role: embedRole } };
}
