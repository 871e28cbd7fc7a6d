import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller, type TestAccount } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { drainQuotaEngine } from '../quota/engine/engine';
import { consumeQuota } from '../quota/consume-quota';
import { createSubscription } from '../subscriptions/create-subscription';
import { forecastBill } from '../workflows/forecast-bill';
import { dayOfWeek } from '../time/period';
import { findUnusualUsage } from './find-unusual-usage';
import { forecastUsage } from './usage-forecast';

useTestDatabase();
/** A Monday. */
const today = '2026-06-01';
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(new Date('2026-01-01T00:00:00Z'));
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(began: string, now: string, account: TestAccount = {}) {
  const { context, clock } = await seedAccount(sellerId, new Date(began), account);
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  clock.set(new Date(now));
  return context;
}

const before = (days: number): string => Temporal.PlainDate.from(today).subtract({ days }).toString();

/** Days that have been used as `use` says, for so many days before today. */
async function lived(context: Context, days: number, use: (day: string) => number, feature = 'tokens'): Promise<void> {
  const all = Array.from({ length: days }, (_, index) => before(index + 1));
  await database().usageDay.createMany({
    data: all.map((day) => ({ accountId: context.accountId, featureKey: feature, day: new Date(day), quantity: BigInt(use(day)), events: 1n })),
  });
}
const workday = (day: string): number => (dayOfWeek(day) < 5 ? 50_000 : 0);
const tokensIn = <Item extends { feature: { key: string } }>(items: readonly Item[]): Item | undefined => items.find(({ feature }) => feature.key === 'tokens');

describe('forecastUsage', () => {
  it('adds what is left of the period to what is used, by the rhythm of the week', async () => {
    // From Monday, 1 June, 12:00 to Monday, 15 June, 12:00 there are ten working days.
    const context = await customer('2026-01-15T12:00:00Z', '2026-06-01T12:00:00Z');
    await lived(context, 56, workday);
    await consumeQuota(context, { feature: 'tokens', quantity: 700_000n });
    expect(tokensIn(await forecastUsage(context))).toMatchObject({
      used: 700_000n, expected: 1_200_000n, low: 1_200_000n, high: 1_200_000n, limit: 1_000_000n, overage: 200_000n, method: 'weekly',
      period: { start: new Date('2026-05-15T12:00:00Z'), end: new Date('2026-06-15T12:00:00Z') },
    });
  });

  it('counts the days of the account’s clocks, longer where they are set back', async () => {
    // In Berlin it is midnight, and 25 October 2026 will have 25 hours; the period ends at noon of 1 November.
    const context = await customer('2026-10-01T10:00:00Z', '2026-10-24T22:00:00Z', { timeZone: 'Europe/Berlin' });
    await database().usageDay.createMany({
      data: Array.from({ length: 20 }, (_, index) => ({
        accountId: context.accountId, featureKey: 'tokens', day: new Date(Date.UTC(2026, 9, 5 + index)), quantity: 100n, events: 1n,
      })),
    });
    // Seven whole days and half of 1 November, at a hundred a day.
    expect(tokensIn(await forecastUsage(context))).toMatchObject({ expected: 750n, method: 'weekly' });
  });

  it('knows nothing of a new account, and nothing of other customers', async () => {
    const context = await customer('2026-05-20T00:00:00Z', '2026-06-01T12:00:00Z');
    expect((await forecastUsage(context)).every(({ expected }) => expected === 0n)).toBe(true);
    expect(await findUnusualUsage(context, 56)).toEqual([]);
  });
});

describe('forecastBill', () => {
  it('prices the expected use past the limits as the renewal will', async () => {
    const context = await customer('2026-01-15T12:00:00Z', '2026-06-01T12:00:00Z');
    await lived(context, 56, workday);
    await database().subscription.updateMany({
      where: { accountId: context.accountId },
      data: { periodIndex: 4, currentPeriodStart: new Date('2026-05-15T12:00:00Z'), currentPeriodEnd: new Date('2026-06-15T12:00:00Z') },
    });
    await consumeQuota(context, { feature: 'tokens', quantity: 700_000n });
    const { bill } = await forecastBill(context);
    // 29.99 USD for the next month and 200 000 tokens at 0.000012 USD.
    expect(bill).toEqual({ at: new Date('2026-06-15T12:00:00Z'), currency: 'USD', expectedMinor: 3_239n, lowMinor: 3_239n, highMinor: 3_239n, usageMinor: 240n });
  });
});

describe('findUnusualUsage', () => {
  it('flags a spike and a silent working day, and no quiet weekend', async () => {
    const context = await customer('2026-01-15T12:00:00Z', `${today}T00:30:00Z`);
    const spike = before(4);
    const silence = before(10);
    await lived(context, 84, (day) => (day === spike ? 400_000 : day === silence ? 0 : workday(day)));
    expect(await findUnusualUsage(context, 14)).toMatchObject([
      { feature: { key: 'tokens' }, day: spike, kind: 'spike', quantity: 400_000n, expected: 50_000n, until: null },
      { feature: { key: 'tokens' }, day: silence, kind: 'drop', quantity: 0n, expected: 50_000n },
    ]);
  });

  it('judges today by the hours that are over, on the clocks of the account', async () => {
    const context = await customer('2026-01-15T12:00:00Z', '2026-06-01T04:59:00Z', { timeZone: 'Asia/Kolkata' });
    await lived(context, 63, workday);
    // 10:29 there: the hours up to 10 o'clock are over. On Mondays before, 1 000 were used by then and 5 000 later on.
    const at = (weeks: number, time: string) => new Date(Temporal.ZonedDateTime.from(`${before(7 * weeks)}T${time}[Asia/Kolkata]`).epochMilliseconds);
    const row = (hour: Date, quantity: bigint) => ({ accountId: context.accountId, featureKey: 'tokens', hour, quantity, events: 1n });
    await database().usageHour.createMany({
      data: Array.from({ length: 8 }, (_, index) => index + 1).flatMap((weeks) => [row(at(weeks, '09:00'), 1_000n), row(at(weeks, '10:00'), 5_000n)]),
    });
    expect(await findUnusualUsage(context, 1)).toEqual([]);
    await database().usageHour.createMany({ data: [row(at(0, '08:00'), 9_000n)] });
    expect(await findUnusualUsage(context, 1)).toMatchObject([
      { day: today, kind: 'spike', quantity: 9_000n, expected: 1_000n, until: new Date('2026-06-01T04:30:00Z') },
    ]);
  });

  it('takes no lump in hours that are mostly idle for unusual before it stands out among whole days', async () => {
    const context = await customer('2026-01-15T12:00:00Z', '2026-06-01T09:30:00Z');
    await lived(context, 63, workday);
    const used = (quantity: bigint) =>
      database().usageHour.create({ data: { accountId: context.accountId, featureKey: 'tokens', hour: new Date(`${today}T0${quantity > 50_000n ? 8 : 7}:00:00Z`), quantity, events: 1n } });
    await used(50_000n);
    expect(await findUnusualUsage(context, 1)).toEqual([]);
    await used(250_000n);
    expect(await findUnusualUsage(context, 1)).toMatchObject([{ day: today, kind: 'spike', quantity: 300_000n, expected: 50_000n }]);
  });
});
