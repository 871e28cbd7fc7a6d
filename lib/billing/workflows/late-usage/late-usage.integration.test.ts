import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { generateInvoice } from '../../invoices/generate-invoice';
import { recordPayment } from '../../invoices/record-payment';
import { drainQuotaEngine } from '../../quota/engine/engine';
import { correctUsage, voidUsage } from '../../usage/corrections/correct-usage';
import { listUsage } from '../../usage/list-usage';
import { recordUsage } from '../../usage/record-usage';
import { renewSubscription, renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { subscribe } from '../subscribe';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const within = new Date('2026-02-20T00:00:00Z');
const borders = ['2026-02-28T09:00:00Z', '2026-03-31T09:00:00Z', '2026-04-30T09:00:00Z'].map((text) => new Date(text));
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

/** A customer on Pro who used 5 600 messages in February, 600 past the limit, at 0.01, and was charged for them. */
async function customer(country = 'US') {
  const { context, clock } = await seedAccount(sellerId, start, { country });
  await subscribe(context, { planKey: 'pro', interval: 'month' });
  clock.set(within);
  await use(context, 5_000n, 'first');
  await use(context, 600n, 'second');
  clock.set(borders[0]!);
  await renewUntilCurrent(context);
  return { context, clock };
}

const use = (context: Context, quantity: bigint, idempotencyKey: string) => recordUsage(context, [{ feature: 'ai_chat', quantity, occurredAt: within, idempotencyKey }]);

async function eventOf(context: Context, quantity: bigint): Promise<string> {
  const { items } = await listUsage(context, { from: '2026-02-20', to: '2026-02-20', feature: 'ai_chat', page: 1, pageSize: 20 });
  return items.find((event) => event.quantity === quantity)!.id;
}

const invoices = ({ accountId }: Context) => database().invoice.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' }, include: { lines: { orderBy: { position: 'asc' } } } });
const usageOf = async (context: Context) => (await invoices(context)).map(({ lines }) => lines.filter(({ kind }) => kind === 'usage').map(({ quantity, amountMinor }) => [quantity, amountMinor]));
const notes = ({ accountId }: Context) => database().creditNote.findMany({ where: { accountId }, orderBy: { issuedAt: 'asc' } });

describe('usage of a period that was charged', () => {
  it('that arrives late is charged with the next invoice, once', async () => {
    const { context, clock } = await customer();
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await use(context, 40n, 'late');
    for (const border of borders.slice(1)) {
      clock.set(border);
      await renewSubscription(context);
    }
    expect(await usageOf(context)).toEqual([[], [[600n, 600n]], [[40n, 40n]], []]);
    expect((await invoices(context))[2]?.lines.at(-1)).toMatchObject({ periodStart: start, periodEnd: borders[0], descriptionEn: expect.stringContaining('after the period had been charged') });
    expect(await notes(context)).toEqual([]);
    expect(await database().auditEntry.findMany({ where: { accountId: context.accountId, action: 'usage.rated_again' } })).toMatchObject([
      { before: { feature: 'ai_chat', quantity: '600', amountMinor: '600' }, after: { used: '5640', quantity: '640', amountMinor: '640' } },
    ]);
  });

  it('that is voided or corrected to less is credited: what is still owed becomes less, once', async () => {
    const { context, clock } = await customer();
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await voidUsage(context, { event: await eventOf(context, 600n) });
    clock.set(borders[1]!);
    await renewSubscription(context);
    const [note, ...others] = await notes(context);
    expect(others).toEqual([]);
    expect(note).toMatchObject({ totalMinor: 600n, refundableMinor: 0n, reason: 'Usage was corrected after the invoice had been issued' });
    expect((await invoices(context))[1]).toMatchObject({ status: 'open', totalMinor: 3_599n, creditedMinor: 600n });
    clock.set(borders[2]!);
    await renewSubscription(context);
    expect(await notes(context)).toHaveLength(1);
    expect(await usageOf(context)).toEqual([[], [[600n, 600n]], [], []]);
  });

  it('that goes down and up again ends with what it costs, also of a paid invoice', async () => {
    const { context, clock } = await customer();
    await recordPayment(context, { invoiceId: (await invoices(context))[1]!.id, paidAt: clock.now() });
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await correctUsage(context, { event: await eventOf(context, 600n), quantity: 250n });
    clock.set(borders[1]!);
    await renewSubscription(context);
    expect(await notes(context)).toMatchObject([{ totalMinor: 350n, refundableMinor: 350n }]);
    clock.set(new Date('2026-04-01T00:00:00Z'));
    await correctUsage(context, { event: await eventOf(context, 600n), quantity: 700n });
    clock.set(borders[2]!);
    await renewSubscription(context);
    expect(await usageOf(context)).toEqual([[], [[600n, 600n]], [], [[450n, 450n]]]);
    expect(await notes(context)).toHaveLength(1);
  });

  it('is charged once although it was invoiced on demand, and two workers close the period', async () => {
    const { context, clock } = await customer();
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await use(context, 40n, 'late');
    expect((await generateInvoice(context, { periodStart: '2026-01-31' })).totalMinor).toBe(40n);
    clock.set(borders[1]!);
    await Promise.all([renewSubscription(context), renewSubscription(context)]);
    expect(await usageOf(context)).toEqual([[], [[600n, 600n]], [[40n, 40n]], []]);
    expect(await notes(context)).toEqual([]);
  });

  it('is credited with its tax', async () => {
    await database().taxRate.create({ data: { id: 'tax_de', sellerId, country: 'DE', name: 'VAT', percentage: 19 } });
    const { context, clock } = await customer('DE');
    clock.set(new Date('2026-03-05T00:00:00Z'));
    await correctUsage(context, { event: await eventOf(context, 600n), quantity: 350n });
    clock.set(borders[1]!);
    await renewSubscription(context);
    // 250 messages at 0.01 are 2.50, and 19 % of them 0.48 (0.475 rounded).
    expect(await notes(context)).toMatchObject([{ netMinor: 250n, taxMinor: 48n, totalMinor: 298n }]);
  });
});
