import type { Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Feature, Plan, Price } from './catalog';
import { readDigests, readFeatures, readPlanVersion, type PricedVersion } from './store';

/** What the catalog says now of prices that were sold. */
export interface CatalogNow {
  /** In their order. */
  features: readonly Feature[];
  /** By the id of the price. */
  offers: ReadonlyMap<string, { plan: Plan; price: Price }>;
}

/** Something that was read, under the digest of the rows that it was made of. */
interface Remembered<Value> {
  digest: string;
  value: Value;
}

interface Memory {
  features?: Remembered<readonly Feature[]>;
  /** By the id of the version: the least lately read first. */
  plans: Map<string, Remembered<Plan>>;
}

const mostPlans = 1_000;

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalCatalogMemory?: Memory };
const memory = (): Memory => (holder.portalCatalogMemory ??= { plans: new Map() });

/** Beyond the most, what was read longest ago goes. */
function remember(versionId: string, plan: Remembered<Plan>): void {
  const { plans } = memory();
  plans.delete(versionId);
  plans.set(versionId, plan);
  if (plans.size > mostPlans) plans.delete(plans.keys().next().value ?? '');
}

async function planOf(db: Database, { priceId, versionId, digest }: PricedVersion): Promise<Plan> {
  const known = memory().plans.get(versionId);
  if (known?.digest === digest) {
    remember(versionId, known);
    return known.value;
  }
  const plan = await readPlanVersion(db, versionId);
  if (!plan) throw new Error(`The plan version ${versionId} of a sold price is gone.`);
  // Unless it changed between the two statements.
  const again = (await readDigests(db, [priceId])).prices[0];
  if (again?.digest === digest) remember(versionId, { digest, value: plan });
  return plan;
}

async function featuresNow(db: Database, digest: string): Promise<readonly Feature[]> {
  const known = memory().features;
  if (known?.digest === digest) return known.value;
  const features = await readFeatures(db);
  if ((await readDigests(db, [])).features === digest) memory().features = { digest, value: features };
  return features;
}

/**
 * The features of the catalog and the plans of those prices as the database has them at this moment. A plan has some
 * hundred rows and hardly ever changes, so the process keeps it and asks only whether a digest of its rows is still the
 * same: it is never older than the question, and everybody who has the plan shares one object, which must not be changed.
 */
export async function readCatalogNow(db: Database, priceIds: readonly string[]): Promise<CatalogNow> {
  const digests = await readDigests(db, priceIds);
  const features = await featuresNow(db, digests.features);
  const plans = new Map<string, Plan>();
  const offers = new Map<string, { plan: Plan; price: Price }>();
  for (const priced of digests.prices) {
    const plan = plans.get(priced.versionId) ?? (await planOf(db, priced));
    plans.set(priced.versionId, plan);
    const price = plan.prices.find(({ id }) => id === priced.priceId);
    if (!price) throw new Error(`The price ${priced.priceId} is gone.`);
    offers.set(priced.priceId, { plan, price });
  }
  return { features, offers };
}

/** What was or may be sold at that price, in the version that it is of. Throws `not_found`. */
export async function readOffer(db: Database, priceId: string): Promise<{ plan: Plan; price: Price }> {
  return found((await readCatalogNow(db, [priceId])).offers.get(priceId), 'price');
}
