import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedSubscriber } from '@/lib/testing/plan';
import type { EntitlementDefinition } from '../../catalog/catalog';
import { recordUsage } from '../../usage/record-usage';
import { upcomingInvoice } from '../../workflows/upcoming-invoice';
import { checkQuota } from '../check-quota';
import { consumeQuota } from '../consume-quota';
import { drainQuotaEngine } from '../engine/engine';
import { remainingQuota } from '../remaining-quota';
import { commitReservation } from '../reservations/commit-reservation';
import { releaseReservation } from '../reservations/release-reservation';
import { reserveQuota } from '../reservations/reserve-quota';
import { takeLease } from '../reservations/take-lease';
import { clearSpendCap, readSpend, setSpendCap } from './spend-cap';

useTestDatabase();
const now = new Date('2026-03-10T12:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

const priced = (limit: bigint, price: string, more: EntitlementDefinition = {}): EntitlementDefinition => ({ limit, policy: 'overage', overage: { USD: price, JPY: price }, ...more });
const customer = (entitlements: Record<string, EntitlementDefinition>, currency = 'USD') => seedSubscriber(sellerId, entitlements, now, { currency });
const take = (context: Context, feature: string, quantity = 1n) => consumeQuota(context, { feature, quantity });

describe('a spend cap', () => {
  it('refuses what would pass it, and nothing that costs nothing', async () => {
    const { context } = await customer({ api_calls: priced(10n, '0.5'), tokens: priced(100n, '0.01'), email: { limit: 5n } });
    await setSpendCap(context, 500n);
    expect(await take(context, 'api_calls', 18n)).toMatchObject({ allowed: true, overage: 8n });
    expect(await readSpend(context)).toMatchObject({ currency: 'USD', amountMinor: 500n, spentMinor: 400n, heldMinor: 0n, remainingMinor: 100n });
    expect(await checkQuota(context, { feature: 'api_calls', quantity: 3n })).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    expect(await take(context, 'api_calls', 3n)).toMatchObject({ allowed: false, reason: 'spend_cap_reached', used: 18n });
    expect(await take(context, 'tokens', 201n)).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    expect(await take(context, 'tokens', 200n)).toMatchObject({ allowed: true });
    expect(await take(context, 'tokens', 1n)).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    expect(await take(context, 'email', 5n)).toMatchObject({ allowed: true });
    expect(await readSpend(context)).toMatchObject({ spentMinor: 500n, remainingMinor: 0n });
  });

  it('lets usage within the limits go on, though more was spent than a cap set later', async () => {
    const { context } = await customer({ api_calls: priced(10n, '0.5'), tokens: priced(100n, '0.01') });
    await take(context, 'api_calls', 20n);
    expect(await setSpendCap(context, 100n)).toMatchObject({ spentMinor: 500n, remainingMinor: 0n });
    expect(await take(context, 'tokens', 100n)).toMatchObject({ allowed: true });
    expect(await take(context, 'tokens')).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    expect(await clearSpendCap(context)).toMatchObject({ amountMinor: null, spentMinor: 500n, remainingMinor: null });
    expect(await take(context, 'tokens')).toMatchObject({ allowed: true });
    await expect(clearSpendCap(context)).rejects.toMatchObject({ code: 'not_found' });
    const audit = await database().auditEntry.findMany({ where: { accountId: context.accountId, action: { startsWith: 'spend_cap' } }, orderBy: { occurredAt: 'asc' } });
    expect(audit.map(({ action }) => action)).toEqual(['spend_cap.set', 'spend_cap.removed']);
  });

  it('counts what is held, and takes back what is released', async () => {
    const { context } = await customer({ api_calls: priced(0n, '1') });
    await setSpendCap(context, 1_000n);
    const held = await reserveQuota(context, { feature: 'api_calls', quantity: 6n, expiresInSeconds: 600 });
    expect(await readSpend(context)).toMatchObject({ spentMinor: 0n, heldMinor: 600n, remainingMinor: 400n });
    expect(await take(context, 'api_calls', 5n)).toMatchObject({ allowed: false, reason: 'spend_cap_reached', held: 6n });
    await releaseReservation(context, held.reservation?.id ?? '');
    expect(await take(context, 'api_calls', 5n)).toMatchObject({ allowed: true, held: 0n });
    expect((await takeLease(context, { feature: 'api_calls', quantity: 50n, expiresInSeconds: 60 })).lease).toMatchObject({ quantity: 5n });
  });

  it('begins anew with the quota period, and holds over the days of a daily limit', async () => {
    const { context, clock } = await customer({ api_calls: priced(1n, '1', { reset: 'day' }) });
    await setSpendCap(context, 500n);
    await take(context, 'api_calls', 4n);
    clock.set(new Date('2026-03-11T09:00:00Z'));
    expect(await take(context, 'api_calls', 4n)).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    expect(await take(context, 'api_calls', 3n)).toMatchObject({ allowed: true });
    expect(await readSpend(context)).toMatchObject({ spentMinor: 500n });
    // The day on which the period ends is paid for with the next one.
    clock.set(new Date('2026-04-10T09:00:00Z'));
    expect(await take(context, 'api_calls', 6n)).toMatchObject({ allowed: true });
    expect(await readSpend(context)).toMatchObject({ spentMinor: 500n, period: { end: new Date('2026-04-10T12:00:00Z') } });
    clock.set(new Date('2026-04-10T13:00:00Z'));
    expect(await readSpend(context)).toMatchObject({ spentMinor: 500n, period: { start: new Date('2026-04-10T12:00:00Z') } });
    expect(await take(context, 'api_calls')).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
  });

  it('spends what the invoice charges, fractions of a cent and late usage included', async () => {
    const { context } = await customer({ api_calls: priced(0n, '0.005'), tokens: priced(0n, '0.000012') });
    await setSpendCap(context, 2n);
    expect(await take(context, 'api_calls', 2n)).toMatchObject({ allowed: true });
    expect(await take(context, 'tokens', 416n)).toMatchObject({ allowed: true });
    await recordUsage(context, [{ feature: 'tokens', quantity: 1_000_000n, idempotencyKey: 'late' }]);
    const { spentMinor } = await readSpend(context);
    expect(spentMinor).toBe(1n + 1_200n);
    expect((await upcomingInvoice(context))?.usageMinor).toBe(spentMinor);
  });

  it('is no minor unit looser for being rounded', async () => {
    const { context } = await customer({ api_calls: priced(0n, '0.004'), tokens: priced(0n, '0.004') });
    await setSpendCap(context, 1n);
    // Two halves of a cent would each be invoiced as a whole one.
    expect(await take(context, 'api_calls', 2n)).toMatchObject({ allowed: true });
    expect(await take(context, 'tokens', 1n)).toMatchObject({ allowed: true });
    expect(await take(context, 'tokens', 1n)).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
    expect(await readSpend(context)).toMatchObject({ spentMinor: 1n, remainingMinor: 0n });
  });

  it('knows currencies without minor units', async () => {
    const { context } = await customer({ api_calls: priced(0n, '3.5') }, 'JPY');
    await setSpendCap(context, 10n);
    expect(await take(context, 'api_calls', 3n)).toMatchObject({ allowed: false });
    expect(await take(context, 'api_calls', 2n)).toMatchObject({ allowed: true });
    expect(await readSpend(context)).toMatchObject({ currency: 'JPY', spentMinor: 7n, remainingMinor: 3n });
  });

  it('is never passed by a minor unit by 64 callers at once over two features, holds included', async () => {
    const { context } = await customer({ api_calls: priced(20n, '0.07'), tokens: priced(50n, '0.013') });
    await setSpendCap(context, 1_000n);
    const ended: Promise<unknown>[] = [];
    const caller = async (index: number): Promise<void> => {
      for (let step = 0; step < 12; step += 1) {
        const feature = (index + step) % 2 === 0 ? 'api_calls' : 'tokens';
        const quantity = BigInt(1 + ((index * 5 + step * 3) % 9));
        if ((index + step) % 3 !== 0) {
          await take(context, feature, quantity);
          continue;
        }
        const { reservation } = await reserveQuota(context, { feature, quantity, expiresInSeconds: 600 });
        if (!reservation) continue;
        ended.push(step % 2 === 0 ? commitReservation(context, { reservation: reservation.id, quantity: quantity - 1n }) : releaseReservation(context, reservation.id));
      }
    };
    await Promise.all(Array.from({ length: 64 }, (_, index) => caller(index)));
    await Promise.all(ended);
    const { spentMinor, heldMinor } = await readSpend(context);
    expect(heldMinor).toBe(0n);
    expect(spentMinor).toBeLessThanOrEqual(1_000n);
    expect(spentMinor).toBeGreaterThan(900n);
    const quotas = await remainingQuota(context);
    const over = (key: string) => Number(quotas.find(({ feature }) => feature.key === key)?.overage ?? 0n);
    expect(Math.round(over('api_calls') * 7) + Math.round(over('tokens') * 1.3)).toBe(Number(spentMinor));
  });
});
