import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { requestWith, seedPeople, type TestPeople } from '@/lib/testing/people';
import { createApiKey } from './api-keys';
import { authenticate, rememberedCaller } from './authenticate';
import type { Caller, CredentialSource } from './caller';
import { forgetCredentials, rememberCredentials, rememberedApiKey, rememberedSellerOf } from './credential-memory';
import { addApiKey, newApiKeyInput, revokeApiKey } from './manage-api-keys';

describe('credentials in memory', () => {
  useTestDatabase();
  let world: TestPeople;
  beforeAll(async () => {
    world = await seedPeople();
    await rememberCredentials();
  });
  afterAll(forgetCredentials);

  const addKey = () => addApiKey(world.as('owner'), newApiKeyInput.parse({ name: 'Demo backend', scopes: ['quota:read'] }));
  const by = (text: string, account?: string) => requestWith({ authorization: `Bearer ${text}`, ...(account && { 'portal-account': account }) });
  /** As every call of the API asks. */
  const ask = async (request: CredentialSource): Promise<Caller> => rememberedCaller(request, world.clock) ?? (await authenticate(request, world.clock));
  const use = (text: string) => ask(by(text));
  const remembered = (text: string): boolean => rememberedApiKey(text.split('_')[1] ?? '') !== undefined;
  const keptByUse = async (text: string): Promise<boolean> => {
    await use(text);
    return remembered(text);
  };

  it('are kept once read, and dropped when they are revoked, by whichever server', async () => {
    const { id, text } = await addKey();
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

  it('stay when their use is noted, which many calls at once do once', async () => {
    const { id, text } = await addKey();
    await expect.poll(() => keptByUse(text)).toBe(true);
    const uses = () => database().apiKey.findUniqueOrThrow({ where: { id }, select: { lastUsedAt: true } });
    const later = new Date(world.clock.now().getTime() + 3_600_000);
    world.clock.set(later);
    await Promise.all(Array.from({ length: 20 }, () => use(text)));
    expect(await uses()).toEqual({ lastUsedAt: later });
    expect(remembered(text)).toBe(true);
  });

  it('say at once who holds a key whose text was shown before, and nothing of any other text', async () => {
    const expiresAt = new Date(world.clock.now().getTime() + 60_000);
    const { text } = await addApiKey(world.as('owner'), newApiKeyInput.parse({ name: 'Demo backend', scopes: ['quota:read'], expiresAt: expiresAt.toISOString() }));
    const known = (request: CredentialSource) => rememberedCaller(request, world.clock);
    expect(known(by(text))).toBeUndefined();
    await expect.poll(() => keptByUse(text)).toBe(true);
    await use(text);
    expect(known(by(text))).toEqual(await authenticate(by(text), world.clock));
    expect(known(by(text, world.accountId))).toEqual(known(by(text)));

    const guess = text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');
    expect(known(by(guess))).toBeUndefined();
    await expect(use(guess)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(known(by(text, world.otherAccountId))).toBeUndefined();
    await expect(ask(by(text, world.otherAccountId))).rejects.toMatchObject({ code: 'not_found' });
    world.clock.set(expiresAt);
    expect(known(by(text))).toBeUndefined();
    await expect(use(text)).rejects.toMatchObject({ code: 'api_key_expired' });
  });

  it('hold whose customer an account is, and drop it with the account', async () => {
    const key = { sellerId: world.sellerId, accountId: null, name: 'Demo product', scopes: ['quota:read'] as const, expiresAt: null };
    const { text } = await createApiKey(key, world.clock);
    const useFor = (account: string) => ask(by(text, account));
    await expect(useFor(world.otherAccountId)).resolves.toMatchObject({ accountId: world.otherAccountId });
    await expect(useFor('acc_nobody')).rejects.toMatchObject({ code: 'not_found' });
    await expect.poll(() => useFor(world.otherAccountId).then(() => rememberedSellerOf(world.otherAccountId))).toBe(world.sellerId);

    const elsewhere = await database().seller.create({
      data: { id: 'sel_elsewhere', name: 'Demo', legalName: 'Demo', addressLines: [], country: 'US', email: 'seller@demo.example', invoicePrefix: 'E', createdAt: world.clock.now() },
    });
    await database().account.update({ where: { id: world.otherAccountId }, data: { sellerId: elsewhere.id } });
    await expect.poll(() => useFor(world.otherAccountId).then(() => 'accepted', (error: { code: string }) => error.code)).toBe('not_found');
  });
});
