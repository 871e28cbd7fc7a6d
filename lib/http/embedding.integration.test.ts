import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '@/lib/auth/api-keys';
import { authenticate } from '@/lib/auth/authenticate';
import { createEmbedToken } from '@/lib/auth/embedding/create-embed-token';
import { listFrameAncestors, setEmbedOrigins } from '@/lib/auth/embedding/embed-origins';
import { exchangeEmbedToken } from '@/lib/auth/embedding/embed-session';
import { endOwnSession, listSessions, readSession } from '@/lib/auth/sessions/sessions';
import { invite } from '@/lib/auth/team/invite';
import { FixedClock, systemClock, type Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { settings } from '@/lib/core/settings';
import type { Role } from '@/lib/auth/permissions';
import { callApi } from '@/lib/testing/api';
import { useTestDatabase } from '@/lib/testing/database';
import { removeMember, requestWith, seedPeople, type TestPeople } from '@/lib/testing/people';
import { NextRequest } from 'next/server';
import { proxy } from '../../proxy';

useTestDatabase();

const origin = 'https://workbench.demo.example';
const minute = 60_000;

let world: TestPeople;
let sellerKey: string;
beforeAll(async () => {
  world = await seedPeople(new Date());
  const key = { sellerId: world.sellerId, accountId: null, name: 'Workbench', scopes: ['embed:write', 'account:read', 'account:write'] as const, expiresAt: null };
  sellerKey = (await createApiKey(key, systemClock)).text;
});
beforeEach(() => setEmbedOrigins(world.as('owner'), [origin]));

const bySeller = () => ({ authorization: `Bearer ${sellerKey}`, 'portal-account': world.accountId });

const ask = (body: object, headers = bySeller()) => callApi({ method: 'POST', address: '/api/v1/embed/tokens', headers, body });

async function newToken(role: Role = 'owner', limit?: Role): Promise<string> {
  const { envelope } = await ask({ email: `${role}@demo.example`, origin, ...(limit && { role: limit }) });
  return (envelope?.payload as { token: string }).token;
}

const ownPage = { origin: 'http://portal.example', host: 'portal.example', 'sec-fetch-site': 'same-origin' };

const handIn = (token: string, given: { account?: string; origin?: string } = {}, headers: Record<string, string> = ownPage) =>
  callApi({ method: 'POST', address: '/api/auth/embed', headers, body: { token, account: world.accountId, origin, ...given } });

/** What a frame holds after the exchange, by cookie and by bearer. */
async function opened(role?: Role, limit?: Role) {
  const answer = await handIn(await newToken(role, limit));
  const cookie = answer.headers.get('set-cookie') ?? '';
  const named = { 'portal-embed': world.accountId };
  return {
    cookie,
    byCookie: { ...named, cookie: cookie.split(';')[0] ?? '' },
    byBearer: { ...named, authorization: `Bearer ${(answer.envelope?.payload as { bearer: string }).bearer}` },
  };
}

const asks = (headers: Record<string, string>, clock: Clock = systemClock) => authenticate(requestWith(headers), clock);

describe('a one-time token', () => {
  it('is made by the seller’s key alone, for a member of the account and an origin on its list', async () => {
    expect((await ask({ email: 'owner@demo.example', origin })).status).toBe(200);
    expect((await ask({ email: 'owner@demo.example', origin: 'https://stranger.demo.example' })).envelope?.code).toBe('origin_not_allowed');
    expect((await ask({ email: 'stranger@demo.example', origin })).envelope?.code).toBe('not_found');
    expect((await ask({ email: 'viewer@demo.example', origin, role: 'owner' })).envelope?.code).toBe('forbidden');
    const scopes = ['embed:write', 'account:write'] as const;
    const { text } = await createApiKey({ sellerId: world.sellerId, accountId: world.accountId, name: 'Customer', scopes, expiresAt: null }, systemClock);
    expect((await ask({ email: 'owner@demo.example', origin }, { ...bySeller(), authorization: `Bearer ${text}` })).envelope?.code).toBe('forbidden');
  });

  it('opens one session, whoever else hands it in at the same time', async () => {
    const token = await newToken();
    const answers = await Promise.all([1, 2, 3, 4].map(() => handIn(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    expect((await handIn(token)).envelope?.code).toBe('embed_token_invalid');
  });

  it('is refused after 60 seconds, from another origin, for another account, for another portal, and when made up', async () => {
    const { token } = await createEmbedToken(world.as('owner'), { email: 'owner@demo.example', origin });
    const later = new FixedClock(new Date(Date.now() + 61_000));
    await expect(exchangeEmbedToken({ token, account: world.accountId, origin }, '', later)).rejects.toMatchObject({ code: 'embed_token_invalid' });
    expect((await handIn(token, { origin: 'https://stranger.demo.example' })).envelope?.code).toBe('embed_token_invalid');
    expect((await handIn(token, { account: world.otherAccountId })).envelope?.code).toBe('embed_token_invalid');
    await database().embedToken.updateMany({ data: { audience: 'https://another-portal.demo.example' } });
    expect((await handIn(token)).envelope?.code).toBe('embed_token_invalid');
    expect((await handIn('pet_made-up')).envelope?.code).toBe('embed_token_invalid');
  });

  it('is refused when the origin has left the list since, and from a page of another site', async () => {
    const token = await newToken();
    expect((await handIn(token, {}, { ...ownPage, origin, 'sec-fetch-site': 'cross-site' })).envelope?.code).toBe('cross_site_request');
    await setEmbedOrigins(world.as('owner'), []);
    expect((await handIn(token)).envelope?.code).toBe('embed_token_invalid');
  });

  it('is told in the audit log when somebody opens the portal anew, and not each time that their session is renewed', async () => {
    const told = () => database().auditEntry.count({ where: { action: 'embed_token.created', subject: world.people.developer, accountId: world.accountId } });
    const at = (hours: number) => ({ ...world.as('owner'), clock: new FixedClock(new Date(Date.now() + hours * 3_600_000)) });
    const open = (hours: number, role?: 'viewer') => createEmbedToken(at(hours), { email: 'developer@demo.example', origin, ...(role && { role }) });
    for (const hours of [0, 1, 11]) await open(hours);
    expect(await told()).toBe(1);
    await open(11, 'viewer');
    expect(await told()).toBe(2);
    await open(13);
    expect(await told()).toBe(3);
  });

  it('is kept as a hash, and told in the audit log', async () => {
    const token = await newToken('billing');
    expect(JSON.stringify(await database().embedToken.findMany())).not.toContain(token);
    const told = await database().auditEntry.findFirst({ where: { action: 'embed_token.created' }, orderBy: { id: 'desc' } });
    expect(told).toMatchObject({ actorKind: 'api_key', after: { email: 'billing@demo.example', origin, role: 'billing' } });
  });
});

describe('the session of a frame', () => {
  it('comes in a cookie for the site around it alone, or as a bearer', async () => {
    const { cookie, byCookie, byBearer } = await opened('billing');
    expect(cookie).toMatch(new RegExp(`^__Host-portal-embed-${world.accountId}=\\S+; Max-Age=43200; Path=/; Secure; HttpOnly; SameSite=None; Partitioned$`));
    for (const headers of [byCookie, byBearer]) {
      expect(await asks(headers)).toMatchObject({ actor: { id: world.people.billing }, accountId: world.accountId, credential: 'embed_session' });
    }
  });

  it('is of no use without the header that only our page sends, in another account, or as a browser’s session', async () => {
    const { byCookie } = await opened();
    await expect(asks({ cookie: byCookie.cookie })).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(asks({ ...byCookie, 'portal-embed': world.otherAccountId })).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(readSession(decodeURIComponent(byCookie.cookie.split('=')[1] ?? ''), systemClock)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('changes nothing at the wish of the page around it', async () => {
    const { byCookie } = await opened();
    const change = (headers: Record<string, string>) => callApi({ method: 'PUT', address: '/api/v1/embed/origins', headers: { ...byCookie, ...headers }, body: { origins: [origin] } });
    expect((await change({ origin, host: 'portal.example', 'sec-fetch-site': 'cross-site' })).envelope?.code).toBe('cross_site_request');
    expect((await change(ownPage)).status).toBe(200);
  });

  it('may at most what its token was limited to, in what is read and in what is changed', async () => {
    const { byCookie } = await opened('owner', 'billing');
    const caller = await asks(byCookie);
    expect(caller.permissions).toContain('payment:write');
    expect(caller.permissions).not.toContain('member:write');
    await expect(invite({ ...world.as('owner'), roleAtMost: 'billing' }, { email: 'new@demo.example', role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('ends after half an hour without use and after twelve in any case', async () => {
    const { byCookie } = await opened();
    const start = Date.now();
    const clock = new FixedClock(new Date(start));
    for (let passed = 25; passed < 12 * 60; passed += 25) {
      clock.set(new Date(start + passed * minute));
      await asks(byCookie, clock);
    }
    clock.set(new Date(start + (12 * 60 + 1) * minute));
    await expect(asks(byCookie, clock)).rejects.toMatchObject({ code: 'session_expired' });
    const { byCookie: idle } = await opened();
    await expect(asks(idle, new FixedClock(new Date(Date.now() + 31 * minute)))).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('is among the sessions of its person, who can end it; so can whoever takes the origin off the list', async () => {
    const { byCookie } = await opened('admin');
    const [listed] = await listSessions(world.people.admin, systemClock);
    expect(listed).toMatchObject({ embedOrigin: origin });
    await endOwnSession(listed?.id ?? '', world.people.admin, systemClock);
    await expect(asks(byCookie)).rejects.toMatchObject({ code: 'session_expired' });
    const { byCookie: other } = await opened('admin');
    await setEmbedOrigins(world.as('owner'), ['https://another.demo.example']);
    await expect(asks(other)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('is refused from the moment its member leaves', async () => {
    const { byCookie } = await opened('developer');
    await removeMember(world.accountId, world.people.developer);
    await expect(asks(byCookie)).rejects.toMatchObject({ code: 'membership_ended' });
  });
});

describe('who may show the portal in a frame', () => {
  const policyOf = async (path: string) => (await proxy(new NextRequest(`http://localhost:3000${path}`))).headers;

  it('is the account’s list, for its own pages and no others', async () => {
    await setEmbedOrigins(world.as('owner'), [origin, 'http://localhost:3100']);
    const base = `/embed/${world.accountId}`;
    const shown = await policyOf(`${base}/billing?status=open`);
    expect(shown.get('content-security-policy')).toContain(`frame-ancestors ${origin} http://localhost:3100;`);
    expect(shown.get('x-middleware-rewrite')).toBe('http://localhost:3000/billing?status=open');
    expect((await policyOf(base)).get('content-security-policy')).toContain(`frame-ancestors ${origin} http://localhost:3100;`);
    for (const path of ['/billing', `/embed/${world.otherAccountId}`, '/embed/acc_none', '/embed', '/sign-in']) {
      expect((await policyOf(path)).get('content-security-policy')).toContain(`frame-ancestors 'none'`);
    }
    for (const page of ['/sign-in', '/invitation', '/outbox', '/docs', '/embed/acc_x', '/billing/../sign-in', '//evil.example/billing']) {
      expect((await policyOf(base + page)).get('x-middleware-rewrite')).toBeNull();
    }
  });

  it('is the same list while the portal is switched off: its frame says so to nobody else', async () => {
    await setEmbedOrigins(world.as('owner'), [origin]);
    const { portalEnabled } = settings();
    Object.assign(settings(), { portalEnabled: false });
    try {
      const ancestorsOf = async (path: string) => /frame-ancestors [^;]*/.exec((await policyOf(path)).get('content-security-policy') ?? '')?.[0];
      expect(await ancestorsOf(`/embed/${world.accountId}/billing`)).toBe(`frame-ancestors ${origin}`);
      expect(await ancestorsOf(`/embed/${world.otherAccountId}`)).toBe(`frame-ancestors 'none'`);
      expect(await ancestorsOf('/account')).toBe(`frame-ancestors 'none'`);
    } finally {
      Object.assign(settings(), { portalEnabled });
    }
  });

  it('is decided by the address: the header of a browser does not make a page another’s', async () => {
    const { headers } = await proxy(new NextRequest('http://localhost:3000/billing', { headers: { 'portal-embed': world.accountId } }));
    expect(headers.get('x-middleware-override-headers')).not.toContain('portal-embed,');
    expect(headers.get('x-middleware-request-portal-embed')).toBeNull();
  });

  it('changes by whoever may change the account, once and audited', async () => {
    const set = (origins: string[]) => callApi({ method: 'PUT', address: '/api/v1/embed/origins', headers: bySeller(), body: { origins } });
    expect((await set(['https://two.demo.example/', 'https://two.demo.example'])).envelope?.payload).toEqual({ origins: ['https://two.demo.example'] });
    const before = await database().auditEntry.count();
    await set(['https://two.demo.example']);
    expect(await database().auditEntry.count()).toBe(before);
    expect((await set(['https://*.demo.example'])).envelope?.code).toBe('invalid_request');
    expect(await listFrameAncestors('acc_unknown')).toEqual([]);
  });
});
