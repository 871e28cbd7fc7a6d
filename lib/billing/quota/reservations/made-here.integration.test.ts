import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { uuidOfId } from '@/lib/core/ids';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import { drainQuotaEngine } from '../engine/engine';
import { remainingQuota } from '../remaining-quota';
import { commitReservation } from './commit-reservation';
import { forgetMade, madeHere, rememberMade } from './made-here';
import { releaseReservation } from './release-reservation';
import { reserveQuota } from './reserve-quota';
import { settleLease } from './settle-lease';
import { takeLease } from './take-lease';

useTestDatabase();
const now = new Date('2026-03-10T12:00:00.000Z');
const feature = 'api_calls';
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
beforeEach(forgetMade);
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

const newCustomer = async (): Promise<Context> => (await seedSubscriber(sellerId, { [feature]: { limit: 1_000n } }, now)).context;
const reserve = async (context: Context, quantity: bigint, idempotencyKey?: string): Promise<string> =>
  (await reserveQuota(context, { feature, quantity, expiresInSeconds: 60, idempotencyKey })).reservation?.id ?? '';
const lease = async (context: Context): Promise<string> => (await takeLease(context, { feature, quantity: 20n, expiresInSeconds: 60 })).lease?.id ?? '';
const uuid = (id: string): string => uuidOfId(id.startsWith('lease') ? 'lease' : 'res', id) ?? '';

describe('a reservation that this process made', () => {
  it('is remembered for its account and as what it is, when it was made and not when it was answered again', async () => {
    const context = await newCustomer();
    const [reservation, leased] = [await reserve(context, 5n, 'once'), await lease(context)];
    expect(madeHere(context.accountId, 'reservation', uuid(reservation))).toMatchObject({ featureKey: feature, quantity: 5n, createdAt: now });
    expect(madeHere(context.accountId, 'lease', uuid(leased))).toMatchObject({ quantity: 20n });
    expect(madeHere(context.accountId, 'lease', uuid(reservation))).toBeUndefined();
    expect(madeHere('acc_other', 'reservation', uuid(reservation))).toBeUndefined();
    forgetMade();
    expect(await reserve(context, 5n, 'once')).toBe(reservation);
    expect(madeHere(context.accountId, 'reservation', uuid(reservation))).toBeUndefined();
  });

  it.each([
    ['remembered', () => undefined],
    ['forgotten', forgetMade],
  ])('ends the same when it is %s', async (_, between) => {
    const context = await newCustomer();
    const [committed, released, leased] = [await reserve(context, 5n), await reserve(context, 6n), await lease(context)];
    between();
    const commitment = { reservation: committed, quantity: 3n };
    expect(await commitReservation(context, commitment)).toMatchObject({ allowed: true, quantity: 3n, used: 3n, held: 26n, reservation: { status: 'committed', quantity: 5n } });
    expect(await commitReservation(context, commitment)).toMatchObject({ used: 3n, held: 26n, reservation: { status: 'committed' } });
    await expect(releaseReservation(context, committed)).rejects.toMatchObject({ code: 'reservation_settled' });
    expect(await releaseReservation(context, released)).toMatchObject({ status: 'released', quantity: 6n });
    await expect(settleLease(context, { lease: leased, used: 21n })).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await settleLease(context, { lease: leased, used: 4n })).toMatchObject({ status: 'settled', used: 4n, returned: 16n });
    expect((await remainingQuota(context, feature))[0]).toMatchObject({ used: 7n, held: 0n, remaining: 993n });
  });

  it('is nothing to another customer', async () => {
    const [context, stranger] = [await newCustomer(), await newCustomer()];
    const reservation = await reserve(context, 5n);
    await expect(commitReservation(stranger, { reservation })).rejects.toMatchObject({ code: 'not_found' });
    await expect(releaseReservation(stranger, reservation)).rejects.toMatchObject({ code: 'not_found' });
    expect((await remainingQuota(context, feature))[0]).toMatchObject({ used: 0n, held: 5n });
  });

  it('makes room for later ones', () => {
    const metered = { grant: { feature: { key: feature } }, item: { counterId: 1, occurredAt: now } } as unknown as Parameters<typeof rememberMade>[3];
    const result = { verdict: 'recorded', reservation: { status: 'held', quantity: 1n, settledQuantity: null, expiresAt: now } } as Parameters<typeof rememberMade>[4];
    for (let made = 0; made <= 50_000; made += 1) rememberMade('acc_many', 'reservation', `res ${made}`, metered, result);
    expect(madeHere('acc_many', 'reservation', 'res 0')).toBeUndefined();
    expect(madeHere('acc_many', 'reservation', 'res 25000')).toBeDefined();
    expect(madeHere('acc_many', 'reservation', 'res 50000')).toBeDefined();
  });
});
