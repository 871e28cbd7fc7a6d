import { z } from 'zod';
import type { Database, Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { Addon, AddonDefinition } from '../catalog';
import { schemeFrom, toJson } from '../pricing/schema';

const contents = { addon: true } satisfies Prisma.AddonVersionInclude;
export type AddonVersionRow = Prisma.AddonVersionGetPayload<{ include: typeof contents }>;

const prices = z.array(z.object({ currency: z.string(), interval: z.enum(['day', 'week', 'month', 'year']), intervalCount: z.number().int(), scheme: z.unknown().transform(schemeFrom) }));
const grants = z.record(z.string(), z.string().transform((digits) => BigInt(digits)));

export function addonFrom({ addon, ...row }: AddonVersionRow): Addon {
  return {
    id: addon.id,
    key: addon.key,
    version: row.version,
    versionId: row.id,
    name: { en: addon.nameEn, zh: addon.nameZh },
    description: { en: addon.descriptionEn, zh: addon.descriptionZh },
    plans: row.planKeys,
    prices: prices.parse(row.prices),
    grants: grants.parse(row.grants),
  };
}

/** The newest version of every add-on on offer, in the order of the catalog. */
export async function readOfferedAddons(db: Database): Promise<Addon[]> {
  const addons = await db.addon.findMany({
    where: { retiredAt: null },
    orderBy: [{ position: 'asc' }, { key: 'asc' }],
    include: { versions: { orderBy: { version: 'desc' }, take: 1, include: contents } },
  });
  return addons.flatMap(({ versions }) => versions.map(addonFrom));
}

/** Takes it off offer, or back on. Returns whether there is such an add-on. */
export async function retireAddon(db: Database, key: string, retiredAt: Date | null): Promise<boolean> {
  const { count } = await db.addon.updateMany({ where: { key, ...(retiredAt && { retiredAt: null }) }, data: { retiredAt } });
  return count > 0;
}

export async function readNewestAddon(db: Database, key: string): Promise<Addon | null> {
  const row = await db.addonVersion.findFirst({ where: { addon: { key } }, orderBy: { version: 'desc' }, include: contents });
  return row && addonFrom(row);
}

export async function writeAddon(db: Database, addon: AddonDefinition, position: number, now: Date): Promise<string> {
  const columns = { nameEn: addon.name.en, nameZh: addon.name.zh, descriptionEn: addon.description.en, descriptionZh: addon.description.zh, position };
  const row = await db.addon.upsert({
    where: { key: addon.key },
    create: { id: newId('addon'), key: addon.key, createdAt: now, ...columns },
    update: columns,
  });
  return row.id;
}

export async function writeAddonVersion(db: Database, addonId: string, version: number, addon: AddonDefinition, now: Date): Promise<void> {
  await db.addonVersion.create({
    data: {
      id: newId('aver'),
      addonId,
      version,
      publishedAt: now,
      planKeys: addon.plans ?? [],
      prices: toJson(addon.prices.map((price) => ({ ...price, intervalCount: price.intervalCount ?? 1 }))),
      grants: toJson(addon.grants ?? {}),
    },
  });
}
