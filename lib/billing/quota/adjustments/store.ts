import type { Database, Prisma } from '@/lib/core/database';
import type { Adjustments, QuotaBoost, QuotaOverride, SpendCapSetting } from './adjustment';

type OverrideRow = Prisma.QuotaOverrideGetPayload<object>;
type BoostRow = Prisma.QuotaBoostGetPayload<object>;

const overrideFrom = ({ accountId: _, featureKey, limitQuantity, ...row }: OverrideRow): QuotaOverride => ({ ...row, feature: featureKey, limit: limitQuantity });
const boostFrom = ({ accountId: _, featureKey, ...row }: BoostRow): QuotaBoost => ({ ...row, feature: featureKey });

/**
 * The overrides and boosts that had not ended by the moment given for each account, also those to come: what is given back
 * tells them for an account.
 */
export async function readAdjustmentsOf(db: Database, asked: readonly { accountId: string; since: Date }[]): Promise<(accountId: string) => Adjustments> {
  const since = new Map(asked.map((one) => [one.accountId, one.since]));
  const accountId = { in: [...since.keys()] };
  const earliest = new Date(Math.min(...asked.map((one) => one.since.getTime())));
  const overrides = await db.quotaOverride.findMany({
    where: { accountId, OR: [{ endsAt: null }, { endsAt: { gt: earliest } }] },
    orderBy: { featureKey: 'asc' },
  });
  const boosts = await db.quotaBoost.findMany({ where: { accountId, endsAt: { gt: earliest } }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] });
  return (account) => {
    const lasts = (row: { accountId: string; endsAt: Date | null }): boolean =>
      row.accountId === account && (row.endsAt === null || row.endsAt > (since.get(account) ?? earliest));
    return { overrides: overrides.filter(lasts).map(overrideFrom), boosts: boosts.filter(lasts).map(boostFrom) };
  };
}

/** The account's overrides and boosts that had not ended by the moment, also those to come. */
export async function readAdjustments(db: Database, accountId: string, since: Date): Promise<Adjustments> {
  return (await readAdjustmentsOf(db, [{ accountId, since }]))(accountId);
}

export async function readOverride(db: Database, accountId: string, featureKey: string): Promise<QuotaOverride | null> {
  const row = await db.quotaOverride.findUnique({ where: { accountId_featureKey: { accountId, featureKey } } });
  return row && overrideFrom(row);
}

/** Writes the override in the place of the feature's other one, if it has one. */
export async function writeOverride(db: Database, accountId: string, override: QuotaOverride): Promise<void> {
  const { feature: featureKey, limit: limitQuantity, ...rest } = override;
  const columns = { ...rest, limitQuantity };
  await db.quotaOverride.upsert({
    where: { accountId_featureKey: { accountId, featureKey } },
    create: { accountId, featureKey, ...columns },
    update: columns,
  });
}

export async function deleteOverride(db: Database, accountId: string, featureKey: string): Promise<void> {
  await db.quotaOverride.delete({ where: { accountId_featureKey: { accountId, featureKey } } });
}

export async function readBoost(db: Database, accountId: string, id: string): Promise<QuotaBoost | null> {
  const row = await db.quotaBoost.findFirst({ where: { id, accountId } });
  return row && boostFrom(row);
}

export async function insertBoost(db: Database, accountId: string, { feature: featureKey, ...boost }: QuotaBoost): Promise<void> {
  await db.quotaBoost.create({ data: { accountId, featureKey, ...boost } });
}

export async function deleteBoost(db: Database, id: string): Promise<void> {
  await db.quotaBoost.delete({ where: { id } });
}

/** The caps of the accounts that have one, by account. */
export async function readSpendCaps(db: Database, accountIds: readonly string[]): Promise<Map<string, SpendCapSetting>> {
  const rows = await db.spendCap.findMany({ where: { accountId: { in: [...accountIds] } } });
  return new Map(rows.map(({ accountId, amountMinor, currency }) => [accountId, { amountMinor, currency }]));
}

export async function readSpendCap(db: Database, accountId: string): Promise<SpendCapSetting | null> {
  return (await readSpendCaps(db, [accountId])).get(accountId) ?? null;
}

export async function writeSpendCap(db: Database, accountId: string, cap: SpendCapSetting, now: Date): Promise<void> {
  await db.spendCap.upsert({ where: { accountId }, create: { accountId, ...cap, createdAt: now, updatedAt: now }, update: { ...cap, updatedAt: now } });
}

export async function deleteSpendCap(db: Database, accountId: string): Promise<void> {
  await db.spendCap.delete({ where: { accountId } });
}
