import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import type { AnyContract } from '@/lib/http/contract';
import { callApi, type ApiCall } from '@/lib/testing/api';
import { as, asOwner, asStranger, callAt as contractCall, isSellers } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { databaseDigest } from '@/lib/testing/digest';
import { keyFor, mark, seedTwoCustomers, tokenFor, type TwoCustomers } from '@/lib/testing/two-customers';
import { allContracts } from './index';

useTestDatabase();

let world: TwoCustomers;
let viewersToken: string;
beforeAll(async () => {
  world = await seedTwoCustomers();
  viewersToken = await tokenFor(world.victim.context, 'viewer');
});

const guarded = allContracts.filter((contract) => contract.permission !== 'public');

/** Each address of each contract, with the name that the test shows. */
const doors = guarded.flatMap((contract) =>
  [contract.path, ...(contract.aliases ?? [])].map((address) => ({ name: `${contract.method} ${address}`, contract, address })),
);

const callAt = (contract: AnyContract, address: string): ApiCall => contractCall(world, contract, address);

/** Calls that must be refused as a whole, and how. */
async function refusals(): Promise<{ who: string; headers: Record<string, string>; status: number }[]> {
  const { sellerId, victim, stranger, otherSellerKey } = world;
  const yesterday = new Date(systemClock.now().getTime() - 86_400_000);
  const revoked = await keyFor(sellerId, victim.accountId);
  await database().apiKey.updateMany({ where: { prefix: revoked.split('_')[1] }, data: { revokedAt: yesterday } });
  const flipped = victim.apiKey.slice(0, -1) + (victim.apiKey.endsWith('A') ? 'B' : 'A');
  return [
    { who: 'nobody', headers: {}, status: 401 },
    { who: 'a key that is none', headers: as('cpk_000000000000_00000000000000000000000000000000'), status: 401 },
    { who: 'a key with a wrong secret', headers: as(flipped), status: 401 },
    { who: 'a token that is none', headers: as('something-else'), status: 401 },
    { who: 'a forged session', headers: { cookie: 'portal-session=forged; __Host-portal-session=forged; portal-session-3000=forged' }, status: 401 },
    { who: 'a revoked key', headers: as(revoked), status: 401 },
    { who: 'an expired key', headers: as(await keyFor(sellerId, victim.accountId, undefined, yesterday)), status: 401 },
    { who: 'a key without permissions', headers: as(await keyFor(sellerId, victim.accountId, [])), status: 403 },
    { who: 'a stranger who names the victim', headers: as(stranger.apiKey, victim.accountId), status: 404 },
    { who: 'another seller who names the victim', headers: as(otherSellerKey, victim.accountId), status: 404 },
    { who: 'a person of another account who names the victim', headers: as(stranger.ownerToken, victim.accountId), status: 404 },
  ];
}

describe('a credential that is not good for the account', () => {
  it.each(doors)('is refused at $name, and nothing is written', async ({ contract, address }) => {
    const cases = await refusals();
    const before = await databaseDigest();
    for (const { who, headers, status } of cases) {
      const answer = await callApi({ ...callAt(contract, address), headers });
      expect({ who, status: answer.status, code: answer.envelope?.success }).toEqual({ who, status, code: false });
      expect(answer.text).not.toContain(mark);
    }
    expect(await databaseDigest()).toEqual(before);
  });
});

describe('a member who may only look', () => {
  it.each(doors.filter(({ contract }) => contract.permission.endsWith(':write')))('is refused at $name, and nothing is written', async ({ contract, address }) => {
    const before = await databaseDigest();
    const answer = await callApi({ ...callAt(contract, address), headers: as(viewersToken) });
    expect({ status: answer.status, code: answer.envelope?.code }).toEqual({ status: 403, code: 'forbidden' });
    expect(await databaseDigest()).toEqual(before);
  });
});

describe('a stranger with a key or a token of their own', () => {
  it.each(doors)('sees and changes nothing of another account at $name', async ({ contract, address }) => {
    const { victim } = world;
    const owned = [victim.accountId, victim.invoiceId, victim.subscriptionId, mark, victim.planKey];
    const before = await databaseDigest(owned);
    const answer = await callApi({ ...callAt(contract, address), headers: asStranger(world, contract) });
    if (isSellers(contract)) expect(answer.status).toBe(403);
    else if (address.includes('{')) expect(answer.status).toBe(404);
    expect(answer.status).not.toBe(500);
    for (const secret of owned) expect(answer.text).not.toContain(secret);
    expect(await databaseDigest(owned)).toEqual(before);
  });

  it('cannot name another account in the body or the query', async () => {
    const { victim } = world;
    for (const { contract, address } of doors) {
      const call = callAt(contract, address);
      const foreign = { accountId: victim.accountId, account: victim.accountId };
      const before = await databaseDigest([victim.accountId]);
      const answer = await callApi({
        ...call,
        query: { ...call.query, ...(contract.query ? foreign : {}) },
        ...(contract.body && { body: { ...(contract.example as object), ...foreign } }),
        headers: asStranger(world, contract),
      });
      if (contract.body || contract.query) expect({ address, status: answer.status }).toEqual({ address, status: isSellers(contract) ? 403 : 422 });
      expect(await databaseDigest([victim.accountId])).toEqual(before);
    }
  });
});

describe('the owner of the key', () => {
  it.each(doors.filter(({ contract }) => contract.method === 'GET'))('is answered at $name', async ({ contract, address }) => {
    const answer = await callApi({ ...callAt(contract, address), headers: asOwner(world, contract) });
    expect({ status: answer.status, message: answer.envelope?.message ?? 'file' }).toMatchObject({ status: 200 });
  });
});
