import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Permission } from '@/lib/auth/permissions';
import { systemClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { callApi } from '@/lib/testing/api';
import { as } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { keyFor } from '@/lib/testing/two-customers';

useTestDatabase();
const address = '/api/v1/billing/model-prices';
const price = { model: 'demo-large', currency: 'USD', inputAmount: '0.000003', outputAmount: '0.0000120' };
let accountId: string;
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
  accountId = (await seedAccount(sellerId, systemClock.now())).context.accountId;
});
afterAll(disconnect);

const put = async (credential: string, body: unknown) => callApi({ method: 'PUT', address, body, headers: as(credential, accountId) });

describe('model prices over HTTP', () => {
  it('are set by the seller’s own key alone, whatever the scopes of an account’s key say', async () => {
    const scopes: Permission[] = ['usage:read', 'catalog:write'];
    expect((await put(await keyFor(sellerId, accountId, scopes), price)).status).toBe(403);
    const answer = await put(await keyFor(sellerId, null, scopes), { ...price, effectiveFrom: '2026-01-01' });
    expect(answer).toMatchObject({ status: 200, envelope: { payload: { ...price, outputAmount: '0.000012', effectiveFrom: '2026-01-01' } } });
    const list = await callApi({ method: 'GET', address, query: { model: 'demo-large' }, headers: as(await keyFor(sellerId, accountId, ['usage:read'])) });
    expect(list).toMatchObject({ status: 200, envelope: { payload: { items: [{ model: 'demo-large', inputAmount: '0.000003' }] } } });
  });

  it.each([
    ['a number, which JSON may round', { inputAmount: 0.000003 }, 'inputAmount'],
    ['a negative amount', { outputAmount: '-1' }, 'outputAmount'],
    ['more places than are kept', { inputAmount: '0.0000000000001' }, 'inputAmount'],
    ['a currency that is none', { currency: 'XXQ' }, 'currency'],
    ['a day that does not exist', { effectiveFrom: '2026-02-30' }, 'effectiveFrom'],
  ])('refuse %s', async (_, wrong, field) => {
    const answer = await put(await keyFor(sellerId, null), { ...price, ...wrong });
    expect(answer).toMatchObject({ status: 422, envelope: { payload: { issues: [{ field }] } } });
  });
});
