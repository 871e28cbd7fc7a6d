import { beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { defaultCatalog } from './default-catalog';
import { getPlan, listPlans } from './list-plans';
import { publishCatalog } from './publish-catalog';
import { readPlanVersion } from './store';

const now = new Date('2026-03-01T00:00:00Z');
const clock = new FixedClock(now);

describe('catalog', () => {
  useTestDatabase();
  let mine: Context;
  let theirs: Context;

  beforeAll(async () => {
    const sellerId = await seedSeller(now);
    mine = (await seedAccount(sellerId, now)).context;
    theirs = (await seedAccount(sellerId, now)).context;
  });

  const limitOf = async (planKey: string, feature: string) => {
    const plan = await getPlan(mine, planKey);
    return plan.entitlements.find((granted) => granted.feature.key === feature)?.limit;
  };
  const monthly = async (planKey: string, currency: string) => {
    const plan = await getPlan(mine, planKey);
    return plan.prices.find((price) => price.currency === currency && price.interval === 'month')?.amountMinor;
  };

  it('ships Free, Pro and Enterprise with their limits and prices', async () => {
    expect((await listPlans(mine)).map((plan) => plan.key)).toEqual(['free', 'pro', 'enterprise']);
    expect([await limitOf('free', 'api_calls'), await limitOf('free', 'tokens'), await monthly('free', 'USD')]).toEqual([100n, 10_000n, 0n]);
    expect([await limitOf('pro', 'api_calls'), await limitOf('pro', 'tokens'), await monthly('pro', 'USD')]).toEqual([10_000n, 1_000_000n, 2999n]);
    expect([await limitOf('enterprise', 'api_calls'), await limitOf('enterprise', 'tokens'), await monthly('enterprise', 'USD')]).toEqual([1_000_000n, 100_000_000n, 9999n]);
  });

  it('prices every plan by month and year in dollars, euros and yuan, and grants every feature', async () => {
    for (const plan of await listPlans(mine)) {
      const offered = plan.prices.map((price) => `${price.currency} ${price.interval}`).sort();
      expect(offered).toEqual(['CNY month', 'CNY year', 'EUR month', 'EUR year', 'USD month', 'USD year']);
      expect(plan.entitlements.map((granted) => granted.feature.key)).toEqual(defaultCatalog.features.map((feature) => feature.key));
    }
  });

  it('keeps exact overage prices', async () => {
    const plan = await getPlan(mine, 'enterprise');
    const tokens = plan.entitlements.find((granted) => granted.feature.key === 'tokens');
    expect(tokens).toMatchObject({ policy: 'overage', overage: { USD: '0.00001', EUR: '0.0000095', CNY: '0.00007' } });
  });

  it('changes nothing when the same catalog is published again', async () => {
    const before = await database().planVersion.count();
    await publishCatalog(defaultCatalog, clock);
    expect(await database().planVersion.count()).toBe(before);
  });

  it('publishes a changed price as a new version and leaves the sold one as it was', async () => {
    const sold = await getPlan(mine, 'pro');
    const plans = defaultCatalog.plans.map((plan) =>
      plan.key === 'pro' ? { ...plan, prices: plan.prices.map((price) => ({ ...price, amountMinor: price.amountMinor + 100n })) } : plan,
    );
    await publishCatalog({ ...defaultCatalog, plans }, clock);
    expect(await getPlan(mine, 'pro')).toMatchObject({ version: 2 });
    expect(await monthly('pro', 'USD')).toBe(3099n);
    expect(await readPlanVersion(database(), sold.versionId)).toEqual(sold);
  });

  it('shows a negotiated plan to its account alone, and a retired plan to nobody', async () => {
    const offer = defaultCatalog.plans.map((plan) => ({ ...plan, key: `${plan.key}-negotiated` })).slice(1, 2);
    await publishCatalog({ ...defaultCatalog, plans: offer }, clock);
    await database().plan.update({ where: { key: 'pro-negotiated' }, data: { accountId: mine.accountId } });
    await expect(getPlan(mine, 'pro-negotiated')).resolves.toMatchObject({ key: 'pro-negotiated' });
    await expect(getPlan(theirs, 'pro-negotiated')).rejects.toMatchObject({ code: 'unknown_plan' });
    await database().plan.update({ where: { key: 'pro-negotiated' }, data: { retiredAt: now } });
    await expect(getPlan(mine, 'pro-negotiated')).rejects.toMatchObject({ code: 'unknown_plan' });
    await expect(getPlan(mine, newId('plan'))).rejects.toMatchObject({ code: 'unknown_plan' });
  });
});
