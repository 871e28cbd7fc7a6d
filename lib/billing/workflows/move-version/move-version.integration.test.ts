import { beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { defaultCatalog } from '../../catalog/default-catalog';
import { publishCatalog } from '../../catalog/publish-catalog';
import { requireSubscription } from '../../subscriptions/get-subscription';
import { cancelSubscription } from '../../subscriptions/cancel-subscription';
import { confirmQuote } from '../quotes/confirm-quote';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { subscribe } from '../subscribe';
import { moveSubscribers } from './move-subscribers';
import { moveToNewestVersion, previewVersionMove } from './move-version';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
const middle = new Date('2026-03-16T12:00:00Z'); // Exactly half of March.
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

/** Publishes a version of a plan that costs so much a month. */
async function publish(key: string, amountMinor: bigint): Promise<void> {
  const name = { en: 'Test', zh: '测试' };
  const plan = { key, rank: 50, name, description: name, prices: [{ currency: 'USD', interval: 'month' as const, amountMinor }], entitlements: { api_calls: { limit: amountMinor } } };
  await publishCatalog({ features: defaultCatalog.features, plans: [plan] }, new FixedClock(start));
}

async function subscriber(key: string): Promise<{ context: Context; clock: FixedClock }> {
  const account = await seedAccount(sellerId, start);
  await subscribe(account.context, { planKey: key, interval: 'month' });
  account.clock.set(middle);
  return account;
}

const totalsOf = async ({ accountId }: Context) => (await database().invoice.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } })).map(({ totalMinor }) => totalMinor);

describe('one subscription', () => {
  it('stays on the version it was sold until it is moved, then pays the difference for the rest', async () => {
    const key = newId('plan');
    await publish(key, 3_000n);
    const { context } = await subscriber(key);
    await publish(key, 5_000n);
    expect((await requireSubscription(context)).plan.version).toBe(1);
    const { quote, due } = await previewVersionMove(context, 'now');
    expect(due.lines.map(({ amountMinor }) => amountMinor)).toEqual([-1_500n, 2_500n]);
    const { subscription, invoice } = await confirmQuote(context, quote.id);
    expect(subscription).toMatchObject({ plan: { version: 2 }, price: { amountMinor: 5_000n }, currentPeriod: { start, end: new Date('2026-04-01T00:00:00Z') } });
    expect(invoice).toMatchObject({ reason: 'version_move', totalMinor: 1_000n });
    await expect(moveToNewestVersion(context, 'now')).rejects.toMatchObject({ code: 'same_price' });
  });

  it('moves at the period end where that is asked for or it becomes cheaper, and is charged the new price from then on', async () => {
    const key = newId('plan');
    await publish(key, 3_000n);
    const { context, clock } = await subscriber(key);
    await publish(key, 2_000n);
    expect(await moveToNewestVersion(context, 'now')).toMatchObject({ invoice: null, subscription: { plan: { version: 1 }, pendingPrice: { plan: { version: 2 } } } });
    await expect(moveToNewestVersion(context, 'period_end')).rejects.toMatchObject({ code: 'same_price' });
    clock.set(new Date('2026-04-01T00:00:00Z'));
    await renewUntilCurrent(context);
    expect((await requireSubscription(context)).plan.version).toBe(2);
    expect(await totalsOf(context)).toEqual([3_000n, 2_000n]);
  });

  it('is not charged for a version that costs the same', async () => {
    const key = newId('plan');
    await publish(key, 3_000n);
    const { context } = await subscriber(key);
    await publish(key, 4_000n);
    await publish(key, 3_000n);
    expect(await moveToNewestVersion(context, 'now')).toMatchObject({ invoice: null, subscription: { plan: { version: 3 } } });
  });

  it('is refused a quote of a version that is no longer the newest', async () => {
    const key = newId('plan');
    await publish(key, 3_000n);
    const { context } = await subscriber(key);
    await publish(key, 4_000n);
    const { quote } = await previewVersionMove(context, 'now');
    await publish(key, 5_000n);
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
  });
});

describe('all subscribers of a plan', () => {
  it('are moved batch by batch, each once, whoever cannot be is named, and a preview changes nothing', async () => {
    const key = newId('plan');
    await publish(key, 3_000n);
    const customers = [];
    for (let count = 0; count < 5; count += 1) customers.push(await subscriber(key));
    const [first, ending] = customers as [(typeof customers)[0], (typeof customers)[0]];
    await cancelSubscription(ending.context);
    await publish(key, 5_000n);

    const wanted = { planKey: key, when: 'now' as const, preview: false, limit: 2 };
    const shown = await moveSubscribers(first.context, { ...wanted, preview: true, limit: 100 });
    expect(shown.items.map((item) => ('totalMinor' in item ? item.totalMinor : item.code)).sort()).toEqual([1_000n, 1_000n, 1_000n, 1_000n, 'invalid_transition'].sort());
    expect(await totalsOf(first.context)).toEqual([3_000n]);

    const items = [];
    let next: string | null = null;
    do {
      const batch = await moveSubscribers(first.context, { ...wanted, after: next ?? undefined });
      expect(batch.items.length).toBeLessThanOrEqual(2);
      items.push(...batch.items);
      next = batch.next;
    } while (next !== null);
    expect(new Set(items.map(({ accountId }) => accountId)).size).toBe(5);
    expect(items.filter(({ result }) => result === 'now')).toHaveLength(4);
    expect(items.find(({ accountId }) => accountId === ending.context.accountId)).toMatchObject({ result: 'refused', code: 'invalid_transition' });

    // Begun anew, only the one that was refused is left.
    const again = await moveSubscribers(first.context, { ...wanted, limit: 100 });
    expect(again.items.map(({ accountId }) => accountId)).toEqual([ending.context.accountId]);
    for (const { context } of customers.filter((one) => one !== ending)) expect(await totalsOf(context)).toEqual([3_000n, 1_000n]);
  });

  it('are those of the seller alone', async () => {
    const key = newId('plan');
    await publish(key, 3_000n);
    const { context } = await subscriber(key);
    await publish(key, 5_000n);
    const other = await database().seller.create({
      data: { id: newId('sel'), name: 'Other', legalName: 'Other', addressLines: [], country: 'US', email: 'other@demo.example', invoicePrefix: 'X', createdAt: start },
    });
    const stranger = await seedAccount(other.id, middle);
    const wanted = { planKey: key, when: 'now' as const, preview: false, limit: 10 };
    expect(await moveSubscribers(stranger.context, wanted)).toEqual({ items: [], next: null });
    expect((await requireSubscription(context)).plan.version).toBe(1);
    await expect(moveSubscribers(context, { ...wanted, planKey: 'gold' })).rejects.toMatchObject({ code: 'unknown_plan' });
  });
});
