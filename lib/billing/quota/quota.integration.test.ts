import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect, inTransaction, lockAccount } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { listPlans } from '../catalog/list-plans';
import { createSubscription } from '../subscriptions/create-subscription';
import { requireSubscription } from '../subscriptions/get-subscription';
import { updateSubscription } from '../subscriptions/store';
import { checkQuota } from './check-quota';
import { consumeQuota } from './consume-quota';
import { drainQuotaEngine, eventId, QuotaEngine } from './engine/engine';
import type { ConsumeItem } from './engine/meter-item';
import { remainingQuota } from './remaining-quota';

const test = useTestDatabase();
const now = new Date('2026-01-15T10:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(planKey: string) {
  const account = await seedAccount(sellerId, now);
  await createSubscription(account.context, { planKey, interval: 'month' });
  return account;
}

describe('consumeQuota', () => {
  it('takes until the limit and then refuses, to the unit', async () => {
    const { context } = await customer('free');
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 99n })).toEqual({
      feature: 'api_calls', allowed: true, reason: null, quantity: 99n, policy: 'block', limit: 100n, used: 99n, held: 0n, remaining: 1n, overage: 0n,
      resetsAt: new Date('2026-02-15T10:00:00.000Z'), retryAfterSeconds: null, event: expect.stringMatching(/^evt_/),
    });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 2n })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 99n, remaining: 1n });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: true, used: 100n, remaining: 0n });
    expect(await checkQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 100n });
    const [quota] = await remainingQuota(context, 'api_calls');
    expect(quota).toMatchObject({ used: 100n, remaining: 0n, limit: 100n });
  });

  it('answers the same key as the first time, and refuses it for something else', async () => {
    const { context } = await customer('free');
    const first = await consumeQuota(context, { feature: 'api_calls', quantity: 5n, idempotencyKey: 'k' });
    await consumeQuota(context, { feature: 'api_calls', quantity: 7n });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 5n, idempotencyKey: 'k' })).toEqual(first);
    await expect(consumeQuota(context, { feature: 'api_calls', quantity: 6n, idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(consumeQuota(context, { feature: 'tokens', quantity: 5n, idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const [quota] = await remainingQuota(context, 'api_calls');
    expect(quota?.used).toBe(12n);
  });

  it('never passes the limit when many callers ask at once', async () => {
    const { context } = await customer('free');
    const answers = await Promise.all(Array.from({ length: 250 }, () => consumeQuota(context, { feature: 'api_calls' })));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100);
  });
});

/** What an upgrade or downgrade does to the limits: the subscription moves to another plan. */
async function moveToPlan(context: Context, planKey: string): Promise<void> {
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const plan = (await listPlans(context)).find(({ key }) => key === planKey);
    const price = plan?.prices.find((one) => one.currency === 'USD' && one.interval === 'month');
    if (!plan || !price) throw new Error(`The catalog has no ${planKey}.`);
    await updateSubscription(transaction, { ...(await requireSubscription(context)), plan, price });
  });
}

