import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { removeMember, requestWith, seedPeople, testPassword, type TestPeople } from '@/lib/testing/people';
import { createApiKey } from './api-keys';
import { authenticate } from './authenticate';
import { rolePermissions, type Permission } from './permissions';
import { sealSessionId, sessionCookie } from './sessions/cookie';
import { endOtherSessions, endOwnSession, endSession, listSessions, readSession, startSession } from './sessions/sessions';
import { switchAccount } from './sessions/switch-account';
import { createUserToken, revokeCurrentToken } from './tokens/user-tokens';

useTestDatabase();

let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople();
});

const start = new Date('2026-03-01T08:00:00Z').getTime();
const at = (hours: number) => world.clock.set(new Date(start + hours * 60 * 60 * 1000));
const bearer = (text: string) => authenticate(requestWith({ authorization: `Bearer ${text}` }), world.clock);
const cookie = async (sessionId: string) => authenticate(requestWith({ cookie: `theme=dark; ${sessionCookie().name}=${await sealSessionId(sessionId)}` }), world.clock);

describe('without a credential', () => {
  it('nobody is let in, whatever is sent in its place', async () => {
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: 'Basic YTpi' }, { cookie: `${sessionCookie().name}=nonsense` }] as Record<string, string>[]) {
      await expect(authenticate(requestWith(headers), world.clock)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });

  it('a wrong Authorization header is not made good by a cookie', async () => {
    at(0);
    const text = await sealSessionId(await startSession(world.people.owner, '', world.clock));
    const request = requestWith({ authorization: 'Bearer nonsense', cookie: `${sessionCookie().name}=${text}` });
    await expect(authenticate(request, world.clock)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a session', () => {
  it('acts for the account with the permissions of the role', async () => {
    at(0);
    const id = await startSession(world.people.viewer, 'Demo browser', world.clock);
    expect(await cookie(id)).toEqual({
      actor: { kind: 'person', id: world.people.viewer },
      accountId: world.accountId,
      permissions: rolePermissions.viewer,
      credential: 'session',
      credentialId: id,
    });
  });

  it('lives 30 days from its last use', async () => {
    at(0);
    const id = await startSession(world.people.owner, '', world.clock);
    at(29 * 24);
    await cookie(id);
    at(58 * 24);
    await cookie(id);
    at(88 * 24 + 1);
    await expect(cookie(id)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('ends at once when signed out, here or from elsewhere', async () => {
    at(0);
    const here = await startSession(world.people.admin, 'here', world.clock);
    const there = await startSession(world.people.admin, 'there', world.clock);
    const ours = (await listSessions(world.people.admin, world.clock)).map(({ userAgent }) => userAgent).sort();
    expect(ours).toEqual(['here', 'there']);
    expect(await endOtherSessions(here, world.people.admin, world.clock)).toBe(1);
    await expect(cookie(there)).rejects.toMatchObject({ code: 'session_expired' });
    await endSession(here, world.clock);
    await expect(cookie(here)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('ends alone when its person says so, and at nobody else’s word', async () => {
    at(0);
    const [here, there] = [await startSession(world.people.billing, 'here', world.clock), await startSession(world.people.billing, 'there', world.clock)];
    await expect(endOwnSession(there, world.people.owner, world.clock)).rejects.toMatchObject({ code: 'not_found' });
    await endOwnSession(there, world.people.billing, world.clock);
    await endOwnSession(there, world.people.billing, world.clock);
    await expect(cookie(there)).rejects.toMatchObject({ code: 'session_expired' });
    expect((await cookie(here)).accountId).toBe(world.accountId);
  });

  it('takes the tokens for API calls along when everything else is signed out', async () => {
    at(0);
    const here = await startSession(world.people.viewer, '', world.clock);
    const { token } = await createUserToken({ ...world.as('viewer'), accountId: '' }, { email: 'viewer@demo.example', password: testPassword });
    const use = () => authenticate(requestWith({ authorization: `Bearer ${token}` }), world.clock);
    expect((await use()).accountId).toBe(world.accountId);
    await endOtherSessions(here, world.people.viewer, world.clock);
    await expect(use()).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('moves only into accounts of its person', async () => {
    at(0);
    const id = await startSession(world.people.owner, '', world.clock);
    const session = await readSession(await sealSessionId(id), world.clock);
    await expect(switchAccount(session, world.otherAccountId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await cookie(id)).accountId).toBe(world.accountId);
    await database().membership.create({
      data: { id: 'mem_second', accountId: world.otherAccountId, userId: world.people.owner, role: 'viewer', createdAt: world.clock.now() },
    });
    await switchAccount(await readSession(await sealSessionId(id), world.clock), world.otherAccountId);
    expect(await cookie(id)).toMatchObject({ accountId: world.otherAccountId, permissions: rolePermissions.viewer });
    await removeMember(world.otherAccountId, world.people.owner);
    await expect(cookie(id)).rejects.toMatchObject({ code: 'membership_ended' });
  });
});

describe('a user token', () => {
  const ask = (role: 'developer' | 'billing', accountId?: string) =>
    createUserToken({ ...world.as(role), accountId: '', caller: { credential: 'none', credentialId: '', address: '192.0.2.1' } }, { email: `${role}@demo.example`, password: testPassword, accountId });

  it('acts for the account for twelve hours with the role of the moment', async () => {
    at(0);
    const { token, expiresAt, account } = await ask('developer');
    expect({ token: token.slice(0, 4), account: account.id, expiresAt }).toEqual({ token: 'put_', account: world.accountId, expiresAt: new Date(start + 12 * 60 * 60 * 1000) });
    expect((await bearer(token)).permissions).toEqual(rolePermissions.developer);
    await database().membership.update({ where: { accountId_userId: { accountId: world.accountId, userId: world.people.developer } }, data: { role: 'viewer' } });
    expect((await bearer(token)).permissions).toEqual(rolePermissions.viewer);
    at(12);
    await expect(bearer(token)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('ends when revoked and when its person leaves, and is unknown with a letter changed', async () => {
    at(0);
    const { token } = await ask('billing');
    const caller = await bearer(token);
    await revokeCurrentToken({ ...world.as('billing'), caller: { credential: 'user_token', credentialId: caller.credentialId, address: '' } });
    await expect(bearer(token)).rejects.toMatchObject({ code: 'token_expired' });
    const { token: second } = await ask('billing');
    await expect(bearer(`${second.slice(0, -1)}${second.endsWith('A') ? 'B' : 'A'}`)).rejects.toMatchObject({ code: 'unauthenticated' });
    await removeMember(world.accountId, world.people.billing);
    await expect(bearer(second)).rejects.toMatchObject({ code: 'membership_ended' });
  });

  it('is not given for an account of others, nor kept in clear', async () => {
    await expect(ask('developer', world.otherAccountId)).rejects.toMatchObject({ code: 'not_found' });
    const { token } = await ask('developer');
    const stored = JSON.stringify(await database().userToken.findMany());
    expect(stored).not.toContain(token.slice(4));
  });
});

describe('an API key', () => {
  const issue = (accountId: string | null, expiresAt: Date | null = null, scopes: Permission[] = ['quota:read']) =>
    createApiKey({ sellerId: world.sellerId, accountId, name: 'Demo', scopes, expiresAt }, world.clock);

  it('acts within its scopes until it expires or is revoked', async () => {
    at(0);
    const key = await issue(world.accountId, new Date(start + 60 * 60 * 1000));
    expect(await bearer(key.text)).toMatchObject({ accountId: world.accountId, permissions: ['quota:read'], credential: 'api_key' });
    at(1);
    await expect(bearer(key.text)).rejects.toMatchObject({ code: 'api_key_expired' });
    const other = await issue(world.accountId);
    await database().apiKey.update({ where: { id: other.id }, data: { revokedAt: world.clock.now() } });
    await expect(bearer(other.text)).rejects.toMatchObject({ code: 'api_key_revoked' });
    await expect(bearer(`${other.text.slice(0, -1)}${other.text.endsWith('A') ? 'B' : 'A'}`)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('of one account cannot name another; the seller’s names one of its own', async () => {
    const named = (text: string, account: string) => authenticate(requestWith({ authorization: `Bearer ${text}`, 'portal-account': account }), world.clock);
    const ours = await issue(world.accountId);
    await expect(named(ours.text, world.otherAccountId)).rejects.toMatchObject({ code: 'not_found' });
    const seller = await issue(null);
    expect(await named(seller.text, world.otherAccountId)).toMatchObject({ accountId: world.otherAccountId });
    await expect(named(seller.text, 'acc_nowhere')).rejects.toMatchObject({ code: 'not_found' });
    const scopes: Permission[] = ['quota:read', 'catalog:write', 'quota:manage'];
    expect((await named((await issue(world.accountId, null, scopes)).text, world.accountId)).permissions).toEqual(['quota:read']);
    expect((await named((await issue(null, null, scopes)).text, world.accountId)).permissions).toEqual(scopes);
    await expect(bearer(seller.text)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('notes its last use to the minute', async () => {
    at(0);
    const key = await issue(world.accountId);
    const lastUse = async () => (await database().apiKey.findUniqueOrThrow({ where: { id: key.id } })).lastUsedAt?.getTime();
    await bearer(key.text);
    world.clock.set(new Date(start + 30_000));
    await bearer(key.text);
    expect(await lastUse()).toBe(start);
    world.clock.set(new Date(start + 61_000));
    await bearer(key.text);
    expect(await lastUse()).toBe(start + 61_000);
  });
});
