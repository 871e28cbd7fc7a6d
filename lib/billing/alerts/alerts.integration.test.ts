import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPerson } from '@/lib/auth/people';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { startReceiver } from '@/lib/testing/receiver';
import { deliverDue } from '@/lib/webhooks/outbox/deliver';
import { createEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { addMember } from '../accounts/add-member';
import type { MemberRole } from '../accounts/account';
import { consumeQuota } from '../quota/consume-quota';
import { setLevel } from '../quota/set-level';
import { recordUsage } from '../usage/record-usage';
import { createSubscription } from '../subscriptions/create-subscription';
import { listAlerts, markAlertsRead } from './list-alerts';
import { listViolations } from './list-violations';
import { raiseAlerts } from './raise-alerts';
import { setThresholds } from './thresholds';

useTestDatabase();
const start = new Date('2026-03-02T10:00:00Z');
const day = 86_400_000;

let sellerId: string;
beforeAll(async () => {
  sellerId = await seedSeller(start);
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An account on the free plan: 100 API calls and 10 000 tokens a month. */
async function customer(): Promise<{ context: Context; clock: FixedClock }> {
  const { context, clock } = await seedAccount(sellerId, start);
  await createSubscription(context, { planKey: 'free', interval: 'month' });
  return { context, clock };
}

let keys = 0;
async function use(context: Context, feature: string, quantity: bigint): Promise<void> {
  const [receipt] = await recordUsage(context, [{ feature, quantity, idempotencyKey: `use-${(keys += 1)}` }]);
  expect(receipt).toMatchObject({ status: 'recorded' });
}

const raised = async (context: Context) => (await listAlerts(context, { page: 1, pageSize: 100 })).items.map(({ feature, percent }) => `${feature} ${percent}`).sort();

async function member(context: Context, role: MemberRole, language: 'en' | 'zh'): Promise<string> {
  const email = `${role}.${context.accountId}@demo.example`.toLowerCase();
  await addMember(context, { userId: await createPerson({ email, name: `Demo ${role}`, language }, context.clock), role });
  return email;
}

describe('an alert', () => {
  it('is raised at 50, 80 and 100 percent, each once a period, however much is used and however often it is looked', async () => {
    const { context, clock } = await customer();
    await use(context, 'api_calls', 49n);
    await raiseAlerts(clock);
    expect(await raised(context)).toEqual([]);
    await use(context, 'api_calls', 1n);
    await raiseAlerts(clock);
    await raiseAlerts(clock);
    expect(await raised(context)).toEqual(['api_calls 50']);
    await use(context, 'api_calls', 29n);
    await use(context, 'api_calls', 300n);
    await raiseAlerts(clock);
    expect(await raised(context)).toEqual(['api_calls 100', 'api_calls 50', 'api_calls 80']);
    await use(context, 'api_calls', 300n);
    await raiseAlerts(clock);
    expect(await raised(context)).toHaveLength(3);
    const { items } = await listAlerts(context, { feature: 'api_calls', page: 1, pageSize: 1 });
    expect(items[0]).toMatchObject({ percent: 100, used: 379n, limit: 100n, resetsAt: new Date('2026-04-02T10:00:00Z'), readAt: null });
  });

  it('is raised anew in the next period', async () => {
    const { context, clock } = await customer();
    await use(context, 'api_calls', 60n);
    await raiseAlerts(clock);
    clock.set(new Date('2026-04-03T00:00:00Z'));
    await use(context, 'api_calls', 55n);
    await raiseAlerts(clock);
    expect(await raised(context)).toEqual(['api_calls 50', 'api_calls 50']);
  });

  it('is raised once by two workers at once', async () => {
    const { context, clock } = await customer();
    await use(context, 'api_calls', 90n);
    await use(context, 'tokens', 6_000n);
    const results = await Promise.all(Array.from({ length: 6 }, () => raiseAlerts(clock)));
    expect(results.reduce((sum, one) => sum + one.raised, 0)).toBe(3);
    expect(await raised(context)).toEqual(['api_calls 50', 'api_calls 80', 'tokens 50']);
  });

  it('reaches people by mail in their language, one mail about the highest, and products by webhook', async () => {
    const { context, clock } = await customer();
    const owner = await member(context, 'owner', 'en');
    const billing = await member(context, 'billing', 'zh');
    await member(context, 'developer', 'en');
    const receiver = await startReceiver(() => 200);
    stops.push(receiver.stop);
    await createEndpoint(context, { url: receiver.url, description: '', events: ['quota.threshold_reached'], enabled: true });
    await use(context, 'api_calls', 85n);
    await raiseAlerts(clock);
    await deliverDue(clock);

    const mail = await database().mail.findMany({ where: { recipient: { contains: context.accountId.toLowerCase() } }, orderBy: { recipient: 'asc' } });
    expect(mail.map(({ recipient, subject }) => [recipient, subject])).toEqual([
      [billing, 'Demo Customer：API 调用已使用 80%'],
      [owner, 'Demo Customer: 80% of API calls used'],
    ]);
    expect(mail[1]?.text).toContain('85 of 100');
    const told = receiver.received.map(({ body }) => JSON.parse(body) as { type: string; data: object });
    expect(told.sort((one, other) => JSON.stringify(one.data).localeCompare(JSON.stringify(other.data))).map(({ type }) => type)).toEqual(Array(2).fill('quota.threshold_reached'));
    expect(told.map(({ data }) => data)).toEqual(expect.arrayContaining([50, 80].map((percent) => expect.objectContaining({ feature: 'api_calls', percent, used: 85, limit: 100 }))));
  });

  it('is marked as read, one or all', async () => {
    const { context, clock } = await customer();
    await use(context, 'api_calls', 100n);
    await raiseAlerts(clock);
    const { items, unread } = await listAlerts(context, { page: 1, pageSize: 10 });
    expect([unread, items.length]).toEqual([3, 3]);
    await markAlertsRead(context, items[0]?.id);
    await markAlertsRead(context, items[0]?.id);
    expect(await listAlerts(context, { page: 1, pageSize: 10, unread: true })).toMatchObject({ unread: 2, total: 2 });
    await markAlertsRead(context);
    expect(await listAlerts(context, { page: 1, pageSize: 10 })).toMatchObject({ unread: 0, total: 3 });
    await expect(markAlertsRead(context, 'alert_none')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of a level ends when the level is back below, and may come again a day later', async () => {
    const { context, clock } = await customer();
    const reach = async (level: bigint) => {
      expect(await setLevel(context, { feature: 'documents', move: { set: level } })).toMatchObject({ allowed: true });
      await raiseAlerts(clock);
    };
    await reach(16n);
    expect(await raised(context)).toEqual(['documents 50', 'documents 80']);
    await reach(15n);
    await reach(16n);
    expect(await raised(context)).toHaveLength(2);
    clock.set(new Date(start.getTime() + day + 1));
    await reach(15n);
    await reach(18n);
    expect(await raised(context)).toEqual(['documents 50', 'documents 80', 'documents 80']);
    expect((await listAlerts(context, { page: 1, pageSize: 1 })).items[0]).toMatchObject({ resetsAt: null });
  });
});

describe('thresholds', () => {
  it('are raised at once when they are passed already, and no others', async () => {
    const { context, clock } = await customer();
    await use(context, 'api_calls', 60n);
    await use(context, 'tokens', 9_500n);
    await setThresholds(context, { everyFeature: [55, 300], features: [{ feature: 'tokens', percents: [] }] });
    await raiseAlerts(clock);
    expect(await raised(context)).toEqual(['api_calls 55']);
    await use(context, 'api_calls', 240n);
    await raiseAlerts(clock);
    expect(await raised(context)).toEqual(['api_calls 300', 'api_calls 55']);
  });

  it('are kept in order, without doubles, and audited', async () => {
    const { context } = await customer();
    expect(await setThresholds(context, { everyFeature: [90, 10, 90], features: [{ feature: 'tokens', percents: [100] }] })).toEqual({
      everyFeature: [10, 90],
      features: [{ feature: 'tokens', percents: [100] }],
    });
    await setThresholds(context, { everyFeature: [10, 90], features: [{ feature: 'tokens', percents: [100] }] });
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'quota_thresholds.changed' } })).toBe(1);
    await expect(setThresholds(context, { everyFeature: [], features: [{ feature: 'unknown', percents: [] }] })).rejects.toMatchObject({ code: 'unknown_feature' });
  });
});

