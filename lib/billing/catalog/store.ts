import { isDeepStrictEqual } from 'node:util';
import type { Database, Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { CatalogDefinition, Feature, Plan, PlanDefinition, Price } from './catalog';
import { dearestUnitAmount } from './pricing/rate';
import { schemeFrom, toJson, unitPricesFrom } from './pricing/schema';

const versionContents = {
  plan: true,
  prices: { orderBy: [{ currency: 'asc' }, { amountMinor: 'asc' }] },
  entitlements: { include: { feature: true, overagePrices: true, rates: { orderBy: { window: 'asc' } } }, orderBy: { feature: { position: 'asc' } } },
} satisfies Prisma.PlanVersionInclude;

type VersionRow = Prisma.PlanVersionGetPayload<{ include: typeof versionContents }>;

type FeatureRow = Prisma.FeatureGetPayload<object>;

export function featureFrom(row: FeatureRow): Feature {
  return { key: row.key, kind: row.kind, name: { en: row.nameEn, zh: row.nameZh }, unit: { en: row.unitEn, zh: row.unitZh } };
}

/** Every feature of the catalog, in its order. */
export async function readFeatures(db: Database): Promise<Feature[]> {
  return (await db.feature.findMany({ orderBy: { position: 'asc' } })).map(featureFrom);
}

function priceFrom({ setupFeeMinor, minimumMinor, unitPrices, ...price }: VersionRow['prices'][number]): Price {
  return { ...price, setupFeeMinor, minimumMinor, unitPrices: unitPricesFrom(unitPrices) };
}

function planFrom(row: VersionRow): Plan {
  const { trialDays, trialPaymentMethod } = row;
  return {
    id: row.plan.id,
    key: row.plan.key,
    version: row.version,
    versionId: row.id,
    name: { en: row.plan.nameEn, zh: row.plan.nameZh },
    description: { en: row.plan.descriptionEn, zh: row.plan.descriptionZh },
    rank: row.plan.rank,
    prices: row.prices.map(priceFrom),
    trial: trialDays && trialPaymentMethod ? { days: trialDays, paymentMethod: trialPaymentMethod } : null,
    entitlements: row.entitlements.map((entitlement) => ({
      feature: featureFrom(entitlement.feature),
      limit: entitlement.limitQuantity,
      enabled: entitlement.enabled,
      allowed: entitlement.allowed,
      policy: entitlement.policy,
      reset: entitlement.reset,
      rolloverCap: entitlement.rolloverCap,
      rates: entitlement.rates.map(({ window, quantity }) => ({ window, quantity })),
      overage: Object.fromEntries(entitlement.overagePrices.map((price) => [price.currency, price.unitAmount.toFixed()])),
      overageSchemes: Object.fromEntries(entitlement.overagePrices.flatMap(({ currency, scheme }) => (scheme === null ? [] : [[currency, schemeFrom(scheme)]]))),
    })),
  };
}

/** The newest version of every plan on offer to the account, small plans first. */
export async function readOfferedPlans(db: Database, accountId: string): Promise<Plan[]> {
  const plans = await db.plan.findMany({
    where: { retiredAt: null, OR: [{ accountId: null }, { accountId }] },
    orderBy: { rank: 'asc' },
    include: { versions: { orderBy: { version: 'desc' }, take: 1, include: versionContents } },
  });
  return plans.flatMap((plan) => plan.versions.map(planFrom));
}

export async function readPlanVersion(db: Database, versionId: string): Promise<Plan | null> {
  const row = await db.planVersion.findUnique({ where: { id: versionId }, include: versionContents });
  return row && planFrom(row);
}

/** What a price belongs to: its plan version, with a digest of every row that the version as a plan is made of. */
export interface PricedVersion {
  priceId: string;
  versionId: string;
  digest: string;
}

/** A digest of the features of the catalog, and for each of the prices its version. */
export async function readDigests(db: Database, priceIds: readonly string[]): Promise<{ features: string; prices: PricedVersion[] }> {
  const rows = await db.$queryRaw<{ price_id: string | null; version_id: string; digest: string }[]>`/* catalog_digests */
    WITH features AS (SELECT md5(string_agg(f::text, chr(10) ORDER BY f.key)) AS digest FROM feature f),
    asked AS (SELECT id, plan_version_id FROM price WHERE id = ANY (${[...priceIds]}::text[])),
    versions AS (
      SELECT v.id, md5(concat_ws(chr(10), v::text, p::text, features.digest,
        (SELECT string_agg(price::text, chr(10) ORDER BY price.id) FROM price WHERE price.plan_version_id = v.id),
        (SELECT string_agg(e::text, chr(10) ORDER BY e.id) FROM entitlement e WHERE e.plan_version_id = v.id),
        (SELECT string_agg(r::text, chr(10) ORDER BY r.entitlement_id, r.window) FROM entitlement_rate r JOIN entitlement e ON e.id = r.entitlement_id
         WHERE e.plan_version_id = v.id),
        (SELECT string_agg(o::text, chr(10) ORDER BY o.entitlement_id, o.currency) FROM overage_price o JOIN entitlement e ON e.id = o.entitlement_id
         WHERE e.plan_version_id = v.id))) AS digest
      FROM plan_version v JOIN plan p ON p.id = v.plan_id CROSS JOIN features WHERE v.id IN (SELECT plan_version_id FROM asked)
    )
    SELECT asked.id AS price_id, versions.id AS version_id, versions.digest FROM asked JOIN versions ON versions.id = asked.plan_version_id
    UNION ALL SELECT NULL, '', digest FROM features`;
  const prices = rows.flatMap(({ price_id, version_id, digest }) => (price_id === null ? [] : [{ priceId: price_id, versionId: version_id, digest }]));
  return { features: rows.find((row) => row.price_id === null)?.digest ?? '', prices };
}

/** The newest version of the plan; with `fromFile`, of those that the catalog's file published. */
export async function readNewestVersion(db: Database, planKey: string, fromFile?: true): Promise<Plan | null> {
  const row = await db.planVersion.findFirst({ where: { plan: { key: planKey }, ...(fromFile && { fromFile }) }, orderBy: { version: 'desc' }, include: versionContents });
  return row && planFrom(row);
}

/** Writes the features that differ from what is stored, in their order. */
export async function writeFeatures(db: Database, features: CatalogDefinition['features']): Promise<void> {
  const stored = new Map((await db.feature.findMany()).map(({ key, ...columns }) => [key, columns]));
  for (const [position, feature] of features.entries()) {
    const columns = {
      kind: feature.kind,
      nameEn: feature.name.en,
      nameZh: feature.name.zh,
      unitEn: feature.unit?.en ?? '',
      unitZh: feature.unit?.zh ?? '',
      position,
    };
    if (isDeepStrictEqual(stored.get(feature.key), columns)) continue;
    await db.feature.upsert({ where: { key: feature.key }, create: { key: feature.key, ...columns }, update: columns });
  }
}

/** `accountId` set: for that account alone; it is told when the plan is made. */
export async function writePlan(db: Database, plan: PlanDefinition, now: Date, accountId: string | null = null): Promise<string> {
  const columns = {
    nameEn: plan.name.en,
    nameZh: plan.name.zh,
    descriptionEn: plan.description.en,
    descriptionZh: plan.description.zh,
    rank: plan.rank,
  };
  const row = await db.plan.upsert({
    where: { key: plan.key },
    create: { id: newId('plan'), key: plan.key, accountId, createdAt: now, ...columns },
    update: columns,
  });
  return row.id;
}

/** Makes every other change of plans and add-ons wait until the transaction ends. */
export async function lockCatalog(db: Database): Promise<void> {
  await db.$executeRaw`LOCK TABLE plan IN SHARE ROW EXCLUSIVE MODE`;
}

/** Whose the plan is and whether it is still on offer; null when there is none of that key. */
export async function readPlanOwner(db: Database, key: string): Promise<{ id: string; accountId: string | null; retiredAt: Date | null } | null> {
  return db.plan.findUnique({ where: { key }, select: { id: true, accountId: true, retiredAt: true } });
}

export async function retirePlan(db: Database, id: string, retiredAt: Date | null): Promise<void> {
  await db.plan.update({ where: { id }, data: { retiredAt } });
}

export async function writeVersion(db: Database, planId: string, version: number, plan: PlanDefinition, now: Date, fromFile = true): Promise<void> {
  await db.planVersion.create({
    data: {
      id: newId('pver'),
      planId,
      version,
      publishedAt: now,
      fromFile,
      trialDays: plan.trial?.days ?? null,
      trialPaymentMethod: plan.trial?.paymentMethod ?? null,
      prices: {
        create: plan.prices.map((price) => ({
          id: newId('price'),
          currency: price.currency,
          interval: price.interval,
          intervalCount: price.intervalCount ?? 1,
          amountMinor: price.amountMinor,
          setupFeeMinor: price.setupFeeMinor ?? 0n,
          minimumMinor: price.minimumMinor ?? null,
          unitPrices: toJson(price.unitPrices ?? []),
        })),
      },
      entitlements: {
        create: Object.entries(plan.entitlements).map(([featureKey, granted]) => ({
          id: newId('pfeat'),
          feature: { connect: { key: featureKey } },
          limitQuantity: granted.limit ?? null,
          enabled: granted.enabled ?? true,
          allowed: granted.allowed ?? [],
          policy: granted.policy ?? 'block',
          reset: granted.reset ?? 'period',
          rolloverCap: granted.rolloverCap ?? null,
          rates: { create: (granted.rates ?? []).map(({ window, quantity }) => ({ window, quantity })) },
          overagePrices: {
            create: Object.entries(granted.overage ?? {}).map(([currency, price]) =>
              typeof price === 'string'
                ? { currency, unitAmount: price }
                : { currency, unitAmount: dearestUnitAmount(price, currency), scheme: toJson(price) },
            ),
          },
        })),
      },
    },
  });
}
