'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { z } from 'zod';
import { runningSession } from '@/lib/auth/session';
import { cookieLifetime, sealSessionId, sessionCookie } from '@/lib/auth/sessions/cookie';
import { endSession, joinedSession } from '@/lib/auth/sessions/sessions';
import { passwordLeast, passwordLimit } from '@/lib/auth/sign-in/password';
import { acceptInvitation } from '@/lib/auth/team/accept-invitation';
import { systemClock } from '@/lib/core/clock';
import { DomainError, type ErrorCode } from '@/lib/core/errors';
import { lineInput } from '@/lib/core/input';
import { settings } from '@/lib/core/settings';

const newcomer = z.object({
  name: z.string().trim().pipe(lineInput.max(120)),
  password: z.union([z.literal(''), z.string().min(passwordLeast).max(passwordLimit)]).transform((typed) => typed || undefined),
});

/** What was wrong with an attempt to join; nothing is, before the first one. */
export interface JoinAttempt {
  name: string;
  nameMissing?: boolean;
  passwordShort?: boolean;
  code?: ErrorCode;
}

async function join(token: string, given: { name: string; password?: string }): Promise<ErrorCode | null> {
  if (!settings().portalEnabled) return 'portal_disabled';
  const running = await runningSession();
  try {
    const joined = await acceptInvitation({ token, personId: running?.person.id ?? null, newcomer: { ...given, language: await getLocale() } }, systemClock);
    const userAgent = (await headers()).get('user-agent') ?? '';
    const sessionId = await joinedSession(running?.id ?? null, joined, userAgent, systemClock);
    const { name, options } = sessionCookie();
    if (!running) (await cookies()).set(name, await sealSessionId(sessionId), { ...options, maxAge: cookieLifetime });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** Joins as the person who is signed in. */
export async function joinSignedIn(token: string, before: JoinAttempt): Promise<JoinAttempt> {
  const code = await join(z.string().max(100).parse(token), { name: before.name });
  if (code) return { ...before, code };
  redirect('/overview');
}

/** Joins as somebody new, with what the form says of them. */
export async function joinAsNewcomer(token: string, _: JoinAttempt, form: FormData): Promise<JoinAttempt> {
  const typed = { name: String(form.get('name') ?? ''), password: String(form.get('password') ?? '') };
  const checked = newcomer.safeParse(typed);
  if (!checked.success) {
    const wrong = new Set(checked.error.issues.map(({ path }) => path[0]));
    return { name: typed.name, nameMissing: wrong.has('name'), passwordShort: wrong.has('password') };
  }
  const code = await join(z.string().max(100).parse(token), checked.data);
  if (code) return { name: typed.name, code };
  redirect('/overview');
}

/** Ends the session of somebody else's browser, so that the invitation can be accepted by whom it is for. */
export async function signOutToJoin(token: string): Promise<void> {
  const running = await runningSession();
  if (running) await endSession(running.id, systemClock);
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
  redirect(`/invitation?${new URLSearchParams({ token: z.string().max(100).parse(token) })}`);
}