describe('a change of plan', () => {
  it('holds for the next decision, though this process knows the older terms', async () => {
    const { context } = await customer('free');
    await consumeQuota(context, { feature: 'api_calls', quantity: 100n });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, limit: 100n });
    await moveToPlan(context, 'pro');
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: true, used: 101n, limit: 10_000n });
    await moveToPlan(context, 'free');
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 101n, limit: 100n, remaining: 0n, overage: 1n });
    expect((await remainingQuota(context, 'api_calls'))[0]).toMatchObject({ limit: 100n, used: 101n });
  });

  it('in mid-flight lets nobody take more than the smaller limit once it is acknowledged', async () => {
    const { context } = await customer('pro');
    await consumeQuota(context, { feature: 'api_calls', quantity: 50n });
    let downgraded = false;
    const late: boolean[] = [];
    const callers = Array.from({ length: 32 }, async () => {
      for (let call = 0; call < 40; call += 1) {
        const startedAfter = downgraded;
        const { allowed, used } = await consumeQuota(context, { feature: 'api_calls' });
        if (startedAfter && allowed) late.push((used ?? 0n) > 100n);
      }
    });
    const change = moveToPlan(context, 'free').then(() => {
      downgraded = true;
    });
    await Promise.all([...callers, change]);
    expect(late).not.toContain(true);
  });

  it('in mid-flight refuses nobody once the larger limit is acknowledged, and counts each accepted call once', async () => {
    const { context } = await customer('free');
    await consumeQuota(context, { feature: 'api_calls', quantity: 90n });
    let upgraded = false;
    let accepted = 90n;
    let refusedBefore = 0;
    const refusedAfter: (string | null)[] = [];
    const callers = Array.from({ length: 32 }, async () => {
      // Until each has asked some time after the change, however long it takes.
      for (let calls = 0; calls < 10; ) {
        const startedAfter = upgraded;
        const { allowed, reason, used } = await consumeQuota(context, { feature: 'api_calls' });
        if (startedAfter) calls += 1;
        if (allowed) accepted += 1n;
        else if (startedAfter) refusedAfter.push(reason);
        else refusedBefore += 1;
        expect(used).toBeLessThanOrEqual(10_000n);
      }
    });
    while (refusedBefore === 0) await new Promise(setImmediate);
    await moveToPlan(context, 'pro');
    upgraded = true;
    await Promise.all(callers);
    expect(refusedAfter).toEqual([]);
    expect((await remainingQuota(context, 'api_calls'))[0]).toMatchObject({ limit: 10_000n, used: accepted });
  });

  it('pauses, ends and begins: each is answered with its reason', async () => {
    const { context } = await seedAccount(sellerId, now);
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, reason: 'no_subscription', limit: null, used: 0n });
    await createSubscription(context, { planKey: 'free', interval: 'month' });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: true });
    await inTransaction(async (transaction) => {
      await lockAccount(transaction, context.accountId);
      await updateSubscription(transaction, { ...(await requireSubscription(context)), status: 'paused' });
    });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, reason: 'subscription_paused' });
  });
});

describe('what a plan grants besides', () => {
  it('answers levels, switches, lists and unknown features', async () => {
    const { context } = await customer('pro');
    expect(await checkQuota(context, { feature: 'agent_seats', quantity: 10n })).toMatchObject({ allowed: true, limit: 10n, used: 0n, resetsAt: null });
    expect(await checkQuota(context, { feature: 'agent_seats', quantity: 11n })).toMatchObject({ allowed: false, reason: 'limit_reached' });
    expect(await checkQuota(context, { feature: 'priority_support' })).toMatchObject({ allowed: false, reason: 'feature_not_included' });
    expect(await checkQuota(context, { feature: 'models', value: 'demo-large' })).toMatchObject({ allowed: true });
    expect(await checkQuota(context, { feature: 'models', value: 'demo-reasoning' })).toMatchObject({ allowed: false, reason: 'not_on_list' });
    await expect(checkQuota(context, { feature: 'nothing' })).rejects.toMatchObject({ code: 'unknown_feature' });
    await expect(consumeQuota(context, { feature: 'members' })).rejects.toMatchObject({ code: 'feature_not_metered' });
  });

  it('lets overage run past the limit and tells it apart', async () => {
    const { context } = await customer('pro');
    expect(await consumeQuota(context, { feature: 'tokens', quantity: 1_000_250n })).toMatchObject({ allowed: true, policy: 'overage', used: 1_000_250n, remaining: 0n, overage: 250n });
  });
});

describe('periods', () => {
  it('begins anew at the border and answers an old key as of then', async () => {
    const { context, clock } = await customer('free');
    clock.set(new Date('2026-02-15T09:59:59.999Z'));
    const last = await consumeQuota(context, { feature: 'api_calls', quantity: 100n, idempotencyKey: 'last' });
    clock.set(new Date('2026-02-15T10:00:00.000Z'));
    expect(await consumeQuota(context, { feature: 'api_calls', idempotencyKey: 'first' })).toMatchObject({ allowed: true, used: 1n, resetsAt: new Date('2026-03-15T10:00:00Z') });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 100n, idempotencyKey: 'last' })).toEqual(last);
  });

  it('moves no border and grants nothing anew when the time zone changes', async () => {
    const { context, clock } = await customer('free');
    clock.set(new Date('2026-04-15T09:30:00.000Z'));
    await consumeQuota(context, { feature: 'api_calls', quantity: 100n });
    await database().account.update({ where: { id: context.accountId }, data: { timeZone: 'Europe/London' } });
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: false, resetsAt: new Date('2026-04-15T10:00:00Z') });
  });
});

