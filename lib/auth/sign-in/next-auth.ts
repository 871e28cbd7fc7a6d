import type { AuthOptions } from 'next-auth';
import type { CredentialsConfig } from 'next-auth/providers/credentials';
import { systemClock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { settings } from '@/lib/core/settings';
import type { Language } from '@/lib/i18n/languages';
import { mailReachesPeople } from '@/lib/notify/mail';
import { cookieLifetime, openSessionId, readCookie, sealSessionId, sessionCookie } from '../sessions/cookie';
import { endSession, startSession } from '../sessions/sessions';
import { admitIdentity, identityProvider } from './identity-provider';
import { emailProvider } from './link';
import { countLink } from './attempts';
import { personStore } from './person-store';
import { returnPath } from './return-path';
import { signInByPassword } from './sign-in';

/** The request that signs in, as far as it matters here. */
export interface SignInRequest {
  header(name: string): string | null;
  clientAddress: string;
  /** The language of the page. */
  language: Language;
}

/** Why the request was refused, for an answer that next-auth has no words for. */
export interface Refusal {
  error?: DomainError;
}

/** Runs `work`; a refusal is kept for the answer instead of thrown at next-auth, which would log it as a fault. */
async function unlessRefused<T>(refusal: Refusal, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    refusal.error = error;
    return null;
  }
}

function passwordProvider(request: SignInRequest, refusal: Refusal): CredentialsConfig {
  return {
    id: 'credentials',
    type: 'credentials',
    name: 'Password',
    credentials: {},
    authorize: (given) => unlessRefused(refusal, () => signInByPassword({ ...given, clientAddress: request.clientAddress }, systemClock)),
  };
}

async function endPreviousSession(request: SignInRequest): Promise<void> {
  const text = readCookie(request.header('cookie'), sessionCookie().name);
  const id = text && (await openSessionId(text));
  if (id) await endSession(id, systemClock);
}

/** The sign-in page with a reason, and with the way back that the browser keeps while it is at the identity provider. */
function explainedAt(reason: string, request: SignInRequest, returnCookie: string): string {
  const { appUrl } = settings();
  const callbackUrl = returnPath(readCookie(request.header('cookie'), returnCookie), appUrl);
  return `${appUrl}/sign-in?${new URLSearchParams({ callbackUrl, error: reason })}`;
}

/**
 * next-auth's options for one request. Its token carries nothing but the id of a row in `session`, which is looked up on
 * every request; so sign-out, revocation and a removed membership act at once.
 */
export function authOptions(request: SignInRequest, refusal: Refusal): AuthOptions {
  const { name, options } = sessionCookie();
  const { oidc } = settings();
  const cookie = (suffix: string) => ({ name: name.replace('portal-session', `portal-${suffix}`), options });
  return {
    secret: settings().authSecret,
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: { name, options },
      csrfToken: cookie('csrf'),
      callbackUrl: cookie('return'),
      state: cookie('state'),
      nonce: cookie('nonce'),
      pkceCodeVerifier: cookie('verifier'),
    },
    session: { strategy: 'jwt', maxAge: cookieLifetime },
    jwt: {
      encode: ({ token }) => sealSessionId(String(token?.sessionId)),
      // Nobody asks next-auth who is signed in; without this, signing in again by link would read the old token.
      decode: async () => null,
    },
    pages: { signIn: '/sign-in', error: '/sign-in', verifyRequest: '/check-email' },
    providers: [
      passwordProvider(request, refusal),
      ...(mailReachesPeople() ? [emailProvider(request.language)] : []),
      ...(oidc ? [identityProvider(oidc, request.language)] : []),
    ],
    adapter: personStore(systemClock),
    callbacks: {
      signIn: async ({ user, email, account, profile }) => {
        if (oidc && account?.provider === 'oidc') {
          const refused = await admitIdentity(oidc, profile ?? {});
          return refused === null || explainedAt(refused, request, cookie('return').name);
        }
        // Anyone may ask for a link, and all are answered the same; signing in takes a person we know.
        if (!email?.verificationRequest) return user.id.startsWith('usr_');
        const counted = await unlessRefused(refusal, async () => {
          await countLink(user.email ?? '', request.clientAddress, systemClock);
          return true;
        });
        return counted === true;
      },
      redirect: ({ url, baseUrl }) => `${baseUrl}${returnPath(url, baseUrl)}`,
      jwt: async ({ user, account }) => {
        await endPreviousSession(request);
        const by = oidc && account?.provider === 'oidc' && account.id_token ? { issuer: oidc.issuer, idToken: account.id_token } : null;
        return { sessionId: await startSession(user.id, request.header('user-agent') ?? '', systemClock, by) };
      },
    },
    logger: {
      error: (code, detail) => log('auth').error({ code, err: detail instanceof Error ? detail : detail.error }, 'sign-in failed'),
      warn: (code) => log('auth').warn({ code }, 'sign-in warning'),
      debug: () => undefined,
    },
  };
}
