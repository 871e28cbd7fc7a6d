import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import type { PlannedCall } from '@/lib/testing/quota-load';
import { createSubscription } from '../../subscriptions/create-subscription';
import { consumeQuota } from '../consume-quota';
import { drainQuotaEngine } from '../engine/engine';
import { remainingQuota } from '../remaining-quota';
import { accountTerms, forgetTerms } from '../terms';

const test = useTestDatabase();
const now = new Date('2026-03-10T12:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(planKey: string | null, timeZone = 'UTC'): Promise<Context> {
  const { context } = await seedAccount(sellerId, now, { timeZone });
  if (planKey) await createSubscription(context, { planKey, interval: 'month' });
  return context;
}

const customers = async (count: number, planKey: string): Promise<Context[]> => {
  const all: Context[] = [];
  for (let index = 0; index < count; index += 1) all.push(await customer(planKey));
  return all;
};

const daysFromNow = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const override = ({ accountId }: Context, limitQuantity: bigint) =>
  database().quotaOverride.create({ data: { id: newId('acc'), accountId, featureKey: 'api_calls', limitQuantity, createdAt: now } });
const boost = ({ accountId }: Context, quantity: bigint, startsAt: Date, endsAt: Date) =>
  database().quotaBoost.create({ data: { id: newId('acc'), accountId, featureKey: 'api_calls', quantity, startsAt, endsAt, createdAt: now } });
const cap = ({ accountId }: Context, amountMinor: bigint) =>
  database().spendCap.create({ data: { accountId, amountMinor, currency: 'USD', createdAt: now, updatedAt: now } });

/** Holds the account's lock, having done the work under it, until it is let go. */
async function hold(context: Context, work: () => Promise<unknown> = () => Promise.resolve()) {
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => (letGo = resolve));
  let done = Promise.resolve();
  await new Promise<void>((locked, failed) => {
    done = inTransaction(async (transaction) => {
      await lockAccount(transaction, context.accountId);
      await work();
      locked();
      await released;
    });
    done.catch(failed);
  });
  return async () => {
    letGo();
    await done;
  };
}

