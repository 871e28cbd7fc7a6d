import { beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { requireSubscription } from '../subscriptions/get-subscription';
import { createSubscription } from '../subscriptions/create-subscription';
import { listAddons } from './addons/list-addons';
import { publishAddon, retireAddon } from './addons/publish-addon';
import type { PlanDefinition } from './catalog';
import { createCoupon, endCoupon } from './coupons/manage-coupons';
import { defaultCatalog } from './default-catalog';
import { getPlan } from './list-plans';
import { publishCatalog } from './publish-catalog';
import { publishPlan, retirePlan } from './publish-plan';

const now = new Date('2026-03-01T00:00:00Z');
const name = { en: 'Test', zh: '测试' };

describe('editing the catalog', () => {
  useTestDatabase();
  let mine: Context;
  let theirs: Context;

  beforeAll(async () => {
    const sellerId = await seedSeller(now);
    mine = (await seedAccount(sellerId, now)).context;
    theirs = (await seedAccount(sellerId, now)).context;
  });

  function plan(change: Partial<PlanDefinition> = {}): PlanDefinition {
    const prices = [{ currency: 'USD', interval: 'month' as const, amountMinor: 1_000n }];
    return { key: newId('plan'), rank: 60, name, description: name, prices, entitlements: { tokens: { limit: 10n } }, ...change };
  }
  const dearer = [{ currency: 'USD', interval: 'month' as const, amountMinor: 2_000n }];
  const entriesOf = (subject: string) => database().auditEntry.findMany({ where: { subject }, orderBy: { id: 'asc' } });

  it('makes a new version where something else is sold, and running subscriptions stay on theirs', async () => {
    const definition = plan();
    const { plan: first } = await publishPlan(mine, definition, { exclusive: false });
    const { context } = { context: mine };
    await createSubscription(context, { planKey: definition.key, interval: 'month' });
    const { plan: second } = await publishPlan(mine, { ...definition, prices: dearer }, { exclusive: false });
    expect([first.version, second.version]).toEqual([1, 2]);
    expect((await requireSubscription(mine)).price.amountMinor).toBe(1_000n);
    expect((await getPlan(theirs, definition.key)).prices).toMatchObject([{ amountMinor: 2_000n }]);
  });

  it('is written down once, and the same again is no change', async () => {
    const definition = plan();
    const { plan: published } = await publishPlan(mine, definition, { exclusive: false });
    await publishPlan(mine, definition, { exclusive: false });
    await publishPlan(mine, { ...definition, name: { en: 'Renamed', zh: '改名' } }, { exclusive: false });
    expect(await getPlan(mine, definition.key)).toMatchObject({ version: 1, name: { en: 'Renamed' } });
    expect((await entriesOf(published.id)).map(({ action, accountId }) => [action, accountId])).toEqual([['plan.published', null], ['plan.published', null]]);
  });

  it('makes one version of many edits that come at once', async () => {
    const definition = plan();
    await Promise.all(Array.from({ length: 5 }, () => publishPlan(mine, definition, { exclusive: false })));
    expect(await database().planVersion.count({ where: { plan: { key: definition.key } } })).toBe(1);
  });

  it('offers a negotiated plan to its account alone, which nobody else can edit or retire', async () => {
    const definition = plan();
    await publishPlan(mine, definition, { exclusive: true });
    await expect(getPlan(mine, definition.key)).resolves.toMatchObject({ key: definition.key });
    await expect(getPlan(theirs, definition.key)).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(publishPlan(theirs, definition, { exclusive: true })).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(retirePlan(theirs, definition.key)).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(publishPlan(mine, definition, { exclusive: false })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes a plan off offer and back', async () => {
    const definition = plan();
    await publishPlan(mine, definition, { exclusive: false });
    await retirePlan(mine, definition.key);
    await expect(getPlan(mine, definition.key)).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(retirePlan(mine, definition.key)).rejects.toMatchObject({ code: 'unknown_plan' });
    await publishPlan(mine, definition, { exclusive: false });
    expect(await getPlan(mine, definition.key)).toMatchObject({ version: 1 });
  });

  it('is not undone by the file when the house starts again, and undone when the file says something new', async () => {
    const written = plan();
    const clock = new FixedClock(now);
    const start = (definition: PlanDefinition) => publishCatalog({ features: defaultCatalog.features, plans: [definition] }, clock);
    await start(written);
    await publishPlan(mine, { ...written, prices: dearer, name: { en: 'Edited', zh: '已修改' } }, { exclusive: false });
    await start(written);
    expect(await getPlan(mine, written.key)).toMatchObject({ version: 2, name: { en: 'Edited' }, prices: [{ amountMinor: 2_000n }] });
    await start({ ...written, trial: { days: 7, paymentMethod: 'never' } });
    expect(await getPlan(mine, written.key)).toMatchObject({ version: 3, prices: [{ amountMinor: 1_000n }], trial: { days: 7 } });
  });

  it.each<[string, Partial<PlanDefinition>, string]>([
    ['a feature that is none', { entitlements: { nothing: { limit: 1n } } }, 'entitlements.nothing'],
    ['the same price twice', { prices: [...dearer, ...dearer] }, 'prices.1'],
    ['use past the limit without a price', { entitlements: { tokens: { limit: 1n, policy: 'overage', overage: { EUR: '1' } } } }, 'entitlements.tokens.overage.USD'],
    ['units of what is no level', { prices: [{ ...dearer[0]!, unitPrices: [{ feature: 'tokens', included: 10n, scheme: { kind: 'flat', amount: '1' } }] }] }, 'prices.0.unitPrices.0.feature'],
    ['units of what is not granted', { prices: [{ ...dearer[0]!, unitPrices: [{ feature: 'agent_seats', included: 10n, scheme: { kind: 'flat', amount: '1' } }] }] }, 'prices.0.unitPrices.0.feature'],
    [
      'more units included than are granted',
      { prices: [{ ...dearer[0]!, unitPrices: [{ feature: 'agent_seats', included: 10n, scheme: { kind: 'flat', amount: '1' } }] }], entitlements: { agent_seats: { limit: 5n } } },
      'prices.0.unitPrices.0.feature',
    ],
  ])('refuses %s and names the field', async (_, change, field) => {
    const definition = plan(change);
    await expect(publishPlan(mine, definition, { exclusive: false })).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field }] } });
    expect(await database().plan.count({ where: { key: definition.key } })).toBe(0);
  });

  it('keeps schemes, minimums, setup fees, seats and trials as they were written', async () => {
    const overage = { USD: { kind: 'graduated' as const, tiers: [{ upTo: 10n, unitAmount: '0.000000000001', flatAmount: '2' }, { upTo: null, unitAmount: '0.5' }] } };
    const unitPrices = [{ feature: 'agent_seats', included: 3n, scheme: { kind: 'package' as const, size: 5n, amount: '12.5' } }];
    const definition = plan({
      prices: [{ ...dearer[0]!, setupFeeMinor: 500n, minimumMinor: 9_000n, unitPrices }],
      entitlements: { agent_seats: { limit: 3n }, tokens: { limit: 1n, policy: 'overage', overage } },
      trial: { days: 30, paymentMethod: 'at_start' },
    });
    const { plan: published } = await publishPlan(mine, definition, { exclusive: false });
    expect(published).toMatchObject({ prices: [{ setupFeeMinor: 500n, minimumMinor: 9_000n, unitPrices }], trial: { days: 30, paymentMethod: 'at_start' } });
    const tokens = published.entitlements.find(({ feature }) => feature.key === 'tokens');
    // The first unit costs 2.000000000001, more than any other on average: that is what spend caps count.
    expect(tokens).toMatchObject({ overageSchemes: overage, overage: { USD: '2.000000000001' } });
  });
});

