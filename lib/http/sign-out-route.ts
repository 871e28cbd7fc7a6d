import { NextResponse, type NextRequest } from 'next/server';
import { openSessionId, sessionCookie } from '@/lib/auth/sessions/cookie';
import { endSession } from '@/lib/auth/sessions/sessions';
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
  if (id) await endSession(id, systemClock);
  const { headers, body } = success({});
  const response = new NextResponse(body as BodyInit, { headers });
  response.cookies.set(name, '', { ...options, maxAge: 0 });
  return response;
}

/**
 * Ends the browser's session at once, here and in whatever copied its cookie. A route and no server action, which would
 * read the page again for somebody who is signed out.
 */
export function signOutRoute(request: NextRequest): Promise<Response> {
  return run(request).catch((error: unknown) => toResponse(failure(error, newId('req'))));
}
