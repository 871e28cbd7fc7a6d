import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startOidcSandbox, type OidcSandbox } from '@/sandbox/testing';
import { database } from '@/lib/core/database';
import { settings } from '@/lib/core/settings';
import { useTestDatabase } from '@/lib/testing/database';
import { seedPeople, type TestPeople } from '@/lib/testing/people';
import { createPerson } from '../people';
import { openSessionId, sessionCookie } from '../sessions/cookie';
import { endOtherSessions, endSession, listSessions, readSession, startSession } from '../sessions/sessions';
import { signOutAtIssuer } from '../sign-in/sign-out-at-issuer';
import { SignInBrowser } from '../testing/sign-in-browser';
import { linkedSince, unlinkIdentity } from './own-identity';
import { signInByIdentity } from './sign-in-by-identity';

let issuer: OidcSandbox;
beforeAll(async () => {
  issuer = await startOidcSandbox();
  vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000');
  // Into the settings themselves, which may have been read for a file before.
  Object.assign(settings(), { oidc: { issuer: issuer.url, clientId: issuer.clientId, clientSecret: issuer.clientSecret, name: 'Demo login' } });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  Object.assign(settings(), { oidc: null });
  await issuer.close();
});

useTestDatabase();

let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople();
});
afterEach(() => {
  issuer.setClaims({});
  issuer.forge(false);
});

/** The address at the issuer to which the button leads. */
async function begin(browser: SignInBrowser, returnTo = '/account'): Promise<URL> {
  return browser.step('POST', 'signin/oidc', { csrfToken: await browser.csrfToken(), callbackUrl: returnTo });
}

/** What the issuer's page answers to somebody who signs in there, as the query of the way back. */
async function atIssuer(address: URL, email: string, verified = true): Promise<Record<string, string>> {
  const form = new URLSearchParams({ email, decision: 'sign-in', ...(verified && { verified: 'on' }) });
  const response = await fetch(address, { method: 'POST', body: form, redirect: 'manual' });
  return Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams);
}

async function signIn(email: string, { verified = true, browser = new SignInBrowser(), returnTo = '/account' } = {}): Promise<URL> {
  return browser.step('GET', 'callback/oidc', await atIssuer(await begin(browser, returnTo), email, verified));
}

const reasonOf = (address: URL) => [address.pathname, address.searchParams.get('error')];
const personOf = async (browser: SignInBrowser) => (await readSession(browser.cookies.get(sessionCookie().name) ?? '', world.clock)).person.id;
const hasSession = (browser: SignInBrowser) => browser.cookies.has(sessionCookie().name);
const logOf = (action: string, personId: string) => database().auditEntry.findMany({ where: { action, actorId: personId }, orderBy: { accountId: 'asc' } });