describe('add-ons and coupons', () => {
  useTestDatabase();
  let context: Context;
  beforeAll(async () => {
    context = (await seedAccount(await seedSeller(now), now)).context;
  });

  it('get a new version when something else is sold, and go off offer and back', async () => {
    const addon = { key: 'test_addon', name, description: name, prices: [{ currency: 'USD', interval: 'month' as const, scheme: { kind: 'flat' as const, amount: '1' } }], grants: { storage_gb: 5n } };
    expect(await publishAddon(context, addon)).toMatchObject({ version: 1, grants: { storage_gb: 5n } });
    expect(await publishAddon(context, addon)).toMatchObject({ version: 1 });
    expect(await publishAddon(context, { ...addon, grants: { storage_gb: 6n } })).toMatchObject({ version: 2 });
    await retireAddon(context, addon.key);
    expect((await listAddons(context)).map(({ key }) => key)).not.toContain(addon.key);
    await expect(retireAddon(context, addon.key)).rejects.toMatchObject({ code: 'unknown_addon' });
    await publishAddon(context, { ...addon, grants: { storage_gb: 6n } });
    expect((await listAddons(context)).map(({ key }) => key)).toContain(addon.key);
    await expect(publishAddon(context, { ...addon, grants: { models: 1n } })).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field: 'grants.models' }] } });
  });

  it('name no plan that the account is not offered', async () => {
    const { context: other } = await seedAccount((await database().seller.findFirstOrThrow()).id, now);
    const price = { currency: 'USD', interval: 'month' as const };
    const secret = { key: newId('plan'), rank: 70, name, description: name, prices: [{ ...price, amountMinor: 1n }], entitlements: {} };
    await publishPlan(context, secret, { exclusive: true });
    const sold = { name, description: name, prices: [{ ...price, scheme: { kind: 'flat' as const, amount: '1' } }] };
    await publishAddon(context, { ...sold, key: 'for_one', plans: [secret.key] });
    await publishAddon(context, { ...sold, key: 'for_some', plans: [secret.key, 'pro'] });
    const plansOf = async (who: Context) => (await listAddons(who)).filter(({ key }) => key.startsWith('for_')).map(({ key, plans }) => [key, plans]);
    expect(await plansOf(context)).toEqual([['for_one', [secret.key]], ['for_some', [secret.key, 'pro']]]);
    expect(await plansOf(other)).toEqual([['for_some', ['pro']]]);
  });

  it('have one coupon of a code, which ends once', async () => {
    const coupon = { code: 'ONCE', name, percentage: '10', amounts: {}, cycles: 1, plans: [], expiresAt: null, redemptionCap: null };
    await createCoupon(context, coupon);
    await expect(createCoupon(context, coupon)).rejects.toMatchObject({ code: 'conflict' });
    await endCoupon(context, 'ONCE');
    await expect(endCoupon(context, 'ONCE')).rejects.toMatchObject({ code: 'coupon_expired' });
    await expect(endCoupon(context, 'NEVER')).rejects.toMatchObject({ code: 'unknown_coupon' });
  });
});
