import { beforeAll, describe, expect, it } from 'vitest';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { useTestDatabase } from '@/lib/testing/database';
import { listInvoices } from '../invoices/list-invoices';
import { cancelSubscription } from '../subscriptions/cancel-subscription';
import { recordUsage } from '../usage/record-usage';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';
import { upcomingInvoice } from './upcoming-invoice';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
  await database().taxRate.create({ data: { id: newId('tax'), sellerId, country: 'DE', name: 'VAT', percentage: '19' } });
});

describe('the invoice to come', () => {
  it('is the one that the renewal then issues', async () => {
    const { context, clock } = await seedAccount(sellerId, start, { currency: 'EUR', country: 'DE' });
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    clock.set(new Date('2026-02-10T00:00:00Z'));
    await recordUsage(context, [{ feature: 'ai_chat', quantity: 5_100n, idempotencyKey: 'over' }]);
    const upcoming = await upcomingInvoice(context);
    expect(upcoming).toMatchObject({ at: new Date('2026-02-28T09:00:00Z'), currency: 'EUR', usageMinor: 95n, subtotalMinor: 2894n, taxMinor: 550n, totalMinor: 3444n });

    clock.set(new Date('2026-02-28T09:00:00Z'));
    await renewUntilCurrent(context);
    const { items } = await listInvoices(context, { page: 1, pageSize: 1 });
    expect(items[0]).toMatchObject({ reason: 'renewal', totalMinor: upcoming?.totalMinor, taxMinor: upcoming?.taxMinor });
  });

  it('is none for a plan that costs nothing, and after the end of one that was cancelled', async () => {
    const free = await seedAccount(sellerId, start);
    await subscribe(free.context, { planKey: 'free', interval: 'month' });
    expect(await upcomingInvoice(free.context)).toBeNull();
    const leaving = await seedAccount(sellerId, start);
    await subscribe(leaving.context, { planKey: 'pro', interval: 'month' });
    await cancelSubscription(leaving.context);
    expect(await upcomingInvoice(leaving.context)).toBeNull();
  });

  it('is none without a subscription', async () => {
    const { context } = await seedAccount(sellerId, start);
    expect(await upcomingInvoice(context)).toBeNull();
  });
});