describe('sign-in at the identity provider', () => {
  it('asks there by code, with PKCE, state and nonce, and leads back to where the person was going', async () => {
    const browser = new SignInBrowser();
    const address = await begin(browser, '/usage?period=current');
    expect(address.origin).toBe(issuer.url);
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({ client_id: issuer.clientId, response_type: 'code', scope: 'openid email profile', redirect_uri: 'http://localhost:3000/api/auth/callback/oidc', code_challenge_method: 'S256', ui_locales: 'en' });
    for (const secret of ['state', 'nonce', 'code_challenge']) expect(asked[secret]).toMatch(/^[\w-]{40,}$/);
    const back = await browser.step('GET', 'callback/oidc', await atIssuer(address, 'viewer@demo.example'));
    expect(back.pathname + back.search).toBe('/usage?period=current');
  });

  it('signs in the person with the verified address, in a session like any other, and links them in the log of each of their accounts', async () => {
    const browser = new SignInBrowser();
    expect((await signIn('Admin@Demo.example', { browser })).pathname).toBe('/account');
    expect(await personOf(browser)).toBe(world.people.admin);
    expect((await listSessions(world.people.admin, world.clock)).map(({ userAgent }) => userAgent)).toEqual(['Demo browser']);
    expect((await logOf('identity.linked', world.people.admin)).map(({ accountId }) => accountId)).toEqual([world.accountId]);
    expect((await database().user.findUniqueOrThrow({ where: { id: world.people.admin } })).emailVerifiedAt).not.toBeNull();

    const elsewhere = await startSession(world.people.admin, 'elsewhere', world.clock);
    expect(await endOtherSessions(elsewhere, world.people.admin, world.clock)).toBe(1);
    await expect(personOf(browser)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('knows the person again by their name there, whatever becomes of the address, and links once', async () => {
    await signIn('admin@demo.example');
    issuer.setClaims({ email: 'new.name@demo.example', email_verified: false });
    const browser = new SignInBrowser();
    await signIn('admin@demo.example', { browser });
    expect(await personOf(browser)).toBe(world.people.admin);
    expect(await logOf('identity.linked', world.people.admin)).toHaveLength(1);
  });

  it('ends the session that the browser had before', async () => {
    const browser = new SignInBrowser();
    await signIn('owner@demo.example', { browser });
    const first = await openSessionId(browser.cookies.get(sessionCookie().name) ?? '');
    await signIn('viewer@demo.example', { browser });
    expect(await personOf(browser)).toBe(world.people.viewer);
    expect((await database().session.findUniqueOrThrow({ where: { id: first ?? '' } })).revokedAt).not.toBeNull();
  });

  it('asks the userinfo endpoint where the token has no address', async () => {
    issuer.setClaims({ email: undefined, email_verified: undefined });
    const browser = new SignInBrowser();
    await signIn('billing@demo.example', { browser });
    expect(await personOf(browser)).toBe(world.people.billing);
  });

  it('goes on when the provider signs by new keys', async () => {
    issuer.rotateKey();
    expect((await signIn('owner@demo.example')).pathname).toBe('/account');
  });
});

describe('nobody is let in', () => {
  const refused = async (email: string, verified = true): Promise<[string, string | null]> => {
    const browser = new SignInBrowser();
    const address = await signIn(email, { browser, verified, returnTo: '/billing' });
    expect(hasSession(browser)).toBe(false);
    // next-auth has the page itself put its own reasons into words; ours lead there straight.
    if (address.pathname === '/sign-in') expect(address.searchParams.get('callbackUrl')).toBe('/billing');
    return reasonOf(address) as [string, string | null];
  };

  it('by an address that the provider does not say is verified, not even by the text "true"', async () => {
    expect(await refused('developer@demo.example', false)).toEqual(['/sign-in', 'email_unverified']);
    issuer.setClaims({ email_verified: 'true' });
    expect(await refused('developer@demo.example')).toEqual(['/sign-in', 'email_unverified']);
    issuer.setClaims({ email: 'no address' });
    expect(await refused('developer@demo.example')).toEqual(['/sign-in', 'email_unverified']);
    expect(await linkedSince(world.people.developer, issuer.url)).toBeNull();
  });

  it('whom nobody invited, and they are not made a person', async () => {
    expect(await refused('unknown@demo.example')).toEqual(['/sign-in', 'unknown_person']);
    expect(await database().user.count({ where: { email: 'unknown@demo.example' } })).toBe(0);
  });

  it('who was given the address of somebody else’s login, until that person unlinks it', async () => {
    await signIn('owner@demo.example');
    issuer.setClaims({ sub: 'the-successor' });
    expect(await refused('owner@demo.example')).toEqual(['/sign-in', 'identity_differs']);
    await unlinkIdentity(world.people.owner, issuer.url, world.clock);
    await unlinkIdentity(world.people.owner, issuer.url, world.clock);
    expect(await logOf('identity.unlinked', world.people.owner)).toHaveLength(1);
    const browser = new SignInBrowser();
    await signIn('owner@demo.example', { browser });
    expect(await personOf(browser)).toBe(world.people.owner);
  });

  it.each([
    ['a nonce of another sign-in', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'another-client' }],
    ['another issuer', { iss: 'https://login.evil.example' }],
    ['a time that is over', { exp: 1 }],
    ['no subject', { sub: undefined }],
  ])('by a token with %s', async (_, claims) => {
    issuer.setClaims(claims);
    expect(await refused('viewer@demo.example')).toEqual(['/api/auth/error', 'OAuthCallback']);
  });

  it('by a token that somebody else signed', async () => {
    issuer.forge(true);
    expect(await refused('viewer@demo.example')).toEqual(['/api/auth/error', 'OAuthCallback']);
  });

  it('by a code that was used, or with a state that this browser did not begin', async () => {
    const browser = new SignInBrowser();
    const answer = await atIssuer(await begin(browser), 'viewer@demo.example');
    const thief = new SignInBrowser();
    expect(reasonOf(await thief.step('GET', 'callback/oidc', answer))).toEqual(['/api/auth/error', 'OAuthCallback']);
    await begin(thief);
    expect(reasonOf(await thief.step('GET', 'callback/oidc', answer))).toEqual(['/api/auth/error', 'OAuthCallback']);
    expect(hasSession(thief)).toBe(false);
    const kept = new Map(browser.cookies);
    await browser.step('GET', 'callback/oidc', answer);
    const again = new SignInBrowser();
    for (const [name, value] of kept) again.cookies.set(name, value);
    expect(reasonOf(await again.step('GET', 'callback/oidc', answer))).toEqual(['/api/auth/error', 'OAuthCallback']);
  });

  it('while the provider does not answer, and the page hears of it at once', async () => {
    const quiet = await startOidcSandbox();
    await quiet.close();
    const { oidc } = settings();
    if (!oidc) throw new Error('The tests set an identity provider.');
    const issuerBefore = oidc.issuer;
    Object.assign(oidc, { issuer: quiet.url });
    try {
      expect(reasonOf(await begin(new SignInBrowser()))).toEqual(['/api/auth/error', 'OAuthSignin']);
    } finally {
      Object.assign(oidc, { issuer: issuerBefore });
    }
  });

  it('by a provider that passes for another by its metadata', async () => {
    const { oidc } = settings();
    if (!oidc) throw new Error('The tests set an identity provider.');
    // The same server by another name: what it publishes is not of the issuer that was configured.
    Object.assign(oidc, { issuer: issuer.url.replace('localhost', '127.0.0.1') });
    try {
      expect(await refused('viewer@demo.example')).toEqual(['/api/auth/error', 'OAuthCallback']);
    } finally {
      Object.assign(oidc, { issuer: issuer.url });
    }
  });
});

describe('signing out', () => {
  const sessionOf = async (browser: SignInBrowser) => (await openSessionId(browser.cookies.get(sessionCookie().name) ?? '')) ?? '';
  let leaver: string;
  beforeAll(async () => {
    leaver = await createPerson({ email: 'leaver@demo.example', name: 'Leaver', language: 'en' }, world.clock);
  });
  afterEach(() => issuer.offerSignOut(true));

  it('leads to the provider with what it said of the person, and back to the sign-in page', async () => {
    const browser = new SignInBrowser();
    await signIn('leaver@demo.example', { browser });
    const id = await sessionOf(browser);
    const { address, state } = (await signOutAtIssuer(id))!;
    const asked = Object.fromEntries(new URL(address).searchParams);
    expect(asked).toMatchObject({ client_id: issuer.clientId, post_logout_redirect_uri: 'http://localhost:3000/sign-in', state });
    const response = await fetch(address, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([303, `http://localhost:3000/sign-in?state=${state}`]);
    expect((await fetch(address.replace('id_token_hint=', 'id_token_hint=x'), { redirect: 'manual' })).status).toBe(400);

    await endSession(id, world.clock);
    expect(await database().session.findUniqueOrThrow({ where: { id } })).toMatchObject({ issuer: issuer.url, sealedIdToken: null });
    expect(await signOutAtIssuer(id)).toBeNull();
  });

  it('stays here where the provider offers none, does not answer, is another by now, or did not make the session', async () => {
    const browser = new SignInBrowser();
    await signIn('leaver@demo.example', { browser });
    const id = await sessionOf(browser);
    expect((await database().session.findUniqueOrThrow({ where: { id } })).sealedIdToken).not.toContain('eyJ');
    issuer.offerSignOut(false);
    expect(await signOutAtIssuer(id)).toBeNull();
    issuer.offerSignOut(true);
    expect(await signOutAtIssuer(await startSession(leaver, 'by password', world.clock))).toBeNull();

    const { oidc } = settings();
    if (!oidc) throw new Error('The tests set an identity provider.');
    Object.assign(oidc, { issuer: 'https://other.example' });
    expect(await signOutAtIssuer(id)).toBeNull();
    Object.assign(oidc, { issuer: 'http://localhost:9' });
    await database().session.update({ where: { id }, data: { issuer: 'http://localhost:9' } });
    expect(await signOutAtIssuer(id)).toBeNull();
    Object.assign(oidc, { issuer: issuer.url });
  });
});

describe('linking', () => {
  it('happens once when many tabs sign in at the same time', async () => {
    const person = await createPerson({ email: 'hurried@demo.example', name: 'Hurried', language: 'en' }, world.clock);
    const claims = { sub: 'hurried', email: 'hurried@demo.example', email_verified: true };
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => signInByIdentity(issuer.url, claims, world.clock)));
    expect(outcomes.map((outcome) => 'personId' in outcome && outcome.personId)).toEqual(Array(8).fill(person));
    expect(await database().identity.count({ where: { userId: person } })).toBe(1);
  });

  it('gives one subject at most to a person when two try at once', async () => {
    const person = await createPerson({ email: 'two.logins@demo.example', name: 'Two', language: 'en' }, world.clock);
    const claims = { email: 'two.logins@demo.example', email_verified: true };
    const outcomes = await Promise.all(['one', 'other'].map((sub) => signInByIdentity(issuer.url, { ...claims, sub }, world.clock)));
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'identity_differs' }]);
    expect(await database().identity.count({ where: { userId: person } })).toBe(1);
  });

  it('of one issuer lets nobody in by another', async () => {
    const other = await signInByIdentity('https://other.example', { sub: 'hurried', email: 'x@demo.example', email_verified: true }, world.clock);
    expect(other).toEqual({ refused: 'unknown_person' });
  });
});
