import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import { recordUsage } from '../usage/record-usage';
import { checkQuota } from './check-quota';
import { consumeQuota } from './consume-quota';
import { drainQuotaEngine } from './engine/engine';
import { remainingQuota } from './remaining-quota';

useTestDatabase();
const now = new Date('2026-03-10T12:00:00.000Z');
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

const feature = 'api_calls';
const call = (context: Context, quantity = 1n) => consumeQuota(context, { feature, quantity });

describe('a limit of pace', () => {
  it('refuses what comes too fast, says when there is room again, and takes no more than it says', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { [feature]: { limit: 1_000n, rates: [{ window: 'minute', quantity: 10n }] } }, now);
    expect(await call(context, 10n)).toMatchObject({ allowed: true, used: 10n, remaining: 990n });
    const refused = await call(context);
    expect(refused).toMatchObject({ allowed: false, reason: 'rate_limited', used: 10n, remaining: 990n, event: null });
    // A minute, and a sixtieth of it at most.
    expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(60);
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(61);
    expect(await checkQuota(context, { feature })).toMatchObject({ allowed: false, reason: 'rate_limited', retryAfterSeconds: refused.retryAfterSeconds });
    clock.set(after(59_999));
    expect(await call(context)).toMatchObject({ allowed: false });
    clock.set(after((refused.retryAfterSeconds ?? 0) * 1_000));
    expect(await call(context)).toMatchObject({ allowed: true, used: 11n });
  });

  it('never has room for more than it allows at once', async () => {
    const { context } = await seedSubscriber(sellerId, { [feature]: { limit: 1_000n, rates: [{ window: 'minute', quantity: 10n }] } }, now);
    expect(await call(context, 11n)).toMatchObject({ allowed: false, reason: 'rate_limited', retryAfterSeconds: null });
    expect(await checkQuota(context, { feature, quantity: 11n })).toMatchObject({ allowed: false, reason: 'rate_limited', retryAfterSeconds: null });
  });

  it('stands beside others and the limit of the period, and each is told', async () => {
    const rates = [{ window: 'day' as const, quantity: 25n }, { window: 'second' as const, quantity: 10n }];
    const { context, clock } = await seedSubscriber(sellerId, { [feature]: { limit: 30n, rates } }, now);
    await call(context, 10n);
    expect((await remainingQuota(context, feature))[0]).toMatchObject({
      limit: 30n, used: 10n, remaining: 20n,
      rates: [{ window: 'second', limit: 10n, used: 10n, remaining: 0n }, { window: 'day', limit: 25n, used: 10n, remaining: 15n }],
    });
    clock.set(after(2_000));
    await call(context, 10n);
    clock.set(after(4_000));
    expect(await call(context, 6n)).toMatchObject({ allowed: false, reason: 'rate_limited' });
    expect((await remainingQuota(context, feature))[0]?.rates).toEqual([
      { window: 'second', limit: 10n, used: 0n, remaining: 10n },
      { window: 'day', limit: 25n, used: 20n, remaining: 5n },
    ]);
    clock.set(after(30 * 3_600_000));
    expect(await call(context, 10n)).toMatchObject({ allowed: true, used: 30n });
    clock.set(after(31 * 3_600_000));
    expect(await call(context)).toMatchObject({ allowed: false, reason: 'limit_reached', retryAfterSeconds: null });
  });

  it('may be all that limits a feature', async () => {
    const { context } = await seedSubscriber(sellerId, { searches: { rates: [{ window: 'minute', quantity: 3n }] } }, now);
    const answers = await Promise.all(Array.from({ length: 5 }, () => consumeQuota(context, { feature: 'searches' })));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(3);
    expect(answers[0]).toMatchObject({ allowed: true, limit: null, remaining: null, overage: null });
    expect((await remainingQuota(context, 'searches'))[0]).toMatchObject({ enabled: true, limit: null, reset: null, used: 3n, rates: [{ used: 3n, remaining: 0n }] });
  });

  it('stops nothing that has happened already', async () => {
    const { context } = await seedSubscriber(sellerId, { [feature]: { limit: 1_000n, rates: [{ window: 'minute', quantity: 10n }] } }, now);
    expect(await recordUsage(context, [{ feature, quantity: 50n, idempotencyKey: 'past' }])).toMatchObject([{ status: 'recorded' }]);
    expect(await call(context, 10n)).toMatchObject({ allowed: true, used: 60n });
  });

  it('is never passed in any stretch of its length, however many ask and whenever', async () => {
    const window = 1_000;
    const limit = 40n;
    const { context, clock } = await seedSubscriber(sellerId, { [feature]: { rates: [{ window: 'second', quantity: limit }] } }, now);
    const taken: { at: number; quantity: bigint }[] = [];
    let seed = 7;
    const random = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let step = 0, at = 0; step < 40; step += 1, at += random(180)) {
      clock.set(after(at));
      const asked = Array.from({ length: 1 + random(24) }, () => BigInt(1 + random(4)));
      const answers = await Promise.all(asked.map((quantity) => call(context, quantity)));
      for (const { allowed, quantity } of answers) if (allowed) taken.push({ at, quantity });
    }
    for (const { at: end } of taken) {
      const within = taken.filter(({ at }) => at <= end && at > end - window).reduce((sum, { quantity }) => sum + quantity, 0n);
      expect(within).toBeLessThanOrEqual(limit);
    }
    // And room does come back: the pace is kept over the whole of the time.
    const total = taken.reduce((sum, { quantity }) => sum + quantity, 0n);
    expect(total).toBeGreaterThan(limit * 2n);
  });
});
