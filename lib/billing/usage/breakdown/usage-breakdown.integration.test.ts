import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller, type TestAccount } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { setModelPrice } from '../../catalog/model-prices/set-model-price';
import { Exact } from '../../money/money';
import { drainQuotaEngine } from '../../quota/engine/engine';
import { createSubscription } from '../../subscriptions/create-subscription';
import { recordUsage } from '../record-usage';
import type { NewUsage } from '../usage';
import { usageSeries } from '../usage-series';
import { usageBreakdown, type BreakdownBy } from './usage-breakdown';

useTestDatabase();
const start = new Date('2026-01-01T00:00:00Z');
const now = new Date('2026-01-20T12:00:00Z');
const days = { from: '2026-01-01', to: '2026-01-31' };
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
  const { context } = await seedAccount(sellerId, start);
  await setModelPrice(context, { model: 'demo-small', currency: 'USD', inputAmount: '0.000001', outputAmount: '0.000002', effectiveFrom: '2026-01-01' });
  await setModelPrice(context, { model: 'demo-small', currency: 'USD', inputAmount: '0.000003', outputAmount: '0.000004', effectiveFrom: '2026-01-15' });
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(account: TestAccount = {}) {
  const { context, clock } = await seedAccount(sellerId, start, account);
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  clock.set(now);
  return context;
}

const event = (key: string, day: number, more: Partial<NewUsage> = {}): NewUsage => ({
  feature: 'tokens', quantity: 10n, idempotencyKey: key, occurredAt: new Date(Date.UTC(2026, 0, day, 12)), ...more,
});

