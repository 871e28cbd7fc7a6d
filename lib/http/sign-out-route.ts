import { NextResponse, type NextRequest } from 'next/server';
import { openSessionId, sessionCookie, signOutCookie } from '@/lib/auth/sessions/cookie';
import { endSession } from '@/lib/auth/sessions/sessions';
import { signOutAtIssuer } from '@/lib/auth/sign-in/sign-out-at-issuer';
import { systemClock } from '@/lib/core/clock';
import { newId } from '@/lib/core/ids';
import { failure, success } from './envelope';
import { toResponse } from './routes';
import { assertSameOrigin } from './same-origin';

async function run(request: NextRequest): Promise<Response> {
  assertSameOrigin({ url: new URL(request.url), header: (name) => request.headers.get(name) });
  const { name, options } = sessionCookie();
  const text = request.cookies.get(name)?.value;
  const id = text && (await openSessionId(text));
  const elsewhere = id ? await signOutAtIssuer(id) : null;
  if (id) await endSession(id, systemClock);
  const { headers, body } = success(elsewhere ? { address: elsewhere.address } : {});
  const response = new NextResponse(body as BodyInit, { headers });
  response.cookies.set(name, '', { ...options, maxAge: 0 });
  if (elsewhere) response.cookies.set(signOutCookie().name, elsewhere.state, signOutCookie().options);
  return response;
}

/**
 * Ends the browser's session at once, here and in whatever copied its cookie. A route and no server action, which would
 * read the page again for somebody who is signed out. `address` of the answer: where to go to sign out at the identity provider
 * that made the session, too.
 */
export function signOutRoute(request: NextRequest): Promise<Response> {
  return run(request).catch((error: unknown) => toResponse(failure(error, newId('req'))));
}
