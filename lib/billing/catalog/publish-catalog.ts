import type { Clock } from '@/lib/core/clock';
import { inTransaction, type Database } from '@/lib/core/database';
import * as addonStore from './addons/store';
import type { AddonDefinition, CatalogDefinition, Plan, PlanDefinition } from './catalog';
import { toJson } from './pricing/schema';
import * as store from './store';

/** The value as text with the names of each object in order, so that two texts are the same when the values are. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

const texts = (values: readonly object[]): string[] => values.map((value) => canonical(toJson(value))).sort();

/** Prices and entitlements in one comparable form: two plans with the same text sell the same thing. */
function terms(plan: PlanDefinition): string {
  const prices = plan.prices.map(({ currency, interval, intervalCount = 1, amountMinor, setupFeeMinor = 0n, minimumMinor = null, unitPrices = [] }) => ({
    currency, interval, intervalCount, amountMinor, setupFeeMinor, minimumMinor, unitPrices: texts(unitPrices),
  }));
  const entitlements = Object.entries(plan.entitlements).map(([key, granted]) => ({
    key,
    limit: granted.limit ?? null,
    enabled: granted.enabled ?? true,
    allowed: granted.allowed ?? [],
    policy: granted.policy ?? 'block',
    reset: granted.reset ?? 'period',
    rolloverCap: granted.rolloverCap ?? null,
    rates: texts(granted.rates ?? []),
    overage: granted.overage ?? {},
  }));
  return canonical([texts(prices), texts(entitlements), plan.trial ?? null]);
}

/** A plan as it is sold, in the form in which plans are written down. */
export function definitionOf(plan: Plan): PlanDefinition {
  const entitlements = plan.entitlements.map((granted) => [granted.feature.key, { ...granted, overage: { ...granted.overage, ...granted.overageSchemes } }] as const);
  return { ...plan, entitlements: Object.fromEntries(entitlements) };
}

/** Whether both sell the same thing, whatever they are called. */
export function sellsTheSame(plan: PlanDefinition, sold: Plan): boolean {
  return terms(definitionOf(sold)) === terms(plan);
}

const addonTerms = ({ plans = [], prices, grants = {} }: AddonDefinition): string =>
  canonical([plans, texts(prices.map((price) => ({ ...price, intervalCount: price.intervalCount ?? 1 }))), toJson(grants)]);

/** Writes the add-on, and a new version of it where it sells something else than its newest one. */
export async function writeAddonAsDefined(transaction: Database, addon: AddonDefinition, position: number, now: Date): Promise<void> {
  const newest = await addonStore.readNewestAddon(transaction, addon.key);
  const addonId = await addonStore.writeAddon(transaction, addon, position, now);
  if (newest && addonTerms(newest) === addonTerms(addon)) return;
  await addonStore.writeAddonVersion(transaction, addonId, (newest?.version ?? 0) + 1, addon, now);
}

/**
 * Brings the catalog to what is written down: texts change in place, and a plan or add-on whose prices or grants differ
 * from its newest version gets a new version. Publishing the same definition again changes nothing, and undoes nothing that
 * was edited through use cases meanwhile.
 */
export async function publishCatalog(catalog: CatalogDefinition, clock: Clock): Promise<void> {
  await inTransaction(async (transaction) => {
    await store.writeFeatures(transaction, catalog.features);
    for (const plan of catalog.plans) {
      const newest = await store.readNewestVersion(transaction, plan.key);
      const written = await store.readNewestVersion(transaction, plan.key, true);
      // Edited by a use case since, while the file says what it said then: the edit stands.
      if (newest && newest.versionId !== written?.versionId && written && sellsTheSame(plan, written)) continue;
      const planId = await store.writePlan(transaction, plan, clock.now());
      if (newest && sellsTheSame(plan, newest)) continue;
      await store.writeVersion(transaction, planId, (newest?.version ?? 0) + 1, plan, clock.now());
    }
    for (const [position, addon] of (catalog.addons ?? []).entries()) await writeAddonAsDefined(transaction, addon, position, clock.now());
  });
}
