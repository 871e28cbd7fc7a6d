import { beforeAll, describe, expect, it } from 'vitest';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { giveCredit } from '../credits/give-credit';
import { listInvoices } from '../invoices/list-invoices';
import { previewPlanChange } from './change-plan/preview';
import { forecastBill } from './forecast-bill';
import { confirmQuote } from './quotes/confirm-quote';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';
import { upcomingInvoice } from './upcoming-invoice';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function onPro() {
  const { context, clock } = await seedAccount(sellerId, start);
  await subscribe(context, { planKey: 'pro', interval: 'month' });
  return { context, clock, give: (amountMinor: bigint, expiresAt: Date | null = null) => giveCredit(context, { amountMinor, expiresAt, note: '' }) };
}

describe('a preview with prepaid credit', () => {
  it('shows what credit pays at once and of the next invoice, and the charge is the same', async () => {
    const { context, give } = await onPro();
    await give(8_000n);
    const { due, next, quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    expect(due).toMatchObject({ subtotalMinor: 7_000n, creditMinor: 7_000n, totalMinor: 0n });
    expect(next.totals).toMatchObject({ subtotalMinor: 9_999n, creditMinor: 1_000n, totalMinor: 8_999n });
    expect((await confirmQuote(context, quote.id)).invoice).toMatchObject({ creditMinor: 7_000n, totalMinor: 0n, status: 'paid' });
  });

  it('is outdated when the credit has changed since', async () => {
    const { context, give } = await onPro();
    const { quote } = await previewPlanChange(context, { planKey: 'enterprise' });
    await give(100n);
    await expect(confirmQuote(context, quote.id)).rejects.toMatchObject({ code: 'preview_outdated' });
  });

  it('leaves out of the next invoice what will have expired by then', async () => {
    const { context, give } = await onPro();
    await give(500n, new Date('2026-03-31T00:00:00Z'));
    await give(300n, new Date('2026-04-02T00:00:00Z'));
    expect(await upcomingInvoice(context)).toMatchObject({ at: new Date('2026-04-01T00:00:00Z'), creditMinor: 300n, totalMinor: 2_699n });
    expect((await forecastBill(context)).bill).toMatchObject({ expectedMinor: 2_699n });
  });

  it('of the renewal is what the renewal charges', async () => {
    const { context, clock, give } = await onPro();
    await give(1_000n);
    const upcoming = await upcomingInvoice(context);
    clock.set(new Date('2026-04-01T00:00:00Z'));
    await renewUntilCurrent(context);
    const [renewal] = (await listInvoices(context, { page: 1, pageSize: 1 })).items;
    expect(renewal).toMatchObject({ creditMinor: 1_000n, totalMinor: 1_999n });
    expect(renewal?.totalMinor).toBe(upcoming?.totalMinor);
  });
});
