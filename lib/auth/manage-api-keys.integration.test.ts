import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { requestWith, seedPeople, type TestPeople } from '@/lib/testing/people';
import { authenticate } from './authenticate';
import { addApiKey, listApiKeys, newApiKeyInput, revokeApiKey } from './manage-api-keys';

useTestDatabase();

let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople();
});

const input = (given: object) => newApiKeyInput.parse({ name: 'Demo backend', scopes: ['quota:read'], ...given });
const use = (text: string) => authenticate(requestWith({ authorization: `Bearer ${text}` }), world.clock);

describe('API keys', () => {
  it('are created, listed without their secret, revoked at once, and audited', async () => {
    const { id, text } = await addApiKey(world.as('developer'), input({ scopes: ['quota:read', 'quota:write'] }));
    expect(await use(text)).toMatchObject({ accountId: world.accountId, permissions: ['quota:read', 'quota:write'] });
    const listed = await listApiKeys(world.as('owner'));
    expect(listed).toMatchObject([{ id, name: 'Demo backend', lastUsedAt: world.clock.now(), revokedAt: null }]);
    expect(JSON.stringify(listed)).not.toContain('ecret');
    await revokeApiKey(world.as('admin'), id);
    await revokeApiKey(world.as('admin'), id);
    await expect(use(text)).rejects.toMatchObject({ code: 'api_key_revoked' });
    const audit = await database().auditEntry.findMany({ where: { subject: id }, orderBy: { id: 'asc' } });
    expect(audit.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['api_key.created', world.people.developer],
      ['api_key.revoked', world.people.admin],
    ]);
    expect(JSON.stringify(audit)).not.toContain(text.slice(-32));
  });

  it('are the business of owner, admin and developer only', async () => {
    for (const role of ['billing', 'viewer'] as const) {
      await expect(listApiKeys(world.as(role))).rejects.toMatchObject({ code: 'forbidden' });
      await expect(addApiKey(world.as(role), input({}))).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(addApiKey({ ...world.as('owner'), actor: { kind: 'api_key', id: 'key_x' } }, input({}))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(addApiKey({ ...world.as('owner'), accountId: world.otherAccountId }, input({}))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('never hold more than their maker may do, nor power over keys', async () => {
    await expect(addApiKey(world.as('developer'), input({ scopes: ['account:write'] }))).rejects.toMatchObject({ code: 'forbidden' });
    expect(newApiKeyInput.safeParse({ name: 'x', scopes: ['api_key:write'], expiresAt: null }).success).toBe(false);
    await expect(addApiKey(world.as('owner'), input({ expiresAt: world.clock.now().toISOString() }))).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('of another account are not found', async () => {
    const { id } = await addApiKey({ ...world.as('owner'), actor: { kind: 'system', id: 'test' }, accountId: world.otherAccountId }, input({}));
    await expect(revokeApiKey(world.as('owner'), id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
