import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { createSubscription } from '../../subscriptions/create-subscription';
import { consumeQuota } from '../consume-quota';
import { drainQuotaEngine } from '../engine/engine';
import { reserveQuota } from '../reservations/reserve-quota';
import { proveCounters } from './prove-counters';

useTestDatabase();
const now = new Date('2026-03-10T08:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function busyCustomer() {
  const { context, clock } = await seedAccount(sellerId, now);
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  await consumeQuota(context, { feature: 'api_calls', quantity: 3n, idempotencyKey: 'one', model: 'demo-large' });
  clock.set(new Date(now.getTime() + 3_600_000));
  await consumeQuota(context, { feature: 'api_calls', quantity: 4n });
  await reserveQuota(context, { feature: 'api_calls', quantity: 5n, expiresInSeconds: 600 });
  const counter = await database().quotaCounter.findFirstOrThrow({ where: { accountId: context.accountId, featureKey: 'api_calls' } });
  return { context, counterId: counter.id };
}

describe('proveCounters', () => {
  it('finds nothing where nobody interfered', async () => {
    const { context } = await busyCustomer();
    const proof = await proveCounters(context);
    expect(proof.counters).toBeGreaterThan(0);
    expect(proof.discrepancies).toEqual([]);
  });

  it.each([
    ['a counter', 'UPDATE quota_counter SET used = used - 2 WHERE id = $1', ['days', 'hours', 'used']],
    ['what is held', 'UPDATE quota_counter SET held = 0 WHERE id = $1', ['held']],
    ['an event', 'UPDATE usage_event SET quantity = 1 WHERE counter_id = $1 AND quantity = 3', ['breakdown', 'used']],
    ['an event that is gone', 'DELETE FROM usage_event WHERE counter_id = $1 AND quantity = 4', ['events', 'used']],
    ['a key that is gone', 'DELETE FROM usage_key WHERE counter_id = $1', ['keys']],
    ['an hour', 'UPDATE usage_hour SET quantity = quantity + 1 WHERE account_id = (SELECT account_id FROM quota_counter WHERE id = $1)', ['hours']],
    ['a day', 'UPDATE usage_day SET quantity = quantity + 1 WHERE account_id = (SELECT account_id FROM quota_counter WHERE id = $1)', ['days']],
    ['a reservation', "UPDATE quota_reservation SET status = 'released' WHERE counter_id = $1", ['held']],
    ['a lost expiry', 'UPDATE quota_counter SET next_expiry = NULL WHERE id = $1', ['next_expiry']],
  ])('finds that %s was changed by hand', async (_, sql, figures) => {
    const { context, counterId } = await busyCustomer();
    expect(await database().$executeRawUnsafe(sql, counterId)).toBeGreaterThan(0);
    const { discrepancies } = await proveCounters(context);
    expect(discrepancies.map(({ figure }) => figure).sort()).toEqual(figures);
    expect(discrepancies.every(({ feature }) => feature === 'api_calls')).toBe(true);
  });
});
