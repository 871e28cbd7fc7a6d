import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import { consumeQuota } from '../consume-quota';
import { drainQuotaEngine } from '../engine/engine';
import { remainingQuota } from '../remaining-quota';
import { setLevel } from '../set-level';
import { addBoost, removeBoost } from './add-boost';
import { listAdjustments } from './list-adjustments';
import { removeOverride, setOverride } from './set-override';

useTestDatabase();
const now = new Date('2026-03-10T12:00:00.000Z');
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

const customer = () =>
  seedSubscriber(sellerId, { api_calls: { limit: 100n }, tokens: { limit: 100n, policy: 'overage', overage: { USD: '0.01' } }, agent_seats: { limit: 3n } }, now);
const feature = 'api_calls';
const call = (context: Context, quantity = 1n, key = feature) => consumeQuota(context, { feature: key, quantity });
const limitOf = async (context: Context, key = feature) => (await remainingQuota(context, key))[0]?.limit;
const actionsOf = async (context: Context) =>
  (await database().auditEntry.findMany({ where: { accountId: context.accountId, action: { startsWith: 'quota_' } }, orderBy: { occurredAt: 'asc' } })).map(({ action }) => action);

describe('an override', () => {
  it('holds at once in the place of the plan’s limit, and the plan’s holds again when it is taken away', async () => {
    const { context } = await customer();
    await call(context, 100n);
    await setOverride(context, { feature, limit: 250n, reason: 'Launch' });
    expect(await call(context, 150n)).toMatchObject({ allowed: true, limit: 250n, used: 250n });
    await setOverride(context, { feature, limit: null });
    expect(await call(context, 1_000n)).toMatchObject({ allowed: true, limit: null, remaining: null });
    await removeOverride(context, feature);
    expect(await call(context)).toMatchObject({ allowed: false, limit: 100n, used: 1_250n, overage: 1_150n });
    expect(await actionsOf(context)).toEqual(['quota_override.set', 'quota_override.set', 'quota_override.removed']);
    await expect(removeOverride(context, feature)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends by itself', async () => {
    const { context, clock } = await customer();
    await setOverride(context, { feature, limit: 500n, endsAt: days(2) });
    clock.set(new Date(days(2).getTime() - 1));
    expect(await call(context, 300n)).toMatchObject({ allowed: true, limit: 500n });
    clock.set(days(2));
    expect(await call(context)).toMatchObject({ allowed: false, reason: 'limit_reached', limit: 100n });
    expect(await listAdjustments(context)).toEqual({ overrides: [], boosts: [] });
  });

  it('may be smaller than the plan’s, stop a feature, or grant one that the plan lacks', async () => {
    const { context } = await customer();
    await setOverride(context, { feature, limit: 0n });
    expect(await call(context)).toMatchObject({ allowed: false, reason: 'limit_reached', limit: 0n });
    expect(await call(context, 1n, 'email')).toMatchObject({ allowed: false, reason: 'feature_not_included' });
    await setOverride(context, { feature: 'email', limit: 5n });
    expect(await call(context, 5n, 'email')).toMatchObject({ allowed: true, policy: 'block', limit: 5n });
    await setOverride(context, { feature: 'agent_seats', limit: 10n });
    expect(await setLevel(context, { feature: 'agent_seats', move: { set: 10n } })).toMatchObject({ allowed: true, used: 10n });
  });

  it('changes nothing when it is set again, and is refused where there is no limit to change', async () => {
    const { context } = await customer();
    const first = await setOverride(context, { feature, limit: 7n });
    expect(await setOverride(context, { feature, limit: 7n })).toEqual(first);
    expect(await actionsOf(context)).toHaveLength(1);
    await expect(setOverride(context, { feature: 'models', limit: 7n })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(setOverride(context, { feature: 'nothing', limit: 7n })).rejects.toMatchObject({ code: 'unknown_feature' });
    await expect(setOverride(context, { feature, limit: 7n, endsAt: now })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('a boost', () => {
  it('adds to the limit from its beginning to its end, together with others', async () => {
    const { context, clock } = await customer();
    await addBoost(context, { feature, quantity: 50n, startsAt: days(1), endsAt: days(3) });
    await addBoost(context, { feature, quantity: 5n, endsAt: days(2) });
    expect(await call(context, 105n)).toMatchObject({ allowed: true, limit: 105n });
    expect(await call(context)).toMatchObject({ allowed: false });
    clock.set(days(1));
    expect(await call(context, 50n)).toMatchObject({ allowed: true, limit: 155n, used: 155n });
    clock.set(days(2));
    expect(await limitOf(context)).toBe(150n);
    clock.set(new Date(days(3).getTime() - 1));
    expect(await limitOf(context)).toBe(150n);
    clock.set(days(3));
    expect(await call(context)).toMatchObject({ allowed: false, limit: 100n, used: 155n, remaining: 0n });
  });

  it('ends for every caller at the same moment, though calls are under way', async () => {
    const { context, clock } = await customer();
    await addBoost(context, { feature, quantity: 1_000n, endsAt: days(1) });
    const before = await Promise.all(Array.from({ length: 64 }, () => call(context, 2n)));
    clock.set(days(1));
    const after = await Promise.all(Array.from({ length: 64 }, () => call(context)));
    expect([before, after].map((side) => side.filter(({ allowed }) => allowed).length)).toEqual([64, 0]);
  });

  it('adds to an override, and is taken away at once', async () => {
    const { context } = await customer();
    await setOverride(context, { feature, limit: 10n });
    const boost = await addBoost(context, { feature, quantity: 7n, endsAt: days(9) });
    expect(await limitOf(context)).toBe(17n);
    expect(await listAdjustments(context)).toMatchObject({ overrides: [{ feature, limit: 10n }], boosts: [{ id: boost.id, quantity: 7n }] });
    await removeBoost(context, boost.id);
    expect(await limitOf(context)).toBe(10n);
    await expect(removeBoost(context, boost.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(addBoost(context, { feature, quantity: 7n, startsAt: days(3), endsAt: days(2) })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('counts to the end of the period where use past the limit is charged: nothing is charged in hindsight', async () => {
    const { context, clock } = await customer();
    await addBoost(context, { feature: 'tokens', quantity: 50n, endsAt: days(1) });
    expect(await call(context, 150n, 'tokens')).toMatchObject({ limit: 150n, overage: 0n });
    clock.set(days(2));
    expect(await call(context, 10n, 'tokens')).toMatchObject({ limit: 150n, overage: 10n });
    clock.set(new Date('2026-04-10T12:00:00Z'));
    expect(await limitOf(context, 'tokens')).toBe(100n);
  });
});
