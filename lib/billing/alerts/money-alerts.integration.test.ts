import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPerson } from '@/lib/auth/people';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { startReceiver } from '@/lib/testing/receiver';
import { deliverDue } from '@/lib/webhooks/outbox/deliver';
import { createEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { addMember } from '../accounts/add-member';
import { archiveCostCentre, changeCostCentre } from '../cost-centres/change-cost-centre';
import { createCostCentre } from '../cost-centres/create-cost-centre';
import { setSpendCap } from '../quota/adjustments/spend-cap';
import { drainQuotaEngine } from '../quota/engine/engine';
import { createSubscription } from '../subscriptions/create-subscription';
import { recordUsage } from '../usage/record-usage';
import { defaultSettings, getAlertSettings, setAlertSettings } from './alert-settings';
import { listAlerts, markAlertsRead, markAlertUnread } from './list-alerts';
import { raiseMoneyAlerts } from './raise-money-alerts';
import { raiseOutlookAlerts, willPass } from './raise-outlook-alerts';

useTestDatabase();
const start = new Date('2026-03-02T10:00:00Z');
const day = 86_400_000;
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

/** An account on the Pro plan: a million tokens a month, each further one at 0.000012 USD. */
async function customer(): Promise<{ context: Context; clock: FixedClock }> {
  const { context, clock } = await seedAccount(sellerId, start);
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  return { context, clock };
}
let uses = 0;
const use = (context: Context, quantity: bigint, costCentre?: string, occurredAt?: Date) =>
  recordUsage(context, [{ feature: 'tokens', quantity, idempotencyKey: `use-${(uses += 1)}`, ...(costCentre && { costCentre }), ...(occurredAt && { occurredAt }) }]);
const raised = async (context: Context) =>
  (await listAlerts(context, { page: 1, pageSize: 100 })).items.map(({ kind, costCentre, percent }) => [kind, ...(costCentre ? [costCentre.name] : []), percent].join(' ')).sort();
const mails = (context: Context) => database().mail.findMany({ where: { recipient: { contains: context.accountId.toLowerCase() } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
async function member(context: Context, role: 'owner' | 'developer', language: 'en' | 'zh'): Promise<string> {
  const email = `${role}.${context.accountId}@demo.example`.toLowerCase();
  await addMember(context, { userId: await createPerson({ email, name: `Demo ${role}`, language }, context.clock), role });
  return email;
}

describe('a budget', () => {
  it('alerts at 50, 80 and 100 percent, each once a month, with one mail about the highest and a webhook each', async () => {
    const { context, clock } = await customer();
    const owner = await member(context, 'owner', 'zh');
    const receiver = await startReceiver(() => 200);
    await createEndpoint(context, { url: receiver.url, description: '', events: ['budget.threshold_reached'], enabled: true });
    await createCostCentre(context, { key: 'research', name: 'Research', budgetMinor: 120n });
    await use(context, 49_000n, 'research');
    await use(context, 900_000n);
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual([]);
    await use(context, 32_000n, 'research');
    await raiseMoneyAlerts(clock);
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual(['budget Research 50', 'budget Research 80']);
    expect((await mails(context)).map(({ recipient, subject }) => [recipient, subject])).toEqual([[owner, 'Demo Customer：Research已使用预算的 80%']]);
    await deliverDue(clock);
    await receiver.stop();
    const told = receiver.received.map(({ body }) => (JSON.parse(body) as { data: { percent: number; used: number; limit: number; currency: string } }).data);
    expect(told.map(({ percent, used, limit, currency }) => [percent, used, limit, currency]).sort()).toEqual([[50, 97, 120, 'USD'], [80, 97, 120, 'USD']]);

    clock.set(new Date('2026-04-01T00:00:00Z'));
    await use(context, 50_000n, 'research');
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual(['budget Research 50', 'budget Research 50', 'budget Research 80']);
  });

  it('is told at once of what passes it already when it is set, anew when it is changed, and not at all once archived', async () => {
    const { context, clock } = await customer();
    await use(context, 100_000n, 'ops');
    await raiseMoneyAlerts(clock);
    const { id } = await createCostCentre(context, { key: 'ops', name: 'Ops', budgetMinor: 200n });
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual(['budget Ops 50']);
    await changeCostCentre(context, id, { budgetMinor: 150n });
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual(['budget Ops 50', 'budget Ops 50', 'budget Ops 80']);
    await archiveCostCentre(context, id);
    await use(context, 900_000n, 'ops');
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toHaveLength(3);
  });

  it('is raised once by workers at the same time', async () => {
    const { context, clock } = await customer();
    await createCostCentre(context, { key: 'race', name: 'Race', budgetMinor: 100n });
    await use(context, 100_000n, 'race');
    await Promise.all(Array.from({ length: 5 }, () => raiseMoneyAlerts(clock)));
    expect(await raised(context)).toEqual(['budget Race 100', 'budget Race 50', 'budget Race 80']);
  });
});

describe('the spend cap', () => {
  it('alerts at the percentages that the account chose, of what usage past the limits costs', async () => {
    const { context, clock } = await customer();
    await setAlertSettings(context, { ...defaultSettings, spendPercents: [60, 25] });
    await setSpendCap(context, 1_200n);
    await use(context, 1_000_000n);
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual([]);
    await use(context, 400_000n);
    await raiseMoneyAlerts(clock);
    expect(await raised(context)).toEqual(['spend 25']);
    expect((await listAlerts(context, { kind: 'spend', page: 1, pageSize: 1 })).items).toMatchObject([{ used: 480n, limit: 1_200n, currency: 'USD', feature: null }]);
  });
});

describe('the outlook', () => {
  it('alerts of a limit that will be passed once a period, and of unusual use once a day, if it is wanted', async () => {
    const { context, clock } = await customer();
    const { context: quiet } = await customer();
    await setAlertSettings(quiet, { ...defaultSettings, forecast: false, unusual: false });
    const now = new Date('2026-03-20T12:00:00Z');
    clock.set(now);
    const silent: Context = { ...quiet, clock };
    for (const one of [context, silent]) for (let index = 18; index > 0; index -= 1) await use(one, 45_000n, undefined, new Date(now.getTime() - index * day));
    await raiseOutlookAlerts(clock);
    await raiseOutlookAlerts(clock);
    expect((await listAlerts(context, { page: 1, pageSize: 10 })).items).toMatchObject([{ kind: 'forecast', feature: 'tokens', limit: 1_000_000n, resetsAt: new Date('2026-04-02T10:00:00Z') }]);
    expect(await raised(silent)).toEqual([]);
  });

  it('does not cry wolf by a few days or for a limit that begins anew soon', () => {
    const period = { start, end: new Date(start.getTime() + 30 * day) };
    const forecast = { limit: 100n, used: 10n, expected: 120n, low: 90n, method: 'weekly' as const, period };
    expect(willPass(forecast)).toBe(true);
    expect(willPass({ ...forecast, method: 'run_rate' })).toBe(false);
    expect(willPass({ ...forecast, method: 'run_rate', low: 101n })).toBe(true);
    expect(willPass({ ...forecast, used: 100n })).toBe(false);
    expect(willPass({ ...forecast, limit: null })).toBe(false);
    expect(willPass({ ...forecast, period: { start, end: new Date(start.getTime() + day) } })).toBe(false);
  });
});

describe('alert settings', () => {
  it('decide who gets the mail, are kept in order and audited once', async () => {
    const { context, clock } = await customer();
    await member(context, 'owner', 'en');
    const developer = await member(context, 'developer', 'en');
    expect(await getAlertSettings(context)).toEqual(defaultSettings);
    const wanted = { ...defaultSettings, spendPercents: [90, 10, 90], recipients: ['developer' as const] };
    expect(await setAlertSettings(context, wanted)).toMatchObject({ spendPercents: [10, 90], recipients: ['developer'] });
    await setAlertSettings(context, wanted);
    expect(await database().auditEntry.count({ where: { accountId: context.accountId, action: 'alert_settings.changed' } })).toBe(1);
    await createCostCentre(context, { key: 'labs', name: 'Labs', budgetMinor: 100n });
    await use(context, 100_000n, 'labs');
    await raiseMoneyAlerts(clock);
    expect((await mails(context)).map(({ recipient, subject }) => [recipient, subject])).toEqual([[developer, 'Demo Customer: Labs has used 100% of its budget']]);
  });

  it('leave alerts to be marked as read and as new again', async () => {
    const { context, clock } = await customer();
    await createCostCentre(context, { key: 'labs', name: 'Labs', budgetMinor: 200n });
    await use(context, 100_000n, 'labs');
    await raiseMoneyAlerts(clock);
    const id = (await listAlerts(context, { page: 1, pageSize: 1 })).items[0]?.id ?? '';
    await markAlertsRead(context, id);
    expect((await listAlerts(context, { page: 1, pageSize: 1 })).unread).toBe(0);
    await markAlertUnread(context, id);
    expect((await listAlerts(context, { page: 1, pageSize: 1 })).unread).toBe(1);
    await expect(markAlertUnread({ ...context, accountId: 'acc_other' }, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
