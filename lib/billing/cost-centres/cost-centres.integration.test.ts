import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addApiKey, newApiKeyInput, revokeApiKey } from '@/lib/auth/manage-api-keys';
import { forgetCredentials, rememberCredentials } from '@/lib/auth/credential-memory';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller, type TestAccount } from '@/lib/testing/account';
import { callApi } from '@/lib/testing/api';
import { useTestDatabase } from '@/lib/testing/database';
import { drainQuotaEngine } from '../quota/engine/engine';
import { expireReservations } from '../quota/engine/expire-reservations';
import { uuidOf } from '../quota/reservations/reservation';
import { createSubscription } from '../subscriptions/create-subscription';
import { recordUsage } from '../usage/record-usage';
import { readShowback } from '../workflows/showback/read-showback';
import { assignKey } from './assign-key';
import { archiveCostCentre, changeCostCentre, restoreCostCentre } from './change-cost-centre';
import { createCostCentre } from './create-cost-centre';
import { getCostCentre, listCostCentres } from './list-cost-centres';

useTestDatabase();
const start = new Date('2026-02-01T00:00:00Z');
const now = new Date('2026-03-20T12:00:00Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customer(account: TestAccount = {}): Promise<Context> {
  const { context, clock } = await seedAccount(sellerId, start, account);
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  clock.set(now);
  return context;
}
/** Of the answers of reserve and lease. */
interface Answer {
  reservation: { id: string };
  lease: { id: string };
}
const newKey = (context: Context, name = 'Demo backend') => addApiKey(context, newApiKeyInput.parse({ name, scopes: ['quota:write', 'usage:write'] }));
const actions = async (context: Context) =>
  (await database().auditEntry.findMany({ where: { accountId: context.accountId, action: { startsWith: 'cost_centre.' } }, orderBy: { id: 'asc' } })).map(({ action }) => action);

