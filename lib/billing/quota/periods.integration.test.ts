import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import { createSubscription } from '../subscriptions/create-subscription';
import { recordUsage } from '../usage/record-usage';
import { consumeQuota } from './consume-quota';
import { drainQuotaEngine } from './engine/engine';
import { remainingQuota } from './remaining-quota';
import { reserveQuota } from './reservations/reserve-quota';

useTestDatabase();
const now = new Date('2026-03-10T12:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

const call = (context: Context, quantity = 1n) => consumeQuota(context, { feature: 'api_calls', quantity });
const late = (context: Context, occurredAt: Date, quantity: bigint, key: string) =>
  recordUsage(context, [{ feature: 'api_calls', quantity, occurredAt, idempotencyKey: key }]);
const standingOf = async (context: Context, feature = 'api_calls') => (await remainingQuota(context, feature))[0];

describe('a limit by the day', () => {
  it('begins anew at midnight on the clocks of the account', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, reset: 'day' } }, now, { timeZone: 'Asia/Shanghai' });
    expect(await call(context, 10n)).toMatchObject({ allowed: true, resetsAt: new Date('2026-03-10T16:00:00Z') });
    clock.set(new Date('2026-03-10T15:59:59.999Z'));
    expect(await call(context)).toMatchObject({ allowed: false, reason: 'limit_reached', used: 10n });
    clock.set(new Date('2026-03-10T16:00:00.000Z'));
    expect(await call(context)).toMatchObject({ allowed: true, used: 1n, resetsAt: new Date('2026-03-11T16:00:00Z') });
    expect(await standingOf(context)).toMatchObject({ reset: 'day', used: 1n, remaining: 9n });
  });

  it.each([
    ['of 23 hours, when clocks go forward', '2026-03-29T00:30:00Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['of 25 hours, when they go back', '2026-10-25T00:30:00Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ])('counts a day %s', async (_, moment, start, end) => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 2n, reset: 'day' } }, new Date('2026-01-01T00:00:00Z'), { timeZone: 'Europe/Berlin' });
    clock.set(new Date(new Date(start).getTime() - 1));
    expect(await call(context, 2n)).toMatchObject({ allowed: true, resetsAt: new Date(start) });
    clock.set(new Date(moment));
    expect(await call(context, 2n)).toMatchObject({ allowed: true, used: 2n, resetsAt: new Date(end) });
    clock.set(new Date(new Date(end).getTime() - 1));
    expect(await call(context)).toMatchObject({ allowed: false });
    clock.set(new Date(end));
    expect(await call(context)).toMatchObject({ allowed: true, used: 1n });
  });

  it('goes on through a new anchor, and grants nothing twice when the time zone changes', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 5n, reset: 'day' } }, now);
    await call(context, 5n);
    clock.set(new Date('2026-03-10T14:00:00Z'));
    await database().subscription.updateMany({ where: { accountId: context.accountId }, data: { anchorAt: clock.now(), currentPeriodStart: clock.now() } });
    expect(await call(context)).toMatchObject({ allowed: false, used: 5n });
    await database().account.update({ where: { id: context.accountId }, data: { timeZone: 'Pacific/Auckland' } });
    expect(await call(context)).toMatchObject({ allowed: false, resetsAt: new Date('2026-03-11T00:00:00Z') });
    clock.set(new Date('2026-03-11T00:00:00Z'));
    // Auckland's day ends at 11:00 UTC: eleven hours are too short to be a day of their own.
    expect(await call(context)).toMatchObject({ allowed: true, used: 1n, resetsAt: new Date('2026-03-12T11:00:00Z') });
  });

  it('counts late usage on its own day', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, reset: 'day' } }, now);
    clock.set(new Date('2026-03-12T09:00:00Z'));
    await call(context, 4n);
    expect(await late(context, new Date('2026-03-11T09:00:00Z'), 30n, 'yesterday')).toMatchObject([{ status: 'recorded' }]);
    expect(await call(context, 6n)).toMatchObject({ allowed: true, used: 10n });
    const days = await database().quotaCounter.findMany({ where: { accountId: context.accountId, featureKey: 'api_calls', reset: 'day' }, orderBy: { periodStart: 'asc' } });
    expect(days.map(({ used }) => used)).toEqual([30n, 10n]);
  });
});

describe('a limit by the calendar month', () => {
  it('begins anew on the first, whatever the anchor', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, reset: 'month' }, tokens: { limit: 10n } }, now);
    expect(await call(context, 10n)).toMatchObject({ resetsAt: new Date('2026-04-01T00:00:00Z') });
    await consumeQuota(context, { feature: 'tokens', quantity: 10n });
    clock.set(new Date('2026-04-01T00:00:00Z'));
    expect(await call(context)).toMatchObject({ allowed: true, used: 1n });
    expect(await consumeQuota(context, { feature: 'tokens' })).toMatchObject({ allowed: false, resetsAt: new Date('2026-04-10T12:00:00Z') });
  });
});

