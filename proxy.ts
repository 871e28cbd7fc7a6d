import { NextResponse, type NextRequest } from 'next/server';
import { listFrameAncestors } from '@/lib/auth/embedding/embed-origins';
import { paymentGateways } from '@/lib/billing/payments/configured-gateway';
import type { PageOrigins } from '@/lib/billing/payments/gateway/gateway';
import { embedHeader } from '@/lib/core/embed-header';
import { isPortalPath } from '@/lib/core/portal-sections';
import { portalIsOff } from '@/lib/core/portal-switch';
import { pageAddressHeader } from '@/lib/core/page-address';

/**
 * The content security policy of one response. Scripts run only with this response's nonce (and what they load);
 * styles may be inline, since positions of floating elements and widths of bars are style attributes. `origins` says what
 * the payment gateways of this server need beside the page's own, `ancestors` whose pages may show it in a frame: nobody's unless said.
 */
export function contentSecurityPolicy(nonce: string, development: boolean, origins: readonly PageOrigins[] = [], ancestors: readonly string[] = []): string {
  const sources = (kind: keyof PageOrigins): string[] => [...new Set(origins.flatMap((one) => one[kind]))];
  const directive = (name: string, ...allowed: string[]): string => [name, ...allowed].join(' ');
  const frames = sources('frames');
  return [
    `default-src 'self'`,
    // React's development build evaluates code to rebuild stack traces; the production build does not.
    directive('script-src', `'self'`, `'nonce-${nonce}'`, `'strict-dynamic'`, ...sources('scripts'), ...(development ? [`'unsafe-eval'`] : [])),
    `style-src 'self' 'unsafe-inline'`,
    directive('connect-src', `'self'`, ...sources('connections')),
    directive('frame-src', ...(frames.length > 0 ? frames : [`'none'`])),
    `img-src 'self' data:`,
    `font-src 'self'`,
    directive('frame-ancestors', ...(ancestors.length > 0 ? ancestors : [`'none'`])),
    `base-uri 'none'`,
    `form-action 'self'`,
    `object-src 'none'`,
  ].join('; ');
}

/** The account of a page below `/embed/{account}`, and the page of the portal that it shows there, if any. */
function embeddedPage(pathname: string): { accountId: string; page: string } | null {
  const [, accountId, page = ''] = /^\/embed\/(\w{1,60})(\/.*)?$/.exec(pathname) ?? [];
  return accountId === undefined ? null : { accountId, page };
}

/** Gives every page its nonce and the headers that keep a browser from guessing, leaking or embedding it. Below
 * `/embed/{account}` the portal's own pages are shown, to be embedded by the origins on the account's list. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const { pathname, search } = request.nextUrl;
  const isOff = portalIsOff(pathname);
  const embedded = embeddedPage(pathname);
  const ancestors = embedded ? await listFrameAncestors(embedded.accountId) : [];
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development', paymentGateways().map(({ pageOrigins }) => pageOrigins), ancestors);
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy on the request.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set(pageAddressHeader, pathname + search);
  // Which session counts is decided by where the page is, whatever the browser sends.
  if (embedded) headers.set(embedHeader, embedded.accountId);
  else headers.delete(embedHeader);
  const response = isOff
    ? NextResponse.rewrite(new URL('/portal-off', request.url), { status: 404, request: { headers } })
    : embedded && isPortalPath(embedded.page)
      ? NextResponse.rewrite(new URL(embedded.page + search, request.url), { request: { headers } })
      : NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()');
  return response;
}

// The API answers JSON to programs; static files carry their own headers.
export const config = { matcher: ['/((?!api/|_next/static/|_next/image/|icon.svg|embed.js).*)'] };
