import { decode, encode } from 'next-auth/jwt';
import { settings } from '@/lib/core/settings';

/** Seconds that a browser keeps the cookie, the longest that browsers allow; the row in `session` decides when it ends. */
export const cookieLifetime = 400 * 24 * 60 * 60;

/**
 * Name and flags of the session cookie. Over https the name begins with `__Host-`, which binds it to this host; over
 * http it carries the port, so that two copies on one machine do not sign each other out.
 */
export function sessionCookie() {
  const address = new URL(settings().appUrl);
  const secure = address.protocol === 'https:';
  return {
    name: secure ? '__Host-portal-session' : `portal-session${address.port && `-${address.port}`}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  };
}

/** Name and flags of the cookie that the way back from signing out at an identity provider is known by. */
export function signOutCookie() {
  const { name, options } = sessionCookie();
  return { name: name.replace('portal-session', 'portal-sign-out'), options: { ...options, maxAge: 10 * 60 } };
}

/** The cookie's text for a session: encrypted, and nothing in it but the session's id. */
export function sealSessionId(sessionId: string): Promise<string> {
  return encode({ token: { sessionId }, secret: settings().authSecret, maxAge: cookieLifetime });
}

/** The session's id in the cookie's text, or null when the text is not one of ours. */
export async function openSessionId(text: string): Promise<string | null> {
  const token = await decode({ token: text, secret: settings().authSecret }).catch(() => null);
  return typeof token?.sessionId === 'string' ? token.sessionId : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The value of a cookie in a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return decoded(pair.slice(separator + 1).trim());
  }
  return null;
}
