import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { permissions, rolePermissions } from '@/lib/auth/permissions';
import { sealSessionId, sessionCookie } from '@/lib/auth/sessions/cookie';
import { startSession } from '@/lib/auth/sessions/sessions';
import { systemClock } from '@/lib/core/clock';
import { useTestDatabase } from '@/lib/testing/database';
import { roles, seedPeople, type TestPeople } from '@/lib/testing/people';
import { answer } from './answer';
import { contract } from './contract';

useTestDatabase();

let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople(new Date());
});

const change = (permission: (typeof permissions)[number]) =>
  contract({
    id: 'change', method: 'POST', path: '/api/v1/change', group: 'Test', summary: 'Change', permission, output: z.object({ accountId: z.string() }), errors: [],
    handle: async ({ accountId }) => ({ accountId }),
  });

async function call(permission: (typeof permissions)[number], headers: Record<string, string>) {
  const { status, body } = await answer(change(permission), {
    method: 'POST',
    path: '/api/v1/change',
    search: '',
    url: new URL('http://localhost:3000/api/v1/change'),
    params: {},
    header: (name) => headers[name] ?? null,
    readBody: async () => '',
  });
  return { status, code: (JSON.parse(String(body)) as { code: string }).code };
}

describe('what a person may do', () => {
  it('is what the table says, for every role and permission', async () => {
    for (const role of roles) {
      const text = await sealSessionId(await startSession(world.people[role], '', systemClock));
      const cookie = `${sessionCookie().name}=${text}`;
      for (const permission of permissions) {
        const allowed = rolePermissions[role].includes(permission);
        expect([role, permission, await call(permission, { cookie })]).toEqual([role, permission, allowed ? { status: 200, code: 'ok' } : { status: 403, code: 'forbidden' }]);
      }
    }
  });

  it('cannot be asked for by another site’s page', async () => {
    const text = await sealSessionId(await startSession(world.people.owner, '', systemClock));
    const cookie = `${sessionCookie().name}=${text}`;
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'http://evil.example', host: 'localhost:3000' }, { origin: 'null' },
    ];
    for (const headers of foreign) expect(await call('account:write', { cookie, ...headers })).toEqual({ status: 403, code: 'cross_site_request' });
    const own: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, { origin: 'http://localhost:3000', host: 'inner:8080' }];
    for (const headers of own) expect(await call('account:write', { cookie, ...headers })).toEqual({ status: 200, code: 'ok' });
  });
});
