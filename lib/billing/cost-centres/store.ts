import type { Database, Prisma } from '@/lib/core/database';
import type { DayRange } from '../usage/day-range';
import type { CostCentre } from './cost-centre';

const withKeys = { apiKeys: { where: { revokedAt: null }, select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] } } satisfies Prisma.CostCentreInclude;

function centreFrom({ id, key, name, budgetMinor, currency, createdAt, archivedAt, apiKeys }: Prisma.CostCentreGetPayload<{ include: typeof withKeys }>): CostCentre {
  return { id, key, name, budgetMinor, currency, createdAt, archivedAt, apiKeys };
}

/** By name, archived ones too. */
export async function readCentres(db: Database, accountId: string): Promise<CostCentre[]> {
  const rows = await db.costCentre.findMany({ where: { accountId }, include: withKeys, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return rows.map(centreFrom);
}

export async function readCentre(db: Database, accountId: string, id: string): Promise<CostCentre | null> {
  const row = await db.costCentre.findFirst({ where: { accountId, id }, include: withKeys });
  return row && centreFrom(row);
}

/** Keys that still work or may, by name, with where their usage lands. */
export function readAssignableKeys(db: Database, accountId: string): Promise<{ id: string; name: string; costCentreId: string | null }[]> {
  return db.apiKey.findMany({ where: { accountId, revokedAt: null }, select: { id: true, name: true, costCentreId: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

export async function insertCentre(db: Database, accountId: string, { apiKeys: _, ...centre }: CostCentre): Promise<void> {
  await db.costCentre.create({ data: { ...centre, accountId, updatedAt: centre.createdAt } });
}

export async function writeCentre(db: Database, { id, name, budgetMinor, currency, archivedAt }: CostCentre, now: Date): Promise<void> {
  await db.costCentre.update({ where: { id }, data: { name, budgetMinor, currency, archivedAt, updatedAt: now } });
}

/** Has usage told with the keys of the centre land nowhere. */
export async function releaseKeys(db: Database, costCentreId: string): Promise<void> {
  await db.apiKey.updateMany({ where: { costCentreId }, data: { costCentreId: null } });
}

export async function writeCentreOfKey(db: Database, keyId: string, costCentreId: string | null): Promise<void> {
  await db.apiKey.update({ where: { id: keyId }, data: { costCentreId } });
}

/** Usage that told a dimension, of one centre, feature and model in a stretch of days. */
export interface ToldRow {
  /** What usage named the centre by; null: it named none. */
  centre: string | null;
  featureKey: string;
  model: string | null;
  /** A day of the stretch. */
  day: string;
  quantity: bigint;
  events: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
}

/** Usage of the days that told a dimension; a new stretch begins with each of the days given, which are in order. */
export function readTold(db: Database, accountId: string, { from, to }: DayRange, features: readonly string[], beginnings: readonly string[]): Promise<ToldRow[]> {
  return db.$queryRaw<ToldRow[]>`
    SELECT nullif(b.cost_centre, '') AS centre, b.feature_key AS "featureKey", nullif(b.model, '') AS model, to_char(min(b.day), 'YYYY-MM-DD') AS day,
      sum(b.quantity)::bigint AS quantity, sum(b.events)::bigint AS events,
      sum(b.input_tokens)::bigint AS "inputTokens", sum(b.output_tokens)::bigint AS "outputTokens"
    FROM usage_breakdown b
    WHERE b.account_id = ${accountId} AND b.day >= ${from}::date AND b.day <= ${to}::date AND b.feature_key = ANY (${[...features]}::text[])
    GROUP BY 1, 2, 3, width_bucket(b.day, ${[...beginnings]}::text[]::date[]), b.input_tokens <> 0 OR b.output_tokens <> 0`;
}
