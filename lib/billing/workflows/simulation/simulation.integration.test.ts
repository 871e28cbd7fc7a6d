import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { callApi } from '@/lib/testing/api';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { addTestMethod, ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { as } from '@/lib/testing/contract-call';
import { keyFor } from '@/lib/testing/two-customers';
import { clockFor } from '../../accounts/test-clocks/account-clock';
import { createTestClock, getTestClock } from '../../accounts/test-clocks/create-test-clock';
import { setAutomaticTopUp } from '../../credits/automatic/set-automatic-top-up';
import { giveCredit } from '../../credits/give-credit';
import { getCredit } from '../../credits/list-credit';
import { setPaymentGateways } from '../../payments/configured-gateway';
import { consumeQuota } from '../../quota/consume-quota';
import { drainQuotaEngine } from '../../quota/engine/engine';
import { reserveQuota } from '../../quota/reservations/reserve-quota';
import { cancelSubscription } from '../../subscriptions/cancel-subscription';
import { createSubscription } from '../../subscriptions/create-subscription';
import { getSubscription } from '../../subscriptions/get-subscription';
import { recordUsage } from '../../usage/record-usage';
import { closeDuePeriods } from '../billing-run/close-due-periods';
import { performPayments } from '../collect-payment/perform-payments';
import { retryDueDunnings } from '../dunning/retry-due';
import { pauseSubscription } from '../pause/pause';
import { subscribe } from '../subscribe';
import { advanceTestClock } from './advance-test-clock';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(() => setPaymentGateways([]));
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

const realTime = new FixedClock(start);

/** A customer who lives by a test clock, and the context of a request at any of its moments. */
async function simulated() {
  const { context } = await seedAccount(sellerId, start);
  const { id } = await createTestClock(context, { name: 'A year' });
  const now = async (): Promise<Context> => ({ ...context, clock: await clockFor(context.accountId, realTime) });
  const advance = (to: string) => advanceTestClock(context, id, new Date(to));
  return { id, now, advance, method: await addTestMethod(context), accountId: context.accountId };
}

const invoicesOf = async (accountId: string) =>
  (await database().invoice.findMany({ where: { accountId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: { lines: { orderBy: { position: 'asc' } } } })).map(
    ({ issuedAt, totalMinor, status, paidAt, lines }) => [issuedAt?.toISOString().slice(0, 10), lines.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`).join(', '), totalMinor, status, paidAt?.toISOString().slice(0, 10)],
  );

describe('a year in the life of a customer', () => {
  it('ends a pause on its day', async () => {
    const { now, advance } = await simulated();
    await subscribe(await now(), { planKey: 'pro', interval: 'month' });
    await pauseSubscription(await now(), { unusedRest: 'kept', resumesAt: new Date('2026-02-10T09:00:00Z') });
    const { steps } = await advance('2026-02-20T00:00:00Z');
    expect(steps).toMatchObject([{ at: start }, { at: new Date('2026-02-10T09:00:00Z'), resumed: 1, periodsClosed: 0 }]);
    // Ten days later than without the pause.
    expect(await getSubscription(await now())).toMatchObject({ status: 'active', currentPeriod: { end: new Date('2026-03-10T09:00:00Z') } });
  });

  it('passes in seconds: trial, renewals, overage, a failed payment, dunning, recovery, cancellation; every invoice as it should be', async () => {
    const { now, advance, method, accountId } = await simulated();
    await createSubscription(await now(), { planKey: 'pro', interval: 'month' });
    await database().subscription.updateMany({ where: { accountId }, data: { status: 'trialing' } });
    gateway.script(method, 'succeeded', 'succeeded', 'succeeded', 'declined', 'declined', 'succeeded');

    await advance('2026-02-20T00:00:00Z');
    expect(await invoicesOf(accountId)).toEqual([]);
    expect(await getSubscription(await now())).toMatchObject({ status: 'trialing' });
    // The trial ends on 28 February. In March 6 100 messages are used, 1 100 past the limit, at 0.01.
    const { steps } = await advance('2026-03-15T12:00:00Z');
    expect(steps).toEqual([{ at: new Date('2026-02-28T09:00:00Z'), resumed: 0, periodsClosed: 1, paymentsRetried: 0, charged: 1, reservationsExpired: 0, creditExpired: 0, creditBought: 0 }]);
    expect(await consumeQuota(await now(), { feature: 'ai_chat', quantity: 6_100n })).toMatchObject({ allowed: true, overage: 1_100n, resetsAt: new Date('2026-03-31T09:00:00Z') });
    // On 31 May the charge fails, and again on day 1; on day 3 it goes through.
    await advance('2026-06-01T00:00:00Z');
    expect(await getSubscription(await now())).toMatchObject({ status: 'past_due' });
    await advance('2026-06-02T12:00:00Z');
    expect(await getSubscription(await now())).toMatchObject({ status: 'past_due' });
    await advance('2026-06-20T00:00:00Z');
    expect(await getSubscription(await now())).toMatchObject({ status: 'active' });

    await advance('2026-11-10T00:00:00Z');
    await cancelSubscription(await now());
    await advance('2027-01-31T09:00:00Z');
    expect(await getSubscription(await now())).toMatchObject({ plan: { key: 'free' }, status: 'active', startedAt: new Date('2026-11-30T09:00:00Z') });

    const month = 'subscription 2999';
    expect(await invoicesOf(accountId)).toEqual([
      ['2026-02-28', month, 2_999n, 'paid', '2026-02-28'],
      ['2026-03-31', `${month}, usage 1100`, 4_099n, 'paid', '2026-03-31'],
      ['2026-04-30', month, 2_999n, 'paid', '2026-04-30'],
      ['2026-05-31', month, 2_999n, 'paid', '2026-06-03'],
      ['2026-06-30', month, 2_999n, 'paid', '2026-06-30'],
      ['2026-07-31', month, 2_999n, 'paid', '2026-07-31'],
      ['2026-08-31', month, 2_999n, 'paid', '2026-08-31'],
      ['2026-09-30', month, 2_999n, 'paid', '2026-09-30'],
      ['2026-10-31', month, 2_999n, 'paid', '2026-10-31'],
    ]);
    expect(await gateway.collected()).toBe(9n * 2_999n + 1_100n);
    const audit = await database().auditEntry.findMany({ where: { accountId, action: { startsWith: 'subscription.' } }, orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }], select: { action: true } });
    expect([...new Set(audit.map(({ action }) => action))]).toEqual([
      'subscription.created', 'subscription.renewed', 'subscription.past_due', 'subscription.recovered', 'subscription.cancellation_scheduled', 'subscription.ended',
    ]);
  }, 60_000);

  it('does not depend on the steps in which it passes', async () => {
    const lives = [];
    for (const stops of [['2026-08-15T00:00:00Z'], ['2026-02-28T09:00:00Z', '2026-03-31T08:59:59Z', '2026-04-01T00:00:00Z', '2026-05-04T00:00:00Z', '2026-08-15T00:00:00Z']]) {
      const { now, advance, method, accountId } = await simulated();
      await subscribe(await now(), { planKey: 'pro', interval: 'month' });
      gateway.script(method, 'succeeded', 'declined', 'succeeded', 'declined');
      for (const stop of stops) await advance(stop);
      lives.push({ invoices: await invoicesOf(accountId), subscription: (await getSubscription(await now()))?.plan.key });
    }
    expect(lives[0]).toEqual(lives[1]);
    expect(lives[0]).toMatchObject({ subscription: 'free' });
  });
});

describe('a test clock', () => {
  it('ends reservations at their moment, and the jobs of real time leave its account alone', async () => {
    const { now, advance, accountId, method } = await simulated();
    await subscribe(await now(), { planKey: 'pro', interval: 'month' });
    gateway.script(method, 'declined');
    await reserveQuota(await now(), { feature: 'api_calls', quantity: 5n, expiresInSeconds: 60 });
    const later = new FixedClock(new Date('2027-06-01T00:00:00Z'));
    await closeDuePeriods(later);
    await performPayments(later);
    await retryDueDunnings(later);
    expect((await getSubscription(await now()))?.periodIndex).toBe(0);
    expect(gateway.asked).toBe(0);
    const { steps } = await advance('2026-01-31T09:05:00Z');
    expect(steps).toMatchObject([{ at: start, charged: 1 }, { at: new Date('2026-01-31T09:01:00Z'), reservationsExpired: 1 }]);
    expect(await database().quotaReservation.count({ where: { status: 'expired' } })).toBe(1);
    expect(await database().dunning.count({ where: { accountId } })).toBe(1);
  });

  it('lets credit run out at its moment, and buys some by itself then', async () => {
    const { now, advance } = await simulated();
    await giveCredit(await now(), { amountMinor: 900n, expiresAt: new Date('2026-02-10T00:00:00Z'), note: '' });
    await setAutomaticTopUp(await now(), { enabled: true, thresholdMinor: 500n, amountMinor: 2_000n, monthlyCeilingMinor: 2_000n });
    const { steps } = await advance('2026-02-20T00:00:00Z');
    expect(steps).toMatchObject([{ at: new Date('2026-02-10T00:00:00Z'), creditExpired: 1, creditBought: 1, charged: 1 }]);
    expect((await getCredit(await now()))[0]).toMatchObject({ availableMinor: 2_000n });
  });

  it('lets usage of its own time be recorded and refuses what lies ahead of it', async () => {
    const { now, advance } = await simulated();
    await subscribe(await now(), { planKey: 'pro', interval: 'month' });
    await advance('2027-07-05T00:00:00Z');
    const at = async (occurredAt: Date, idempotencyKey: string) => (await recordUsage(await now(), [{ feature: 'tokens', quantity: 1n, occurredAt, idempotencyKey }]))[0];
    expect(await at(new Date('2027-07-04T23:00:00Z'), 'now')).toMatchObject({ status: 'recorded' });
    expect(await at(new Date('2027-07-06T00:00:00Z'), 'ahead')).toMatchObject({ status: 'refused', code: 'event_in_future' });
  });

  it('only goes forward, by one at a time, and goes on where it broke off', async () => {
    const { id, now, advance } = await simulated();
    await subscribe(await now(), { planKey: 'pro', interval: 'month' });
    await expect(advance('2026-01-31T09:00:00Z')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(advance('2029-01-31T09:00:00Z')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(database().$executeRaw`UPDATE test_clock SET time = time - interval '1 second' WHERE id = ${id}`).rejects.toThrow(/cannot go back/);
    const results = await Promise.allSettled([advance('2026-07-01T00:00:00Z'), advance('2026-07-01T00:00:00Z')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

    await database().$executeRaw`UPDATE subscription SET anchor_at = '0001-01-01', period_index = 2147483646 WHERE account_id = ${(await now()).accountId}`;
    await expect(advance('2026-12-01T00:00:00Z')).rejects.toThrow();
    expect(await getTestClock(await now(), id)).toMatchObject({ time: new Date('2026-07-31T09:00:00Z'), advancingTo: new Date('2026-12-01T00:00:00Z') });
    await database().$executeRaw`UPDATE subscription SET anchor_at = ${start}, period_index = 5 WHERE account_id = ${(await now()).accountId}`;
    expect((await advance('2026-12-01T00:00:00Z')).clock).toMatchObject({ time: new Date('2026-12-01T00:00:00Z'), advancingTo: null });
    expect((await invoicesOf((await now()).accountId)).length).toBe(11);
  });

  it('is made and moved over HTTP by the seller, and the quota API answers by it', async () => {
    const { context } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    const headers = as(await keyFor(sellerId, null), context.accountId);
    const soon = new Date(Date.now() + 60_000);
    const made = await callApi({ method: 'POST', address: '/api/v1/billing/test-clocks', body: { time: soon.toISOString() }, headers });
    expect(made.envelope).toMatchObject({ success: true, payload: { time: soon.toISOString(), accountIds: [context.accountId] } });
    const { id } = made.envelope?.payload as { id: string };
    const again = await callApi({ method: 'POST', address: '/api/v1/billing/test-clocks', body: {}, headers });
    expect(again.envelope).toMatchObject({ code: 'conflict' });
    const to = new Date(soon.getTime() + 40 * 86_400_000);
    const moved = await callApi({ method: 'POST', address: '/api/v1/billing/test-clocks/{id}/advance', params: { id }, body: { to: to.toISOString() }, headers: { ...headers, 'idempotency-key': 'once' } });
    expect(moved.envelope).toMatchObject({ success: true, payload: { clock: { time: to.toISOString(), advancingTo: null } } });
    const repeated = await callApi({ method: 'POST', address: '/api/v1/billing/test-clocks/{id}/advance', params: { id }, body: { to: to.toISOString() }, headers: { ...headers, 'idempotency-key': 'once' } });
    expect(repeated.text).toBe(moved.text);
    const decision = await callApi({ method: 'POST', address: '/api/quota/consume', body: { feature: 'api_calls', quantity: 1 }, headers });
    const { resetsAt } = decision.envelope?.payload as { resetsAt: string };
    expect(new Date(resetsAt).getTime()).toBeGreaterThan(to.getTime());
  });
});