describe('accounts that are asked for at once, for the first time', () => {
  it('each have what is theirs, as if they were asked for alone', async () => {
    const kinds: { planKey: string | null; timeZone?: string; prepare?: (context: Context) => Promise<unknown>; limit: bigint | null }[] = [
      { planKey: 'free', limit: 100n },
      { planKey: 'pro', timeZone: 'Asia/Shanghai', limit: 10_000n },
      { planKey: 'enterprise', timeZone: 'America/New_York', limit: 1_000_000n },
      { planKey: null, timeZone: 'Europe/Berlin', limit: null },
      { planKey: 'free', timeZone: 'Australia/Lord_Howe', prepare: (context) => override(context, 7n), limit: 7n },
      { planKey: 'free', prepare: (context) => boost(context, 50n, daysFromNow(-1), daysFromNow(1)), limit: 150n },
      { planKey: 'free', prepare: (context) => boost(context, 50n, daysFromNow(1), daysFromNow(2)), limit: 100n },
      { planKey: 'enterprise', prepare: (context) => cap(context, 500n), limit: 1_000_000n },
    ];
    const accounts: { context: Context; limit: bigint | null }[] = [];
    for (const { planKey, timeZone, prepare, limit } of [...kinds, ...kinds, ...kinds]) {
      const context = await customer(planKey, timeZone);
      await prepare?.(context);
      accounts.push({ context, limit });
    }
    const together = await Promise.all(accounts.map(({ context }) => accountTerms(context, now)));
    together.forEach((terms, index) => {
      const { context, limit } = accounts[index]!;
      expect(terms.accountId).toBe(context.accountId);
      expect(terms.grants.get('api_calls')?.limit).toBe(limit);
      expect(terms.counters.get('api_calls')?.limit).toBe(limit);
      expect(terms.spend.size > 0).toBe(index % kinds.length === 7);
    });
    forgetTerms();
    for (const [index, { context }] of accounts.entries()) expect(await accountTerms(context, now)).toEqual(together[index]);

    const counters = await database().quotaCounter.findMany({ where: { accountId: { in: accounts.map(({ context }) => context.accountId) } } });
    expect(counters).toHaveLength(accounts.length * (together[0]?.counters.size ?? 0));
    const shanghai = together[1]?.counters.get('api_calls');
    expect(shanghai?.period.start).toEqual(now);
    expect(together[3]?.grants.get('api_calls')?.refusal).toBe('no_subscription');
    expect(together[3]?.period).toEqual({ start: new Date('2026-02-28T23:00:00Z'), end: new Date('2026-03-31T22:00:00Z') });
  });

  it('share what their plan grants, and what one has besides is its own', async () => {
    const [one, other, boosted] = [await customer('pro'), await customer('pro'), await customer('pro')];
    await boost(boosted, 5n, daysFromNow(-1), daysFromNow(1));
    const [first, second, third] = await Promise.all([one, other, boosted].map((context) => accountTerms(context, now)));
    expect(second?.grants).toBe(first?.grants);
    expect(third?.grants.get('api_calls')?.limit).toBe(10_005n);
    expect(first?.grants.get('api_calls')?.limit).toBe(10_000n);
    expect(third?.grants.get('tokens')).toBe(first?.grants.get('tokens'));
  });

  it('are opened once by two servers, and every unit counts', { timeout: 60_000 }, async () => {
    const accounts = (await customers(60, 'pro')).map(({ accountId }) => accountId);
    const serve = (order: readonly string[], server: string): Promise<number | null> => {
      const calls = order.map((accountId): PlannedCall => ({ kind: 'consume', accountId, feature: 'api_calls', quantity: 1, key: `${server} ${accountId}` }));
      const child = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/quota-load.ts'], {
        env: { ...process.env, DATABASE_URL: test.url }, stdio: ['pipe', 'ignore', 'inherit'],
      });
      child.stdin.end(JSON.stringify({ now: now.toISOString(), callers: 64, calls }));
      return new Promise((resolve) => child.on('close', resolve));
    };
    expect(await Promise.all([serve(accounts, 'one'), serve([...accounts].reverse(), 'two')])).toEqual([0, 0]);
    const counters = await database().quotaCounter.groupBy({ by: ['accountId'], where: { accountId: { in: accounts } }, _count: true, _sum: { used: true } });
    expect(counters.map(({ _count, _sum }) => [_count, _sum.used])).toEqual(accounts.map(() => [11, 2n]));
  });

  it('hurt no other when one of them cannot be read', async () => {
    const bad = await customer('free');
    await database().account.update({ where: { id: bad.accountId }, data: { timeZone: 'Nowhere/At_All' } });
    const good = await customers(20, 'free');
    const [refused, ...answers] = await Promise.allSettled([bad, ...good].map((context) => consumeQuota(context, { feature: 'api_calls' })));
    expect(refused?.status).toBe('rejected');
    expect(answers.map((answer) => answer.status === 'fulfilled' && answer.value.allowed)).toEqual(good.map(() => true));
    await expect(accountTerms({ ...bad, accountId: newId('acc') }, now)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an account that somebody has locked', () => {
  it('holds up no other, and is answered when it is free', async () => {
    const locked = await customers(8, 'free');
    const others = await customers(40, 'free');
    const releases = [];
    for (const context of locked) releases.push(await hold(context));
    let answered = 0;
    const waiting = locked.map(async (context) => {
      await consumeQuota(context, { feature: 'api_calls' });
      answered += 1;
    });
    const free = await Promise.all(others.map((context) => remainingQuota(context, 'api_calls')));
    expect(free.map(([quota]) => quota?.limit)).toEqual(others.map(() => 100n));
    expect(answered).toBe(0);
    for (const release of releases) await release();
    await Promise.all(waiting);
    expect(answered).toBe(locked.length);
  });

  it('is answered by what was changed under the lock', async () => {
    const { context } = await seedSubscriber(sellerId, { api_calls: { limit: 10n } }, now);
    const release = await hold(context, () => override(context, 3n));
    const answer = consumeQuota(context, { feature: 'api_calls', quantity: 5n });
    // Another account is read meanwhile, so the first has been passed by.
    await remainingQuota(await customer('free'));
    await release();
    expect(await answer).toMatchObject({ allowed: false, limit: 3n });
  });

  it('is asked to come again when that takes too long', { timeout: 20_000 }, async () => {
    const context = await customer('free');
    const release = await hold(context);
    await expect(consumeQuota(context, { feature: 'api_calls' })).rejects.toMatchObject({ code: 'overloaded' });
    await release();
    expect(await consumeQuota(context, { feature: 'api_calls' })).toMatchObject({ allowed: true });
  });
});

describe('a plan that the process keeps', () => {
  it('is read again when a row of it has changed, whoever changed it', async () => {
    const { context } = await seedSubscriber(sellerId, { api_calls: { limit: 10n, rates: [{ window: 'minute', quantity: 8n }] } }, now);
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 9n })).toMatchObject({ allowed: false, reason: 'rate_limited' });
    const { subscription } = await accountTerms(context, now);
    const ofPlan = { planVersionId: subscription?.plan.versionId };
    await database().entitlementRate.updateMany({ where: { entitlement: ofPlan }, data: { quantity: 20n } });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 9n })).toMatchObject({ allowed: true, limit: 10n });
    await database().entitlement.updateMany({ where: ofPlan, data: { limitQuantity: 11n } });
    expect(await consumeQuota(context, { feature: 'api_calls', quantity: 2n })).toMatchObject({ allowed: true, limit: 11n, used: 11n });
  });

  it('tells a name that was changed in place', async () => {
    const before = await customer('pro');
    const plan = (await accountTerms(before, now)).subscription?.plan;
    await database().plan.update({ where: { key: 'pro' }, data: { nameEn: 'Professional' } });
    const after = (await accountTerms(await customer('pro'), now)).subscription?.plan;
    expect([plan?.name.en, after?.name.en]).toEqual(['Pro', 'Professional']);
  });
});
