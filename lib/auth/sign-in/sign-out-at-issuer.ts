import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { database } from '@/lib/core/database';
import { log } from '@/lib/core/log';
import { unseal } from '@/lib/core/sealed';
import { settings } from '@/lib/core/settings';
import { findIssuerOf } from '../sessions/store';

/** How long the issuer may take to say where it signs people out, in milliseconds. */
const patience = 5_000;

/** OpenID Connect RP-Initiated Logout 1.0, section 2.1. Plain http only where the issuer itself lies there, on this machine. */
const discovery = z.object({ end_session_endpoint: z.url({ protocol: /^https?$/ }).optional() });

async function endSessionEndpoint(issuer: string): Promise<string | undefined> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  const { end_session_endpoint: endpoint } = discovery.parse(await response.json());
  if (endpoint && new URL(issuer).protocol === 'https:' && new URL(endpoint).protocol !== 'https:') throw new Error('The issuer would sign people out without TLS.');
  return endpoint;
}

/** Where a browser goes to sign out at the identity provider, and what the way back has to bring along. */
export interface SignOutAtIssuer {
  address: string;
  state: string;
}

/**
 * The way to sign out at the identity provider that made the running session (OpenID Connect RP-Initiated Logout 1.0, section 2);
 * it leads back to the sign-in page. Null where none made it, another is set by now, that one offers no such way, or it does not
 * answer: the session here is ended in any case. Ask before the session is ended.
 */
export async function signOutAtIssuer(sessionId: string): Promise<SignOutAtIssuer | null> {
  const { oidc, appUrl } = settings();
  const made = await findIssuerOf(database(), sessionId);
  if (!oidc || made?.issuer !== oidc.issuer) return null;
  try {
    const endpoint = await endSessionEndpoint(oidc.issuer);
    if (!endpoint) return null;
    const address = new URL(endpoint);
    const state = randomBytes(24).toString('base64url');
    const asked = { id_token_hint: unseal(made.sealedIdToken, sessionId), client_id: oidc.clientId, post_logout_redirect_uri: `${appUrl}/sign-in`, state };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    return { address: address.href, state };
  } catch (error) {
    log('auth').warn({ err: error }, 'nobody could be signed out at the identity provider');
    return null;
  }
}
