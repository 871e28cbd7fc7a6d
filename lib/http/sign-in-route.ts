import NextAuth from 'next-auth';
import { getLocale } from 'next-intl/server';
import { NextRequest, NextResponse } from 'next/server';
import { authOptions, type Refusal } from '@/lib/auth/sign-in/next-auth';
import { returnPath } from '@/lib/auth/sign-in/return-path';
import { clientAddressHeader } from '@/lib/core/client-address';
import { DomainError, type ErrorCode } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { portalIsOff } from '@/lib/core/portal-switch';
import { settings } from '@/lib/core/settings';
import { failure, success } from './envelope';
import { readLimited } from './read-limited';
import { toResponse } from './routes';
import { assertSameOrigin } from './same-origin';

/** What of next-auth is open. Sessions are read by `lib/auth/session.ts` and ended by a server action, not here. */
const steps = new Set([
  'GET csrf',
  'POST callback/credentials',
  'POST signin/email',
  'GET callback/email',
  'POST signin/oidc',
  'GET callback/oidc',
  'GET signin',
  'GET error',
  'GET verify-request',
]);

const bodyLimit = 16 * 1024;

type Route = { params: Promise<{ nextauth: string[] }> };

/** The request for next-auth: its body read within the limit, and nowhere to return to but this site. */
async function prepared(request: NextRequest): Promise<NextRequest> {
  const url = new URL(request.url);
  const wanted = url.searchParams.get('callbackUrl');
  if (wanted !== null) url.searchParams.set('callbackUrl', returnPath(wanted, settings().appUrl));
  const body = request.method === 'POST' ? await readLimited(request, bodyLimit) : undefined;
  return new NextRequest(url, { method: request.method, headers: request.headers, body });
}

const outcomes: Record<string, ErrorCode> = { EmailSignin: 'invalid_request', OAuthSignin: 'identity_provider_unavailable' };

/**
 * A posted form is answered in the envelope; next-auth says where it would redirect to, and what went wrong there. To sign
 * in elsewhere the page itself goes to the address: the content policy lets no form of ours lead to another site.
 */
async function answerPost(response: Response): Promise<Response> {
  const location = response.headers.get('location') ?? ((await response.clone().json()) as { url?: string }).url;
  const target = new URL(location ?? '/', settings().appUrl);
  if (target.searchParams.has('csrf')) throw new DomainError('cross_site_request', 'The form is out of date. Reload the page and try again.');
  const error = target.searchParams.get('error');
  if (error !== null && target.origin === settings().appUrl) throw new DomainError(outcomes[error] ?? 'internal');
  const answer = toResponse(success(target.origin === settings().appUrl ? {} : { address: target.href }));
  for (const cookie of response.headers.getSetCookie()) answer.headers.append('set-cookie', cookie);
  return answer;
}

async function run(request: NextRequest, route: Route): Promise<Response> {
  if (portalIsOff(new URL(request.url).pathname)) throw new DomainError('portal_disabled');
  const step = `${request.method} ${(await route.params).nextauth.join('/')}`;
  if (!steps.has(step) || (step.endsWith('/oidc') && !settings().oidc)) throw new DomainError('not_found');
  const incoming = { url: new URL(request.url), header: (name: string) => request.headers.get(name) };
  if (request.method === 'POST') assertSameOrigin(incoming);
  // Only our own page may use a link up: neither a mail scanner nor a page that wants a visitor in another's session.
  if (step === 'GET callback/email' && request.headers.get('sec-fetch-site') !== 'same-origin') {
    return NextResponse.redirect(new URL(`/sign-in/link${incoming.url.search}`, settings().appUrl));
  }
  // Somebody who changed their mind at the identity provider (RFC 6749, section 4.1.2.1) is told so, and nothing is logged as a fault.
  if (step === 'GET callback/oidc' && incoming.url.searchParams.get('error') === 'access_denied') {
    return NextResponse.redirect(new URL('/sign-in?error=cancelled', settings().appUrl));
  }
  const refusal: Refusal = {};
  const clientAddress = request.headers.get(clientAddressHeader) ?? 'unknown';
  const options = authOptions({ header: incoming.header, clientAddress, language: await getLocale() }, refusal);
  const response: Response = await NextAuth(await prepared(request), route, options);
  if (refusal.error) throw refusal.error;
  return request.method === 'POST' ? answerPost(response) : response;
}

/** Mounts next-auth; what it refuses is answered in the envelope like everything else. */
export async function signInRoute(request: NextRequest, route: Route): Promise<Response> {
  return run(request, route).catch((error: unknown) => toResponse(failure(error, newId('req'))));
}