describe('refused calls', () => {
  it('are counted as they are refused, and take nothing', async () => {
    const { context } = await customer();
    for (const quantity of [101n, 500n]) expect(await consumeQuota(context, { feature: 'api_calls', quantity })).toMatchObject({ allowed: false });
    const { items, total } = await listViolations(context, { from: '2026-03-02', to: '2026-03-02', page: 1, pageSize: 10 });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ feature: 'api_calls', reason: 'limit_reached', calls: 2n, quantity: 601n, firstAt: start, lastAt: start });
  });

  it('are listed by hour and added up, of the days, feature and reason asked for', async () => {
    const { context } = await customer();
    const at = (text: string) => new Date(text);
    const row = (featureKey: string, hour: string, reason: string, calls: bigint) => ({
      accountId: context.accountId, featureKey, hour: at(hour), reason, calls, quantity: calls * 2n, firstAt: at(hour), lastAt: at(hour),
    });
    await database().quotaViolation.createMany({
      data: [
        row('api_calls', '2026-03-01T23:00:00Z', 'limit_reached', 3n),
        row('api_calls', '2026-03-02T00:00:00Z', 'limit_reached', 5n),
        row('tokens', '2026-03-02T23:00:00Z', 'rate_limited', 7n),
        row('tokens', '2026-03-03T00:00:00Z', 'limit_reached', 11n),
      ],
    });
    const days = { from: '2026-03-02', to: '2026-03-02', page: 1, pageSize: 1 };
    expect(await listViolations(context, days)).toMatchObject({ total: 2, calls: 12n, quantity: 24n, items: [{ feature: 'tokens', reason: 'rate_limited', calls: 7n }] });
    expect(await listViolations(context, { ...days, feature: 'api_calls' })).toMatchObject({ total: 1, calls: 5n });
    expect(await listViolations(context, { ...days, reason: 'limit_reached' })).toMatchObject({ total: 1, calls: 5n });
    await expect(listViolations(context, { ...days, feature: 'unknown' })).rejects.toMatchObject({ code: 'unknown_feature' });
  });
});
