import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import { addBoost } from '../quota/adjustments/add-boost';
import { setOverride } from '../quota/adjustments/set-override';
import { consumeQuota } from '../quota/consume-quota';
import { drainQuotaEngine } from '../quota/engine/engine';
import { requireSubscription } from '../subscriptions/get-subscription';
import { closingUsage } from './closing-usage';
import { renewSubscription } from './renew-subscription/renew-subscription';

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

const take = (context: Context, quantity: bigint) => consumeQuota(context, { feature: 'api_calls', quantity });
const closing = async (context: Context, leaving?: boolean) =>
  (await closingUsage(await requireSubscription(context), context.clock.now(), { leaving })).map(({ quantity, amountMinor, period }) => [period?.start.toISOString().slice(0, 10), quantity, amountMinor]);

describe('the charge for usage at the end of a period', () => {
  it('is for the days that ended in it, and for the day under way when the plan is left', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, reset: 'day', policy: 'overage', overage: { USD: '1' } } }, now);
    await take(context, 13n);
    clock.set(new Date('2026-03-11T08:00:00Z'));
    await take(context, 12n);
    clock.set(new Date('2026-04-10T09:00:00Z'));
    await take(context, 11n);
    const ended = [['2026-03-10', 3n, 300n], ['2026-03-11', 2n, 200n]];
    expect(await closing(context)).toEqual(ended);
    expect(await closing(context, true)).toEqual([...ended, ['2026-04-10', 1n, 100n]]);

    clock.set(new Date('2026-04-10T12:00:00Z'));
    await renewSubscription(context);
    await take(context, 5n);
    clock.set(new Date('2026-04-12T00:00:00Z'));
    expect(await closing(context)).toEqual([['2026-04-10', 6n, 600n]]);
  });

  it('is by the limit that held: what rolled over, overrides and boosts included', async () => {
    const { context, clock } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, rolloverCap: 4n, policy: 'overage', overage: { USD: '1' } } }, now);
    clock.set(new Date('2026-04-10T12:00:00Z'));
    await renewSubscription(context);
    await addBoost(context, { feature: 'api_calls', quantity: 5n, endsAt: new Date('2026-04-11T12:00:00Z') });
    expect(await take(context, 20n)).toMatchObject({ limit: 19n, overage: 1n });
    clock.set(new Date('2026-04-20T12:00:00Z'));
    expect(await closing(context)).toEqual([['2026-04-10', 1n, 100n]]);
    await setOverride(context, { feature: 'api_calls', limit: 11n });
    expect(await closing(context)).toEqual([]);
  });
});