describe('large numbers', () => {
  it('stays exact past 2^53 and never wraps', async () => {
    const { context } = await customer('pro');
    const large = 2n ** 53n + 1n;
    expect(await consumeQuota(context, { feature: 'tokens', quantity: large, idempotencyKey: 'large' })).toMatchObject({ used: large });
    expect(await consumeQuota(context, { feature: 'tokens', quantity: 2n })).toMatchObject({ used: large + 2n });
    await expect(consumeQuota(context, { feature: 'tokens', quantity: 2n ** 63n - 1n })).rejects.toMatchObject({ code: 'counter_overflow' });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 2n ** 63n - 1n })).toMatchObject({ allowed: false, used: 0n });
  });
});

describe('the engine', () => {
  async function items(context: Context, count: number, change: (index: number) => Partial<ConsumeItem> = () => ({})): Promise<ConsumeItem[]> {
    await remainingQuota(context);
    const counter = await database().quotaCounter.findFirstOrThrow({ where: { accountId: context.accountId, featureKey: 'api_calls' } });
    return Array.from({ length: count }, (_, index) => ({
      operation: 'consume' as const, id: eventId(context.accountId, `item-${index}`, now), keyText: `item-${index}`, counterId: Number(counter.id), quantity: 1n, ceiling: null, limit: null,
      termsVersion: null, occurredAt: now, recordedAt: now, hour: Math.floor(now.getTime() / 3_600_000) * 60, day: Math.floor(now.getTime() / 86_400_000), dimensions: {}, ...change(index),
    }));
  }

  it('records the others of a batch when the database refuses one of them', async () => {
    const { context } = await customer('free');
    const engine = new QuotaEngine(test.url);
    const batch = await items(context, 20, (index) => (index === 7 ? { dimensions: { model: 'a\u0000b' } } : {}));
    const outcomes = await Promise.allSettled(batch.map((item) => engine.submit('api_calls', item)));
    expect(outcomes.map(({ status }) => status)).toEqual(batch.map((_, index) => (index === 7 ? 'rejected' : 'fulfilled')));
    expect((await remainingQuota(context, 'api_calls'))[0]?.used).toBe(19n);
    await engine.drain();
    await expect(engine.submit('api_calls', batch[7] as ConsumeItem)).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('says "try again" when the database is away', async () => {
    const engine = new QuotaEngine('postgresql://nobody@127.0.0.1:1/nothing');
    const { context } = await customer('free');
    const [item] = await items(context, 1);
    await expect(engine.submit('api_calls', item as ConsumeItem)).rejects.toMatchObject({ code: 'overloaded' });
    await engine.drain();
  });

  it('lets one of two servers win that use a key for two features at once', async () => {
    const { context } = await customer('pro');
    await remainingQuota(context);
    const counters = await database().quotaCounter.findMany({ where: { accountId: context.accountId }, orderBy: { id: 'asc' } });
    const servers = [new QuotaEngine(test.url), new QuotaEngine(test.url)];
    const sent = await items(context, 60);
    const verdicts = await Promise.all(
      servers.flatMap((server, index) =>
        sent.map(async (item) => (await server.submit(`feature ${index}`, { ...item, counterId: Number(counters[index]?.id) })).verdict),
      ),
    );
    expect(verdicts.filter((verdict) => verdict === 'recorded')).toHaveLength(60);
    expect(verdicts.filter((verdict) => verdict === 'key_reused')).toHaveLength(60);
    for (const server of servers) await server.drain();
  });

  it('adds up hours as they close, late ones too', async () => {
    const { context } = await customer('free');
    const engine = new QuotaEngine(test.url);
    const hour = Math.floor(now.getTime() / 3_600_000) * 60;
    for (const item of await items(context, 12, (index) => ({ hour: hour + [0, 60, 0, 120, 60, 120][index % 6]!, quantity: BigInt(index + 1) }))) {
      await engine.submit('api_calls', item);
    }
    const rows = await database().$queryRaw<{ hour: Date; quantity: bigint; events: bigint }[]>`
      SELECT hour, sum(quantity)::bigint AS quantity, sum(events)::bigint AS events FROM (
        SELECT hour, quantity, events FROM usage_hour WHERE account_id = ${context.accountId}
        UNION ALL SELECT hour, hour_quantity, hour_events FROM quota_counter WHERE account_id = ${context.accountId} AND hour IS NOT NULL
      ) h GROUP BY hour ORDER BY hour`;
    expect(rows.map(({ quantity, events }) => [quantity, events])).toEqual([
      [1n + 3n + 7n + 9n, 4n],
      [2n + 5n + 8n + 11n, 4n],
      [4n + 6n + 10n + 12n, 4n],
    ]);
    await engine.drain();
  });
});
