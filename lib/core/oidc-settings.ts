import { z } from 'zod';

/** The identity provider at which people may sign in, as OpenID Connect names it: issuer and client. */
export interface OidcSettings {
  /** The issuer's address without a slash at the end; `/.well-known/openid-configuration` lies below it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it, for the button on the sign-in page. */
  readonly name: string;
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** An https address without query and fragment (OpenID Connect Discovery 1.0, section 3); http only on this machine. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  return (protocol === 'https:' || (protocol === 'http:' && loopback.includes(hostname))) && search === '' && hash === '' && username === '';
}

export const oidcVariables = {
  OIDC_ISSUER: z.string().refine(isIssuer, 'give the https address of the issuer, such as https://login.example.com').optional(),
  OIDC_CLIENT_ID: z.string().max(200, 'give the client ID that the identity provider shows').optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000, 'give the client secret that the identity provider shows').optional(),
  OIDC_NAME: z.string().trim().max(40, 'give a name of 40 characters at most, such as Example login').optional(),
};

const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
type Given = Partial<{ [variable in keyof typeof oidcVariables]: z.output<(typeof oidcVariables)[variable]> }>;

/** What is wrong with variables that are right each by itself: one sentence for each. */
export function oidcProblems(given: Given): string[] {
  const missing = needed.filter((variable) => !given[variable]);
  if (missing.length === needed.length) {
    return given.OIDC_NAME ? [`OIDC_NAME is set without an identity provider: give ${needed.join(', ')} too, or leave it out.`] : [];
  }
  return missing.map((variable) => `${variable} is not set: signing in with an identity provider needs ${needed.join(', ')}, all three or none.`);
}

/** Of variables without problems. Null where no identity provider is given. Without a name it goes by the issuer's host. */
export function oidcSettings(given: Given): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = given;
  if (!issuer || !clientId || !clientSecret) return null;
  return { issuer: issuer.replace(/\/+$/, ''), clientId, clientSecret, name: name || new URL(issuer).hostname };
}