describe('a cost centre', () => {
  it('is made, renamed, given a budget, archived and restored, each once and audited', async () => {
    const context = await customer();
    const { id } = await createCostCentre(context, { key: 'research', name: 'Research', budgetMinor: null });
    await changeCostCentre(context, id, { name: 'Research & labs', budgetMinor: 5_000n });
    await changeCostCentre(context, id, { name: 'Research & labs' });
    expect(await getCostCentre(context, id)).toMatchObject({ key: 'research', name: 'Research & labs', budgetMinor: 5_000n, currency: 'USD', archivedAt: null });
    await archiveCostCentre(context, id);
    await archiveCostCentre(context, id);
    expect(await getCostCentre(context, id)).toMatchObject({ archivedAt: now });
    await restoreCostCentre(context, id);
    await changeCostCentre(context, id, { budgetMinor: null });
    expect(await listCostCentres(context)).toMatchObject([{ id, budgetMinor: null, currency: null, archivedAt: null }]);
    expect(await actions(context)).toEqual(['cost_centre.created', 'cost_centre.changed', 'cost_centre.archived', 'cost_centre.restored', 'cost_centre.changed']);
  });

  it('has a key of its own in its account, and is nobody else’s', async () => {
    const [context, other] = [await customer(), await customer()];
    const { id } = await createCostCentre(context, { key: 'sales', name: 'Sales', budgetMinor: null });
    await expect(createCostCentre(context, { key: 'sales', name: 'Other', budgetMinor: null })).rejects.toMatchObject({ code: 'cost_centre_key_taken' });
    await createCostCentre(other, { key: 'sales', name: 'Sales', budgetMinor: null });
    for (const attempt of [() => getCostCentre(other, id), () => archiveCostCentre(other, id), () => changeCostCentre(other, id, { name: 'Mine' })]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    const key = await newKey(other);
    await expect(assignKey(other, key.id, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(assignKey(context, key.id, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes keys while it is in use, and lets go of them when it is archived', async () => {
    const context = await customer();
    const centre = await createCostCentre(context, { key: 'ops', name: 'Operations', budgetMinor: null });
    const [kept, gone] = [await newKey(context, 'Kept'), await newKey(context, 'Gone')];
    await revokeApiKey(context, gone.id);
    await expect(assignKey(context, gone.id, centre.id)).rejects.toMatchObject({ code: 'not_found' });
    await assignKey(context, kept.id, centre.id);
    await assignKey(context, kept.id, centre.id);
    expect((await getCostCentre(context, centre.id)).apiKeys).toEqual([{ id: kept.id, name: 'Kept' }]);
    await archiveCostCentre(context, centre.id);
    expect((await getCostCentre(context, centre.id)).apiKeys).toEqual([]);
    await expect(assignKey(context, kept.id, centre.id)).rejects.toMatchObject({ code: 'cost_centre_archived' });
    expect((await actions(context)).filter((action) => action === 'cost_centre.key_assigned')).toHaveLength(1);
  });
});

describe('usage told with an API key', () => {
  it('lands in the key’s cost centre from the moment it is assigned, unless it names one itself, however it is told', async () => {
    await rememberCredentials();
    try {
      // The API lives in real time, and so does the plan.
      const { context: seeded } = await seedAccount(sellerId, start);
      const context: Context = { ...seeded, clock: systemClock };
      await createSubscription(context, { planKey: 'pro', interval: 'month' });
      const centre = await createCostCentre(context, { key: 'support', name: 'Support', budgetMinor: null });
      const { id, text } = await newKey(context);
      const call = async (address: string, body: object, params: Record<string, string> = {}): Promise<Answer> => {
        const { envelope } = await callApi({ method: 'POST', address: `/api/v1/billing/${address}`, params, headers: { authorization: `Bearer ${text}` }, body });
        expect(envelope).toMatchObject({ success: true });
        return envelope?.payload as Answer;
      };
      const told = async () => {
        const rows = await database().usageBreakdown.groupBy({ by: ['costCentre'], where: { accountId: context.accountId }, _sum: { quantity: true } });
        return Object.fromEntries(rows.map(({ costCentre, _sum }) => [costCentre, _sum.quantity]));
      };
      await call('quota/consume', { feature: 'tokens', quantity: 1, model: 'demo' });
      await assignKey(context, id, centre.id);
      // The server that keeps the key in memory hears of it when the change commits.
      await expect.poll(async () => {
        await call('quota/consume', { feature: 'tokens', quantity: 10 });
        return (await told()).support ?? 0n;
      }).toBeGreaterThan(0n);
      const before = (await told()).support ?? 0n;
      await call('quota/consume', { feature: 'tokens', quantity: 100, costCentre: 'named' });
      await call('usage', { events: [{ feature: 'tokens', quantity: 1_000, idempotencyKey: 'a' }, { feature: 'tokens', quantity: 1_000, idempotencyKey: 'b', costCentre: 'named' }] });
      const { reservation } = await call('quota/reserve', { feature: 'tokens', quantity: 10_000 });
      await call('quota/commit', { reservation: reservation.id });
      const { lease } = await call('quota/lease', { feature: 'tokens', quantity: 100_000 });
      await call('quota/lease/{id}/settle', { used: 100_000 }, { id: lease.id });
      const lost = await call('quota/lease', { feature: 'tokens', quantity: 500_000 });
      const { expiresAt } = await database().quotaReservation.findUniqueOrThrow({ where: { id: uuidOf('lease', lost.lease.id) } });
      await expireReservations(new FixedClock(expiresAt));
      const after = await told();
      expect([(after.support ?? 0n) - before, after.named, after['']]).toEqual([611_000n, 1_100n, 1n]);
    } finally {
      await forgetCredentials();
    }
  });
});

describe('readShowback', () => {
  const usage = (key: string, day: string, quantity: bigint, costCentre?: string) =>
    ({ feature: 'tokens', quantity, idempotencyKey: key, occurredAt: new Date(`${day}T12:00:00Z`), ...(costCentre && { costCentre }) });

  it('tells of a month what each centre cost, the month before, the bill’s share, and what named none', async () => {
    const context = await customer();
    await createCostCentre(context, { key: 'research', name: 'Research', budgetMinor: 1_000n });
    await recordUsage(context, [
      usage('a', '2026-03-02', 500_000n, 'research'), usage('b', '2026-03-19', 250_000n, 'research'), usage('c', '2026-03-03', 250_000n),
      usage('d', '2026-02-27', 100_000n, 'research'), { ...usage('e', '2026-03-04', 7n, 'elsewhere'), feature: 'api_calls' },
    ]);
    const showback = await readShowback(context);
    // Pro asks 0.000012 USD for a further token, and has no price for a further call.
    expect(showback).toMatchObject({ month: '2026-03', currency: 'USD', costMinor: 1_200n, previousCostMinor: 120n });
    expect(showback.items).toMatchObject([
      { key: 'research', centre: { name: 'Research' }, cost: '9', costMinor: 900n, previousCostMinor: 120n, share: 0.75, usage: [{ feature: 'tokens', quantity: 750_000n, events: 2n }] },
      { key: 'elsewhere', centre: null, costMinor: 0n, usage: [{ feature: 'api_calls', quantity: 7n, unpricedQuantity: 7n }] },
    ]);
    expect(showback.unassigned).toMatchObject({ key: null, costMinor: 300n, share: 0.25 });
    expect((await readShowback(context, '2026-02')).items).toMatchObject([{ key: 'research', costMinor: 120n, previousCostMinor: 0n }]);
    expect(await readShowback(context, '2025-12')).toMatchObject({ costMinor: 0n, bill: { invoices: 0, totalMinor: 0n } });
  });

  it('reads no events, and counts days on the account’s clocks', async () => {
    const context = await customer({ timeZone: 'Asia/Shanghai' });
    await recordUsage(context, [{ ...usage('a', '2026-02-28', 10n, 'east'), occurredAt: new Date('2026-02-28T20:00:00Z') }]);
    await database().$transaction(async (other) => {
      await other.$executeRaw`LOCK TABLE usage_event IN ACCESS EXCLUSIVE MODE`;
      expect((await readShowback(context, '2026-03')).items).toMatchObject([{ key: 'east', usage: [{ quantity: 10n }] }]);
    });
  });
});
