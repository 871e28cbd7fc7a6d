import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { clockFor } from '@/lib/billing/accounts/test-clocks/account-clock';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { embedHeader, embedPath } from '@/lib/core/embed-header';
import { pageAddressHeader } from '@/lib/core/page-address';
import { settings } from '@/lib/core/settings';
import { embedCredential, readEmbedSession } from './embedding/embed-session';
import { rolePermissions, type Permission, type Role } from './permissions';
import { sessionCookie } from './sessions/cookie';
import { readSession, type Person, type RunningSession, type SessionAccount, type SessionMembership } from './sessions/sessions';
import { setSessionAccount } from './sessions/store';

/** Who looks at a page, in which account, and what they may do there. */
export interface Session {
  id: string;
  /** For use cases called by the page. */
  context: Context;
  person: Person;
  account: SessionAccount;
  /** Every account that the person belongs to. */
  accounts: { id: string; name: string; role: Role }[];
  role: Role;
  permissions: readonly Permission[];
  /** Set where the portal is shown in a frame: the origin of the page around it. */
  embedding: { origin: string } | null;
}

/** The session that the request carries: below `/embed/{account}` the frame's, elsewhere the browser's. */
async function readRunning(): Promise<RunningSession | null> {
  const sent = await headers();
  const embeddedIn = sent.get(embedHeader);
  if (embeddedIn === null) {
    const text = (await cookies()).get(sessionCookie().name)?.value;
    return text ? readSession(text, systemClock) : null;
  }
  const text = embedCredential(embeddedIn, (name) => sent.get(name));
  return text ? readEmbedSession(text, embeddedIn, systemClock) : null;
}

/** The running session of the browser that asks, looked up once a request; null when there is none. */
export const runningSession = cache(async (): Promise<RunningSession | null> => {
  if (!settings().portalEnabled) return null;
  try {
    return await readRunning();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
});

export async function sessionIn(running: RunningSession, { role, account }: SessionMembership): Promise<Session> {
  const clock = await clockFor(account.id, systemClock);
  return {
    id: running.id,
    context: { actor: { kind: 'person', id: running.person.id }, accountId: account.id, clock, requestId: newId('req'), ...(running.embedding?.role && { roleAtMost: running.embedding.role }) },
    person: running.person,
    account,
    accounts: running.memberships.map((membership) => ({ id: membership.account.id, name: membership.account.name, role: membership.role })),
    role,
    permissions: rolePermissions[role],
    embedding: running.embedding,
  };
}

/**
 * The session of the browser that asks for a page, or null. Somebody who has left the account they worked in is moved to
 * their oldest remaining one.
 */
export const currentSession = cache(async (): Promise<Session | null> => {
  const running = await runningSession();
  if (!running) return null;
  if (running.membership) return sessionIn(running, running.membership);
  const [remaining] = running.memberships;
  if (!remaining) return null;
  await setSessionAccount(database(), running.id, remaining.account.id);
  return sessionIn(running, remaining);
});

/**
 * The session of the browser that asks for a page; sends everybody else to the sign-in page, which leads back, and in a frame
 * to its first page, which asks the page around it for a new token.
 */
export async function requireSession(): Promise<Session> {
  const session = await currentSession();
  if (session) return session;
  const sent = await headers();
  const embeddedIn = sent.get(embedHeader);
  const address = sent.get(pageAddressHeader) ?? '/';
  if (embeddedIn !== null) redirect(`${embedPath(embeddedIn)}?${new URLSearchParams({ page: address.slice(embedPath(embeddedIn).length), ended: 'true' })}`);
  const search = new URLSearchParams({ callbackUrl: address });
  if (await runningSession()) search.set('error', 'no_account');
  else if ((await cookies()).has(sessionCookie().name)) search.set('error', 'ended');
  redirect(`/sign-in?${search}`);
}
