import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allContracts } from '@/lib/api';
import { createApiKey } from '@/lib/auth/api-keys';
import { isPeoplePermission, isSellerPermission, permissions, rolePermissions, type Permission } from '@/lib/auth/permissions';
import { sealSessionId, sessionCookie } from '@/lib/auth/sessions/cookie';
import { startSession } from '@/lib/auth/sessions/sessions';
import { createUserToken } from '@/lib/auth/tokens/user-tokens';
import { systemClock } from '@/lib/core/clock';
import { useTestDatabase } from '@/lib/testing/database';
import { roles, seedPeople, testPassword, type TestPeople } from '@/lib/testing/people';
import { answer } from './answer';
import { contract, type AnyContract } from './contract';

useTestDatabase();

let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople(new Date());
});

const change = (permission: Permission) =>
  contract({
    id: 'change', method: 'POST', path: '/api/v1/change', group: 'Test', summary: 'Change', permission, output: z.object({ accountId: z.string() }), errors: [],
    handle: async ({ accountId }) => ({ accountId }),
  });

/** An operation as it is let in, doing nothing once it is. */
const harmless = (operation: AnyContract): AnyContract => ({
  ...operation, params: undefined, query: undefined, body: undefined, output: z.object({}), handle: () => Promise.resolve({}),
});

async function call(operation: AnyContract, headers: Record<string, string>) {
  const { status, body } = await answer(operation, {
    method: operation.method,
    path: operation.path,
    search: '',
    url: new URL('http://localhost:3000/api/v1/change'),
    params: {},
    header: (name) => headers[name] ?? null,
    readBody: async () => '',
  });
  return { status, code: (JSON.parse(String(body)) as { code: string }).code };
}

const granted = { status: 200, code: 'ok' };
const refused = { status: 403, code: 'forbidden' };
const guarded = allContracts.filter((operation) => operation.permission !== 'public');
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const cookieOf = async (personId: string) => ({ cookie: `${sessionCookie().name}=${await sealSessionId(await startSession(personId, '', systemClock))}` });
const tokenOf = async (role: string) => {
  const context = { ...world.as('owner'), clock: systemClock, accountId: '' };
  return bearer((await createUserToken(context, { email: `${role}@demo.example`, password: testPassword })).token);
};
const keyWith = async (accountId: string | null, scopes: readonly Permission[]) =>
  bearer((await createApiKey({ sellerId: world.sellerId, accountId, name: 'Test key', scopes, expiresAt: null }, systemClock)).text);

describe('every operation', () => {
  it.each(roles)('lets a person in by what the table says of their role, by session and by token: %s', async (role) => {
    for (const credential of [await cookieOf(world.people[role]), await tokenOf(role)]) {
      for (const operation of guarded) {
        const allowed = rolePermissions[role].includes(operation.permission as Permission);
        expect([operation.id, await call(harmless(operation), credential)]).toEqual([operation.id, allowed ? granted : refused]);
      }
    }
  });

  it('lets a key of the account in by its scopes, and never into what is the seller’s or people’s alone', async () => {
    const every = await keyWith(world.accountId, permissions);
    const keys = new Map<Permission, { only: Record<string, string>; allBut: Record<string, string> }>();
    for (const permission of permissions) {
      keys.set(permission, { only: await keyWith(world.accountId, [permission]), allBut: await keyWith(world.accountId, permissions.filter((other) => other !== permission)) });
    }
    for (const operation of guarded) {
      const permission = operation.permission as Permission;
      const expected = isSellerPermission(permission) || isPeoplePermission(permission) ? refused : granted;
      const { only = {}, allBut = {} } = keys.get(permission) ?? {};
      expect([operation.id, await call(harmless(operation), every)]).toEqual([operation.id, expected]);
      expect([operation.id, await call(harmless(operation), only)]).toEqual([operation.id, expected]);
      expect([operation.id, await call(harmless(operation), allBut)]).toEqual([operation.id, refused]);
    }
  });

  it('lets a seller’s key in by its scopes, and never into what is people’s alone', async () => {
    const key = { ...(await keyWith(null, permissions)), 'portal-account': world.accountId };
    for (const operation of guarded) {
      expect([operation.id, await call(harmless(operation), key)]).toEqual([operation.id, isPeoplePermission(operation.permission) ? refused : granted]);
    }
  });

  it('that changes something asks for more than reading, but for what concerns the caller alone', () => {
    const ownBusiness = ['leaveAccount', 'revokeCurrentToken'];
    const onlyAsk = /^(check|preview)/;
    const changing = guarded.filter(({ method, id }) => method !== 'GET' && !ownBusiness.includes(id) && !onlyAsk.test(id));
    expect(changing.filter(({ permission }) => permission.endsWith(':read')).map(({ id }) => id)).toEqual([]);
  });
});

describe('a change by a browser', () => {
  it('cannot be asked for by another site’s page', async () => {
    const cookie = await cookieOf(world.people.owner);
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'http://evil.example', host: 'localhost:3000' }, { origin: 'null' },
    ];
    for (const headers of foreign) expect(await call(change('account:write'), { ...cookie, ...headers })).toEqual({ status: 403, code: 'cross_site_request' });
    const own: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, { origin: 'http://localhost:3000', host: 'inner:8080' }];
    for (const headers of own) expect(await call(change('account:write'), { ...cookie, ...headers })).toEqual(granted);
  });
});
