import type { Database } from '@/lib/core/database';
import { Prisma } from '@/lib/core/database';
import type { DayRange } from '../day-range';
import { latencySlices } from '../latency';

/** What usage can be broken down by. */
export type BreakdownBy = 'feature' | 'model' | 'cost_centre' | 'status_code';

/** Which rows to add up: those of the features and days, by what. */
export interface RowsQuestion extends DayRange {
  by: BreakdownBy;
  features: readonly string[];
}

const columns: Record<BreakdownBy, Prisma.Sql> = {
  feature: Prisma.sql`b.feature_key`,
  model: Prisma.sql`nullif(b.model, '')`,
  cost_centre: Prisma.sql`nullif(b.cost_centre, '')`,
  status_code: Prisma.sql`nullif(b.status_code, 0)::text`,
};

const rowsWithin = (accountId: string, { from, to, features }: RowsQuestion): Prisma.Sql => Prisma.sql`
  b.account_id = ${accountId} AND b.day >= ${from}::date AND b.day <= ${to}::date AND b.feature_key = ANY (${[...features]}::text[])`;

export interface CountRow {
  value: string | null;
  quantity: bigint;
  events: bigint;
  succeeded: bigint;
  failed: bigint;
}

/** Units and events that told a dimension, by value; null for those that told others but not this one. */
export function readCounts(db: Database, accountId: string, question: RowsQuestion): Promise<CountRow[]> {
  return db.$queryRaw<CountRow[]>`
    SELECT ${columns[question.by]} AS value, sum(b.quantity)::bigint AS quantity, sum(b.events)::bigint AS events,
      coalesce(sum(b.events) FILTER (WHERE b.status_code BETWEEN 1 AND 399), 0)::bigint AS succeeded,
      coalesce(sum(b.events) FILTER (WHERE b.status_code >= 400), 0)::bigint AS failed
    FROM usage_breakdown b WHERE ${rowsWithin(accountId, question)} GROUP BY 1`;
}

export interface TokenRow {
  value: string | null;
  model: string | null;
  /** A day of the stretch that the tokens are of. */
  day: string;
  inputTokens: bigint;
  outputTokens: bigint;
}

/** Tokens by value, model and stretch of days; a new stretch begins with each of the days given, which are in order. */
export function readTokens(db: Database, accountId: string, question: RowsQuestion, beginnings: readonly string[]): Promise<TokenRow[]> {
  return db.$queryRaw<TokenRow[]>`
    SELECT ${columns[question.by]} AS value, nullif(b.model, '') AS model, to_char(min(b.day), 'YYYY-MM-DD') AS day,
      sum(b.input_tokens)::bigint AS "inputTokens", sum(b.output_tokens)::bigint AS "outputTokens"
    FROM usage_breakdown b WHERE ${rowsWithin(accountId, question)} AND (b.input_tokens <> 0 OR b.output_tokens <> 0)
    GROUP BY 1, 2, width_bucket(b.day, ${[...beginnings]}::text[]::date[])`;
}

/** The sum of each slice. Slice by slice it takes a fraction of the time that the slices as rows would. */
const summedSlices = Prisma.join(
  Array.from({ length: latencySlices }, (_, index) => Prisma.raw(`coalesce(sum(b.latency_buckets[${index + 1}]), 0)::bigint`)),
);

/** Events by latency and value. */
export function readLatencies(db: Database, accountId: string, question: RowsQuestion): Promise<{ value: string | null; latency: bigint[] }[]> {
  return db.$queryRaw`
    SELECT ${columns[question.by]} AS value, ARRAY[${summedSlices}] AS latency
    FROM usage_breakdown b WHERE ${rowsWithin(accountId, question)} AND cardinality(b.latency_buckets) > 0 GROUP BY 1`;
}
