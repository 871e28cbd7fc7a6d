import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { generateInvoice } from '../invoices/generate-invoice';
import { listInvoices } from '../invoices/list-invoices';
import { voidInvoice } from '../invoices/void-invoice';
import { recordUsage } from '../usage/record-usage';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function customer(planKey: string) {
  const account = await seedAccount(sellerId, start);
  const { invoice } = await subscribe(account.context, { planKey, interval: 'month' });
  return { ...account, invoice };
}

const chat = (quantity: bigint, key: string, occurredAt: Date) => [{ feature: 'ai_chat', quantity, idempotencyKey: key, occurredAt }];

describe('an invoice on demand', () => {
  it('is refused for a period that is charged already, as often as it is asked for', async () => {
    const { context } = await customer('pro');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(generateInvoice(context, { periodStart: '2026-01-31' })).rejects.toMatchObject({ code: 'invoice_already_issued' });
    }
    expect((await listInvoices(context, { page: 1, pageSize: 20 })).total).toBe(1);
  });

  it('charges a period again, once, after its invoice was declared void', async () => {
    const { context, invoice } = await customer('pro');
    await voidInvoice(context, { invoiceId: invoice!.id });
    const again = await generateInvoice(context, { periodStart: '2026-01-31' });
    expect(again).toMatchObject({ reason: 'on_demand', totalMinor: 2999n, status: 'open', period: invoice!.period });
    expect(again.number).not.toBe(invoice!.number);
    await expect(generateInvoice(context, { periodStart: '2026-01-31' })).rejects.toMatchObject({ code: 'invoice_already_issued' });
  });

  it('charges usage past the limit that arrived after the period was closed, and only that', async () => {
    const { context, clock } = await customer('pro');
    const within = new Date('2026-02-20T00:00:00Z');
    clock.set(within);
    await recordUsage(context, chat(5_100n, 'in time', within));
    clock.set(new Date('2026-03-01T00:00:00Z'));
    await renewUntilCurrent(context);
    await expect(generateInvoice(context, { periodStart: '2026-01-31' })).rejects.toMatchObject({ code: 'invoice_already_issued' });
    await recordUsage(context, chat(40n, 'late', within));
    const late = await generateInvoice(context, { periodStart: '2026-01-31' });
    expect(late.lines).toMatchObject([{ kind: 'usage', featureKey: 'ai_chat', quantity: 40n, unitAmount: '0.01', amountMinor: 40n }]);
    await expect(generateInvoice(context, { periodStart: '2026-01-31' })).rejects.toMatchObject({ code: 'invoice_already_issued' });
  });

  it('charges no usage of a period that still runs', async () => {
    const { context, clock, invoice } = await customer('pro');
    clock.set(new Date('2026-02-20T00:00:00Z'));
    await recordUsage(context, chat(5_100n, 'so far', clock.now()));
    await voidInvoice(context, { invoiceId: invoice!.id });
    expect((await generateInvoice(context, { periodStart: '2026-01-31' })).lines.map(({ kind }) => kind)).toEqual(['subscription']);
  });

  it('is refused where there is nothing to pay, and for a day on which no period begins', async () => {
    const { context } = await customer('free');
    await expect(generateInvoice(context, { periodStart: '2026-01-31' })).rejects.toMatchObject({ code: 'nothing_to_invoice' });
    for (const periodStart of ['2026-02-01', '2026-02-28', '2025-12-31']) {
      await expect(generateInvoice(context, { periodStart })).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field: 'periodStart' }] } });
    }
  });

  it('is issued once when many ask at the same time', async () => {
    const { context, invoice } = await customer('pro');
    await voidInvoice(context, { invoiceId: invoice!.id });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => generateInvoice(context, { periodStart: '2026-01-31' })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database().invoice.count({ where: { accountId: context.accountId, status: 'open' } })).toBe(1);
  });
});
