import type { OAuthConfig } from 'next-auth/providers/oauth';
import { systemClock } from '@/lib/core/clock';
import { log } from '@/lib/core/log';
import type { OidcSettings } from '@/lib/core/oidc-settings';
import type { Language } from '@/lib/i18n/languages';
import { signInByIdentity, type IdentityClaims, type IdentityRefusal } from '../identities/sign-in-by-identity';

/** The claims of the ID token, completed from the userinfo endpoint where the provider names the address only there. */
interface Claims extends IdentityClaims {
  iss: string;
  sub: string;
}

/** What of openid-client is used here, of which next-auth gives the types of an older version. */
interface CheckedTokens {
  claims(): Claims;
}
interface Client {
  /** Refuses an answer about somebody else than the ID token's subject. */
  userinfo(tokens: CheckedTokens): Promise<Record<string, unknown>>;
  issuer: { metadata: { userinfo_endpoint?: string } };
}

const withoutSlash = (issuer: string): string => issuer.replace(/\/+$/, '');

async function claimsOf(issuer: string, tokens: CheckedTokens, client: Client): Promise<Claims> {
  const claims = tokens.claims();
  // The metadata names the issuer that the token was checked against; it must be the one that the seller trusts (Discovery 1.0, section 4.3).
  if (withoutSlash(claims.iss) !== issuer) throw new Error(`The token is of ${claims.iss}, not of ${issuer}.`);
  if (claims.email !== undefined || !client.issuer.metadata.userinfo_endpoint) return claims;
  return { ...(await client.userinfo(tokens)), ...claims };
}

/**
 * Sign-in at the seller's identity provider by OpenID Connect: authorization code with PKCE, state and nonce. Endpoints and
 * keys are read from the issuer each time, so that it may change them. The ID token's signature, issuer, audience, expiry
 * and nonce are checked by openid-client, which next-auth brings.
 */
export function identityProvider({ issuer, clientId, clientSecret, name }: OidcSettings, readerLanguage: Language): OAuthConfig<Claims> {
  return {
    id: 'oidc',
    type: 'oauth',
    name,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile', ui_locales: readerLanguage === 'zh' ? 'zh-CN' : 'en' } },
    userinfo: { request: ({ tokens, client }) => claimsOf(issuer, tokens as unknown as CheckedTokens, client as unknown as Client) as never },
    httpOptions: { timeout: 10_000 },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/** Lets in whom the identity provider means, and links them the first time. Null: they may sign in. */
export async function admitIdentity({ issuer }: OidcSettings, claims: IdentityClaims): Promise<IdentityRefusal | null> {
  const outcome = await signInByIdentity(issuer, claims, systemClock);
  if (!('refused' in outcome)) return null;
  log('auth').warn({ reason: outcome.refused, subject: claims.sub }, 'the identity provider knows somebody who is not let in');
  return outcome.refused;
}
