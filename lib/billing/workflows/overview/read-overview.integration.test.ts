import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { listInvoices } from '../../invoices/list-invoices';
import { cancelSubscription } from '../../subscriptions/cancel-subscription';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { recordUsage } from '../../usage/record-usage';
import { downgradeSubscription } from '../change-plan/change-plan';
import { forecastBill } from '../forecast-bill';
import { subscribe } from '../subscribe';
import { upcomingInvoice } from '../upcoming-invoice';
import { readOverview, type Overview, type Part } from './read-overview';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
const later = new Date('2026-03-11T00:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

function valueOf<Value>(part: Part<Value> | null): Value {
  if (!part || 'failed' in part) throw new Error('The part could not be read.');
  return part.value;
}

const kindsOf = ({ attention }: Overview): string[] => valueOf(attention).map(({ kind }) => kind);

async function customer(planKey = 'pro') {
  const account = await seedAccount(sellerId, start);
  await subscribe(account.context, { planKey, interval: 'month' });
  account.clock.set(later);
  return account;
}

async function onlyInvoice(context: Parameters<typeof listInvoices>[0]) {
  const { items: [invoice] } = await listInvoices(context, { page: 1, pageSize: 1 });
  if (!invoice) throw new Error('There is no invoice.');
  return invoice;
}

describe('the overview', () => {
  it('of an account without anything says that a plan is missing', async () => {
    const { context } = await seedAccount(sellerId, start);
    const overview = await readOverview(context, { money: true });
    expect(kindsOf(overview)).toEqual(['no_plan']);
    expect(valueOf(overview.money)).toMatchObject({ spending: null, credit: [{ currency: 'USD', availableMinor: 0n }] });
    expect(valueOf(overview.use).summary.items.every(({ used }) => used === 0n)).toBe(true);
  });

  it('is calm for a plan that costs nothing and is hardly used', async () => {
    const { context } = await customer('free');
    const overview = await readOverview(context, { money: true });
    expect(kindsOf(overview)).toEqual([]);
    expect(valueOf(overview.money).spending).toMatchObject({ feesMinor: 0n, usageMinor: 0n, next: null, forecast: null });
  });

  it('adds up what the period was charged and what its use past the limits costs so far', async () => {
    const { context } = await customer();
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'over' }]);
    const { spending } = valueOf((await readOverview(context, { money: true })).money);
    const upcoming = await upcomingInvoice(context);
    expect(upcoming?.usageMinor).toBeGreaterThan(0n);
    expect(spending).toMatchObject({ currency: 'USD', since: start, feesMinor: 2_999n, usageMinor: upcoming?.usageMinor, next: upcoming });
    expect(spending?.forecast).toEqual((await forecastBill(context)).bill);
  });

  it('counts an invoice that was declared void for nothing', async () => {
    const { context } = await customer();
    const { id } = await onlyInvoice(context);
    await database().invoice.update({ where: { id }, data: { status: 'void', voidedAt: later } });
    const overview = await readOverview(context, { money: true });
    expect(valueOf(overview.money).spending).toMatchObject({ feesMinor: 0n });
    expect(kindsOf(overview)).toEqual([]);
  });

  it('tells what the tokens of the period cost by the prices of their models', async () => {
    const { context } = await customer();
    await database().modelPrice.create({
      data: { model: 'demo-model', currency: 'USD', inputAmount: '0.001', outputAmount: '0.002', effectiveFrom: new Date('2026-01-01'), createdAt: start },
    });
    const tokens = { inputTokens: 1_000n, outputTokens: 500n };
    await recordUsage(context, [
      { feature: 'tokens', model: 'demo-model', quantity: 1_500n, ...tokens, idempotencyKey: 'priced' },
      { feature: 'tokens', model: 'demo-model', quantity: 1_500n, ...tokens, idempotencyKey: 'before', occurredAt: new Date('2026-02-20T00:00:00Z') },
    ]);
    expect(valueOf((await readOverview(context, { money: true })).money).spending?.modelCost).toEqual({ currency: 'USD', amount: '2', unpricedTokens: 0n });
  });

  it('tells an open invoice by how it stands: due, awaited by a change, overdue, failed, or under way and no matter', async () => {
    const { context, clock } = await customer();
    const { id, number } = await onlyInvoice(context);
    const first = async () => valueOf((await readOverview(context, { money: true })).attention)[0];
    expect(await first()).toMatchObject({ kind: 'invoices_due', count: 1, invoiceId: id, invoiceNumber: number, dueMinor: 2_999n, currency: 'USD' });

    const heldUntil = new Date('2026-03-11T01:00:00Z');
    const subscriptionId = (await requireSubscription(context)).id;
    await database().quote.create({
      data: {
        id: newId('quo'), accountId: context.accountId, subscriptionId, kind: 'plan_change', request: {}, decided: {}, moment: later, revision: 1,
        createdAt: later, expiresAt: heldUntil, heldUntil, invoiceId: id,
      },
    });
    expect(await first()).toMatchObject({ kind: 'invoices_awaited', count: 1, invoiceId: id, heldUntil });

    clock.set(new Date('2026-03-31T00:00:00Z'));
    expect(await first()).toMatchObject({ kind: 'invoices_overdue', count: 1, invoiceId: id });

    const nextAttemptAt = new Date('2026-04-02T00:00:00Z');
    await database().dunning.create({
      data: { invoiceId: id, accountId: context.accountId, status: 'retrying', days: [3], failures: 1, lastFailureCode: 'declined', startedAt: later, nextAttemptAt },
    });
    expect(await first()).toMatchObject({ kind: 'invoices_failed', count: 1, invoiceId: id, nextAttemptAt });

    const paymentMethodId = newId('pm');
    await database().paymentMethod.create({ data: { id: paymentMethodId, accountId: context.accountId, gateway: 'stripe', reference: paymentMethodId, createdAt: start } });
    await database().paymentAttempt.create({
      data: { id: newId('att'), accountId: context.accountId, invoiceId: id, paymentMethodId, gateway: 'stripe', amountMinor: 2_999n, currency: 'USD', status: 'processing', onSession: false, requestedAt: later },
    });
    expect(await first()).toBeUndefined();
  });

  it('tells limits that are reached before those that are near, and alerts that nobody has read', async () => {
    const { context } = await customer('free');
    await recordUsage(context, [
      { feature: 'tokens', quantity: 8_000n, idempotencyKey: 'near' },
      { feature: 'api_calls', quantity: 100n, idempotencyKey: 'reached' },
    ]);
    await database().quotaAlert.create({
      data: { id: newId('alert'), accountId: context.accountId, counterId: 1n, featureKey: 'tokens', percent: 80, used: 8_000n, limitQuantity: 10_000n, raisedAt: later },
    });
    const items = valueOf((await readOverview(context, { money: false })).attention);
    expect(items).toMatchObject([
      { kind: 'limit_reached', feature: { key: 'api_calls' }, used: 100n, limit: 100n },
      { kind: 'limit_near', feature: { key: 'tokens' }, used: 8_000n, limit: 10_000n },
      { kind: 'alerts_unread', count: 1 },
    ]);
    expect(valueOf((await readOverview(context, { money: false })).use).series?.feature.key).toBe('api_calls');
  });

  it('tells what is scheduled for the end of the period', async () => {
    const { context } = await customer('enterprise');
    const at = new Date('2026-04-01T00:00:00Z');
    await downgradeSubscription(context, { planKey: 'pro' });
    expect(valueOf((await readOverview(context, { money: false })).attention)).toMatchObject([{ kind: 'change_scheduled', to: { en: 'Pro' }, at }]);
    await cancelSubscription(context);
    expect(valueOf((await readOverview(context, { money: false })).attention)).toMatchObject([{ kind: 'cancellation_scheduled', at }]);
  });

  it('has nothing of money for somebody who has nothing to do with it', async () => {
    const { context } = await customer();
    const overview = await readOverview(context, { money: false });
    expect(overview.money).toBeNull();
    expect(kindsOf(overview)).toEqual([]);
  });

  it('keeps the parts that can be read when another cannot', async () => {
    const { context } = await customer();
    await database().$executeRaw`ALTER TABLE credit_grant RENAME TO credit_grant_away`;
    try {
      const overview = await readOverview(context, { money: true });
      expect(overview.money).toEqual({ failed: true });
      expect(kindsOf(overview)).toEqual(['invoices_due']);
      expect(valueOf(overview.use).summary.items.length).toBeGreaterThan(0);
    } finally {
      await database().$executeRaw`ALTER TABLE credit_grant_away RENAME TO credit_grant`;
    }
  });
});