describe('the border of a period', () => {
  it('is one moment for all callers: each side has its own limit', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 50n } }, now);
    clock.set(new Date('2026-04-10T11:59:59.999Z'));
    const before = await Promise.all(Array.from({ length: 64 }, () => call(context)));
    clock.set(new Date('2026-04-10T12:00:00.000Z'));
    const after = await Promise.all(Array.from({ length: 64 }, () => call(context)));
    expect([before, after].map((side) => side.filter(({ allowed }) => allowed).length)).toEqual([50, 50]);
  });

  it('is crossed by our clock: usage dated ahead of it counts in the period that runs', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 50n } }, now);
    clock.set(new Date('2026-04-10T11:58:00Z'));
    await late(context, new Date('2026-04-10T12:01:00Z'), 3n, 'ahead');
    expect(await standingOf(context)).toMatchObject({ used: 3n });
    expect(await late(context, new Date('2026-04-10T12:04:00Z'), 3n, 'too far')).toMatchObject([{ status: 'refused', code: 'event_in_future' }]);
    clock.set(new Date('2026-04-10T12:00:00Z'));
    expect(await standingOf(context)).toMatchObject({ used: 0n });
  });
});

describe('roll-over', () => {
  const rolling = { api_calls: { limit: 100n, rolloverCap: 30n } };
  const next = new Date('2026-04-10T12:00:00Z');

  it('adds what was left, up to the cap, to the next limit', async () => {
    const { context, clock } = await seedSubscriber(sellerId, rolling, now);
    await call(context, 90n);
    clock.set(next);
    expect(await standingOf(context)).toMatchObject({ limit: 110n, remaining: 110n });
    expect(await call(context, 111n)).toMatchObject({ allowed: false, limit: 110n });
    expect(await call(context, 20n)).toMatchObject({ allowed: true });
    clock.set(new Date('2026-05-10T12:00:00Z'));
    expect(await standingOf(context)).toMatchObject({ limit: 130n });
  });

  it('gives nothing for a limit that was used up, and the cap after a period in which nobody asked', async () => {
    const { context, clock } = await seedSubscriber(sellerId, rolling, now);
    await call(context, 100n);
    clock.set(next);
    expect(await standingOf(context)).toMatchObject({ limit: 100n });
    clock.set(new Date('2026-07-10T12:00:00Z'));
    expect(await standingOf(context)).toMatchObject({ limit: 130n });
  });

  it('begins with nothing at a new anchor', async () => {
    const { context, clock } = await seedSubscriber(sellerId, rolling, now);
    await call(context, 10n);
    clock.set(new Date('2026-03-20T12:00:00Z'));
    await database().subscription.updateMany({ where: { accountId: context.accountId }, data: { anchorAt: clock.now(), currentPeriodStart: clock.now() } });
    expect(await standingOf(context)).toMatchObject({ limit: 100n, used: 0n });
  });

  it('takes held units as used', async () => {
    const { context, clock } = await seedSubscriber(sellerId, rolling, now);
    clock.set(new Date('2026-04-10T11:59:00Z'));
    await reserveQuota(context, { feature: 'api_calls', quantity: 85n, expiresInSeconds: 600 });
    clock.set(next);
    expect(await standingOf(context)).toMatchObject({ limit: 115n, held: 0n });
  });

  it('counts late usage that arrives before the new period is begun to be used, and takes nothing back afterwards', async () => {
    const { context, clock } = await seedSubscriber(sellerId, rolling, now);
    await call(context, 70n);
    clock.set(next);
    await late(context, new Date('2026-04-10T11:00:00Z'), 20n, 'before');
    expect(await standingOf(context)).toMatchObject({ limit: 110n });
    await late(context, new Date('2026-04-10T11:00:00Z'), 10n, 'after');
    expect(await standingOf(context)).toMatchObject({ limit: 110n, used: 0n });
  });
});

describe('past the limit', () => {
  it('is accepted with a warning where the plan says so, and told apart', async () => {
    const { context } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, policy: 'warn' } }, now);
    expect(await call(context, 10n)).toMatchObject({ allowed: true, policy: 'warn', remaining: 0n, overage: 0n });
    expect(await call(context, 5n)).toMatchObject({ allowed: true, policy: 'warn', used: 15n, remaining: 0n, overage: 5n });
  });
});

describe('a level', () => {
  it('answers what it stands at, and when nothing is left', async () => {
    const account = await seedAccount(sellerId, now);
    await createSubscription(account.context, { planKey: 'free', interval: 'month' });
    expect(await standingOf(account.context, 'agent_seats')).toMatchObject({ used: 0n, held: 0n, limit: 1n, remaining: 1n, reset: null, resetsAt: null });
  });
});
