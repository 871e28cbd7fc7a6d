import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { requestWith, seedPeople, type TestPeople } from '@/lib/testing/people';
import { forgetApiKeys, rememberApiKeys, remembersApiKey } from './api-key-memory';
import { authenticate } from './authenticate';
import { addApiKey, newApiKeyInput, revokeApiKey } from './manage-api-keys';

describe('API keys in memory', () => {
  useTestDatabase();
  let world: TestPeople;
  beforeAll(async () => {
    world = await seedPeople();
    await rememberApiKeys();
  });
  afterAll(forgetApiKeys);

  const addKey = () => addApiKey(world.as('owner'), newApiKeyInput.parse({ name: 'Demo backend', scopes: ['quota:read'] }));
  const use = (text: string) => authenticate(requestWith({ authorization: `Bearer ${text}` }), world.clock);
  const remembered = (text: string): boolean => remembersApiKey(text.split('_')[1] ?? '');
  const keptByUse = async (text: string): Promise<boolean> => {
    await use(text);
    return remembered(text);
  };

  it('are kept once read, and dropped when they are revoked, by whichever server', async () => {
    const { id, text } = await addKey();
    // The first use is noted in the row, which is a change as well; the next reading stays.
    await expect.poll(() => keptByUse(text)).toBe(true);
    await database().apiKey.update({ where: { id }, data: { revokedAt: world.clock.now() } });
    await expect.poll(() => remembered(text)).toBe(false);
    await expect(use(text)).rejects.toMatchObject({ code: 'api_key_revoked' });
  });

  it('are dropped when one is revoked by its use case', async () => {
    const { id, text } = await addKey();
    await expect.poll(() => keptByUse(text)).toBe(true);
    await revokeApiKey(world.as('owner'), id);
    await expect.poll(() => use(text).then(() => 'accepted', (error: { code: string }) => error.code)).toBe('api_key_revoked');
  });

  it('are forgotten while changes cannot be heard, and kept again afterwards', async () => {
    const { text } = await addKey();
    await expect.poll(() => keptByUse(text)).toBe(true);
    await database().$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'portal changes' AND datname = current_database()`;
    await expect.poll(() => remembered(text)).toBe(false);
    await expect(use(text)).resolves.toMatchObject({ accountId: world.accountId });
    await expect.poll(() => keptByUse(text), { timeout: 10_000 }).toBe(true);
  });
});