describe('usageBreakdown', () => {
  it('tells units, tokens, cost, success and latency of each model', async () => {
    const context = await customer();
    await recordUsage(context, [
      event('a', 10, { model: 'demo-small', inputTokens: 7n, outputTokens: 3n, statusCode: 200, latencyMs: 100 }),
      event('b', 16, { model: 'demo-small', inputTokens: 5n, outputTokens: 5n, statusCode: 500, latencyMs: 1_000 }),
      event('c', 16, { model: 'other', inputTokens: 1n, outputTokens: 1n, quantity: 2n, statusCode: 399 }),
      event('d', 17, { quantity: 5n }),
    ]);
    const { items, total, others } = await usageBreakdown(context, { ...days, by: 'model', feature: 'tokens' });
    expect(others).toBeNull();
    expect(items.map(({ value, quantity, events }) => [value, quantity, events])).toEqual([['demo-small', 20n, 2n], ['other', 2n, 1n], [null, 5n, 1n]]);
    expect(items[0]).toMatchObject({
      inputTokens: 12n, outputTokens: 8n, succeeded: 1n, failed: 1n, successRate: 0.5,
      // 7 × 0.000001 + 3 × 0.000002 before the 15th, 5 × 0.000003 + 5 × 0.000004 from it on.
      cost: { currency: 'USD', amount: '0.000048', unpricedTokens: 0n },
    });
    expect(Math.abs((items[0]?.latency?.p50 ?? 0) - 100)).toBeLessThanOrEqual(20);
    expect(Math.abs((items[0]?.latency?.p99 ?? 0) - 1_000)).toBeLessThanOrEqual(200);
    expect(items[1]).toMatchObject({ cost: { amount: '0', unpricedTokens: 2n }, successRate: 1, latency: null });
    expect(items[2]).toMatchObject({ successRate: null, latency: null });
    expect(total).toMatchObject({ quantity: 27n, events: 4n, succeeded: 2n, failed: 1n, successRate: 0.6666 });
  });

  it('adds up no units of several features, except by feature', async () => {
    const context = await customer();
    await recordUsage(context, [event('a', 10, { costCentre: 'support' }), event('b', 10, { feature: 'api_calls', quantity: 1n })]);
    const byFeature = await usageBreakdown(context, { ...days, by: 'feature' });
    expect(byFeature.items.map(({ value, quantity }) => [value, quantity]).sort()).toEqual([['api_calls', 1n], ['tokens', 10n]]);
    expect(byFeature.total).toMatchObject({ quantity: null, events: 2n });
    const byCentre = await usageBreakdown(context, { ...days, by: 'cost_centre' });
    expect(byCentre.items.map(({ value, quantity, events }) => [value, quantity, events])).toEqual([['support', null, 1n], [null, null, 1n]]);
  });

  it('counts days on the clocks of the account, keeps customers apart, and is empty for a new one', async () => {
    const kolkata = await customer({ timeZone: 'Asia/Kolkata' });
    await recordUsage(kolkata, [
      event('a', 10, { model: 'demo-small', occurredAt: new Date('2026-01-09T18:29:59Z') }),
      event('b', 10, { model: 'demo-small', occurredAt: new Date('2026-01-09T18:30:00Z') }),
    ]);
    const tenth = { from: '2026-01-10', to: '2026-01-10', by: 'model', feature: 'tokens' } as const;
    expect((await usageBreakdown(kolkata, tenth)).total).toMatchObject({ quantity: 10n, events: 1n });
    const empty = await usageBreakdown(await customer(), { ...tenth, from: '2026-01-01' });
    expect(empty).toMatchObject({ items: [], others: null, total: { quantity: 0n, events: 0n, successRate: null, latency: null, cost: { amount: '0' } } });
  });

  it('refuses an unknown feature and too long a range', async () => {
    const context = await customer();
    await expect(usageBreakdown(context, { ...days, by: 'model', feature: 'nothing' })).rejects.toMatchObject({ code: 'unknown_feature' });
    await expect(usageBreakdown(context, { from: '2024-01-01', to: '2026-01-01', by: 'model' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('adds up to the series and to the events themselves, whatever is recorded and by whatever it is broken down', async () => {
    const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
    const usage = fc.record({
      feature: fc.constantFrom('tokens', 'api_calls', 'email'),
      quantity: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      day: fc.integer({ min: 1, max: 20 }),
      model: optional(fc.constantFrom('demo-small', 'demo-large')),
      inputTokens: optional(fc.bigInt({ min: 0n, max: 10n ** 9n })),
      outputTokens: optional(fc.bigInt({ min: 0n, max: 10n ** 9n })),
      statusCode: optional(fc.constantFrom(200, 404, 503)),
      latencyMs: optional(fc.nat({ max: 60_000 })),
      costCentre: optional(fc.constantFrom('研发', 'support')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(usage, { minLength: 1, maxLength: 60 }), async (recorded) => {
        const context = await customer({ timeZone: 'America/New_York' });
        const events = recorded.map(({ day, ...one }, index) => ({
          ...one, idempotencyKey: String(index), occurredAt: new Date(Math.min(now.getTime(), Date.UTC(2026, 0, day, 23, 30))),
        }));
        const told = events.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as unknown as NewUsage);
        await recordUsage(context, told);
        const cost = events.reduce((sum, { model, occurredAt, inputTokens = 0n, outputTokens = 0n }) => {
          if (model !== 'demo-small') return sum;
          const [input, output] = occurredAt < new Date('2026-01-15T05:00:00Z') ? ['0.000001', '0.000002'] : ['0.000003', '0.000004'];
          return sum.plus(new Exact(inputTokens.toString()).times(input)).plus(new Exact(outputTokens.toString()).times(output));
        }, new Exact(0));
        for (const by of ['feature', 'model', 'cost_centre', 'status_code'] satisfies BreakdownBy[]) {
          const { items, total } = await usageBreakdown(context, { ...days, by });
          expect(items.reduce((sum, item) => sum + item.events, 0n)).toBe(BigInt(events.length));
          expect(total.events).toBe(BigInt(events.length));
          expect(total.cost.amount).toBe(cost.toFixed());
          expect(total.failed).toBe(BigInt(events.filter(({ statusCode = 0 }) => statusCode >= 400).length));
          for (const { feature, total: used } of await usageSeries(context, { ...days, granularity: 'month' })) {
            const ofFeature = await usageBreakdown(context, { ...days, by, feature: feature.key });
            expect(ofFeature.items.reduce((sum, item) => sum + (item.quantity ?? 0n), 0n)).toBe(used);
            expect(used).toBe(events.filter((one) => one.feature === feature.key).reduce((sum, { quantity }) => sum + quantity, 0n));
          }
        }
      }),
      { numRuns: 5 },
    );
  });
});
