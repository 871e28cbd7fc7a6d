import type { Clock } from '@/lib/core/clock';
import { inTransaction } from '@/lib/core/database';
import type { CatalogDefinition, Plan, PlanDefinition } from './catalog';
import * as store from './store';

/** Prices and entitlements in one comparable form: two plans with the same text sell the same thing. */
function terms(plan: PlanDefinition): string {
  const prices = plan.prices.map((price) => `${price.currency} ${price.intervalCount ?? 1} ${price.interval} ${price.amountMinor}`).sort();
  const entitlements = Object.entries(plan.entitlements)
    .map(([key, granted]) => {
      const overage = Object.entries(granted.overage ?? {}).sort().map(([currency, amount]) => `${currency}=${amount}`);
      const rates = (granted.rates ?? []).map(({ window, quantity }) => `${quantity}/${window}`).sort();
      const limit = [granted.limit ?? 'unlimited', granted.policy ?? 'block', granted.reset ?? 'period', granted.rolloverCap ?? 'nothing'];
      return [key, granted.enabled ?? true, (granted.allowed ?? []).join('+'), ...limit, ...rates, ...overage].join(' ');
    })
    .sort();
  return [...prices, ...entitlements].join('\n');
}

function definitionOf(plan: Plan): PlanDefinition {
  return { ...plan, entitlements: Object.fromEntries(plan.entitlements.map((granted) => [granted.feature.key, granted])) };
}

/**
 * Brings the catalog to what is written down: texts change in place, and a plan whose prices or entitlements differ
 * from its newest version gets a new version. Publishing the same definition again changes nothing.
 */
export async function publishCatalog(catalog: CatalogDefinition, clock: Clock): Promise<void> {
  await inTransaction(async (transaction) => {
    await store.writeFeatures(transaction, catalog.features);
    for (const plan of catalog.plans) {
      const newest = await store.readNewestVersion(transaction, plan.key);
      const planId = await store.writePlan(transaction, plan, clock.now());
      if (newest && terms(definitionOf(newest)) === terms(plan)) continue;
      await store.writeVersion(transaction, planId, (newest?.version ?? 0) + 1, plan, clock.now());
    }
  });
}
