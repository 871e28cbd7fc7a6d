import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { clockFor } from '@/lib/billing/accounts/test-clocks/account-clock';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { pageAddressHeader } from '@/lib/core/page-address';
import { settings } from '@/lib/core/settings';
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
}

/** The running session of the browser that asks, looked up once a request; null when there is none. */
export const runningSession = cache(async (): Promise<RunningSession | null> => {
  if (!settings().portalEnabled) return null;
  const text = (await cookies()).get(sessionCookie().name)?.value;
  if (!text) return null;
  try {
    return await readSession(text, systemClock);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
});

export async function sessionIn(running: RunningSession, { role, account }: SessionMembership): Promise<Session> {
  const clock = await clockFor(account.id, systemClock);
  return {
    id: running.id,
    context: { actor: { kind: 'person', id: running.person.id }, accountId: account.id, clock, requestId: newId('req') },
    person: running.person,
    account,
    accounts: running.memberships.map((membership) => ({ id: membership.account.id, name: membership.account.name, role: membership.role })),
    role,
    permissions: rolePermissions[role],
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

/** The session of the browser that asks for a page; sends everybody else to the sign-in page, which leads back. */
export async function requireSession(): Promise<Session> {
  const session = await currentSession();
  if (session) return session;
  const search = new URLSearchParams({ callbackUrl: (await headers()).get(pageAddressHeader) ?? '/' });
  if (await runningSession()) search.set('error', 'no_account');
  else if ((await cookies()).has(sessionCookie().name)) search.set('error', 'ended');
  redirect(`/sign-in?${search}`);
}
