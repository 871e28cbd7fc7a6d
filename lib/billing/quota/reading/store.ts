import { Prisma, type Database } from '@/lib/core/database';
import type { LimitPolicy, QuotaReset } from '../../catalog/catalog';
import type { CounterRow, NotedLimit, RateRow } from '../store';

/*
 * What the terms of many accounts are read with: one statement for all of them. Counters travel as one text, a line each,
 * since building and taking apart thousands of values costs more than finding them.
 */

/** Where counters are looked for. */
export interface PeriodQuestion {
  accountId: string;
  reset: QuotaReset;
  moment: Date;
}

export type CounterToOpen = Pick<CounterRow, 'featureKey' | 'reset' | 'period' | 'rolledOver'> & NotedLimit & { accountId: string; updatedAt: Date };

/** A limit of pace of a feature of an account. */
export type RateQuestion = Pick<RateRow, 'featureKey' | 'windowSeconds'> & { accountId: string };

const line = Prisma.sql`concat(
  c.account_id, '\t', c.id, '\t', c.feature_key, '\t', c.reset, '\t', extract(epoch FROM c.period_start), '\t', extract(epoch FROM c.period_end), '\t',
  c.used, '\t', c.held, '\t', c.events, '\t', c.terms_version, '\t', c.limit_quantity, '\t', c.policy, '\t', c.rolled_over, '\t', trim_scale(c.overage_amount))`;
const lines = Prisma.sql`string_agg(${line}, '\n') AS lines`;

// Most numbers are nought, which costs no memory when written so.
const whole = (text = ''): bigint => (text === '0' ? 0n : BigInt(text));
const momentOf = (seconds: string | undefined): Date => new Date(Math.round(Number(seconds) * 1_000));

function countersFrom([row]: readonly { lines: string | null }[]): Map<string, CounterRow[]> {
  const byAccount = new Map<string, CounterRow[]>();
  for (const text of row?.lines?.split('\n') ?? []) {
    const [accountId = '', id, featureKey = '', reset, start, end, used, held, events, termsVersion, limit, policy, rolledOver, overageAmount] = text.split('\t');
    const counter: CounterRow = {
      id: Number(id), featureKey, reset: reset as QuotaReset, period: { start: momentOf(start), end: momentOf(end) },
      used: whole(used), held: whole(held), events: whole(events), termsVersion: whole(termsVersion), limit: limit ? whole(limit) : null,
      policy: policy ? (policy as LimitPolicy) : null, rolledOver: whole(rolledOver), overageAmount: overageAmount || null,
    };
    const others = byAccount.get(accountId);
    if (others) others.push(counter);
    else byAccount.set(accountId, [counter]);
  }
  return byAccount;
}

/**
 * From here on the transaction gives up, with an error, on a lock that it waits for longer than that, and finds rows by index
 * however small the tables are when its statements are planned.
 */
export async function beginReading(db: Database, patience: number): Promise<void> {
  await db.$queryRaw`/* terms_begin */ SELECT set_config('lock_timeout', ${String(patience)}, true), set_config('enable_seqscan', 'off', true)`;
}

/**
 * Locks the accounts until the transaction ends, ascending by id, as `lockAccount` does one, and gives their time zones.
 * Unless it waits, those that somebody else has locked are left out; those that do not exist always are.
 */
export async function lockAccounts(db: Database, accountIds: readonly string[], waits: boolean): Promise<Map<string, string>> {
  const ids = [...accountIds];
  const rows = await db.$queryRaw<{ id: string; time_zone: string }[]>(
    waits
      ? Prisma.sql`/* terms_lock */ SELECT id, time_zone FROM account WHERE id = ANY (${ids}::text[]) ORDER BY id FOR NO KEY UPDATE`
      : Prisma.sql`/* terms_lock_free */ SELECT id, time_zone FROM account WHERE id = ANY (${ids}::text[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
  );
  return new Map(rows.map(({ id, time_zone }) => [id, time_zone]));
}

/** For each question the counters that begin last at or before the moment and the first that begins after it, by account. */
export async function readCountersAround(db: Database, questions: readonly PeriodQuestion[]): Promise<Map<string, CounterRow[]>> {
  return countersFrom(await db.$queryRaw`/* terms_around */
    SELECT ${lines}
    FROM unnest(
      ${questions.map(({ accountId }) => accountId)}::text[], ${questions.map(({ reset }) => reset)}::text[],
      ${questions.map(({ moment }) => moment.toISOString())}::text[]
    ) AS q (account_id, reset, moment)
    CROSS JOIN LATERAL (
      (SELECT * FROM quota_counter c WHERE c.account_id = q.account_id AND c.reset = q.reset::quota_reset
         AND c.period_start <= q.moment::timestamptz ORDER BY c.period_start DESC FETCH FIRST 1 ROW WITH TIES)
      UNION ALL
      (SELECT * FROM quota_counter c WHERE c.account_id = q.account_id AND c.reset = q.reset::quota_reset
         AND c.period_start > q.moment::timestamptz ORDER BY c.period_start LIMIT 1)
    ) c`);
}

/** For each question the feature's newest counter of that reset that begins before the moment, by account. */
export async function readCountersBefore(db: Database, questions: readonly (PeriodQuestion & { featureKey: string })[]): Promise<Map<string, CounterRow[]>> {
  return countersFrom(await db.$queryRaw`/* terms_before */
    SELECT ${lines}
    FROM unnest(
      ${questions.map(({ accountId }) => accountId)}::text[], ${questions.map(({ featureKey }) => featureKey)}::text[],
      ${questions.map(({ reset }) => reset)}::text[], ${questions.map(({ moment }) => moment.toISOString())}::text[]
    ) AS q (account_id, feature_key, reset, moment)
    CROSS JOIN LATERAL (
      SELECT * FROM quota_counter c WHERE c.account_id = q.account_id AND c.feature_key = q.feature_key AND c.reset = q.reset::quota_reset
        AND c.period_start < q.moment::timestamptz ORDER BY c.period_start DESC LIMIT 1
    ) c`);
}

/** The accounts' counters of periods that end after the moment given for each, by account. */
export async function readCountersSince(db: Database, asked: readonly { accountId: string; since: Date }[]): Promise<Map<string, CounterRow[]>> {
  return countersFrom(await db.$queryRaw`/* terms_since */
    SELECT ${lines}
    FROM unnest(${asked.map(({ accountId }) => accountId)}::text[], ${asked.map(({ since }) => since.toISOString())}::text[]) AS q (account_id, since)
    JOIN quota_counter c ON c.account_id = q.account_id AND c.period_end > q.since::timestamptz`);
}

/** Makes the counters, which must be missing, and gives them by account. */
export async function openCounters(db: Database, counters: readonly CounterToOpen[]): Promise<Map<string, CounterRow[]>> {
  const json = counters.map(({ accountId, featureKey, reset, period, limit, policy, rolledOver, overageAmount, updatedAt }) => ({
    account_id: accountId, feature_key: featureKey, reset, period_start: period.start, period_end: period.end, limit_quantity: limit?.toString(), policy,
    rolled_over: rolledOver.toString(), overage_amount: overageAmount, updated_at: updatedAt,
  }));
  return countersFrom(await db.$queryRaw`/* terms_open */
    WITH c AS (
      INSERT INTO quota_counter (account_id, feature_key, reset, period_start, period_end, limit_quantity, policy, rolled_over, overage_amount, updated_at)
      SELECT account_id, feature_key, reset, period_start, period_end, limit_quantity, policy, rolled_over, overage_amount, updated_at
      FROM json_populate_recordset(NULL::quota_counter, ${JSON.stringify(json)}::json)
      RETURNING *
    )
    SELECT ${lines} FROM c`);
}

/**
 * Gives every counter of those accounts a new terms version, so that decisions under way are made again, and notes the limits
 * of now on counters of running periods. Gives the new versions by counter. All of them are locked first, ascending by id as
 * everywhere, so that the engine's batches never wait in a circle with this.
 */
export async function renewAndNote(db: Database, accountIds: readonly string[], limits: readonly ({ id: number } & NotedLimit)[]): Promise<Map<number, bigint>> {
  const noted = limits.map(({ id, limit, policy, overageAmount }) => ({ id, limit_quantity: limit?.toString(), policy, overage_amount: overageAmount }));
  const renewed = [...accountIds].sort();
  await db.$queryRaw`
    SELECT 1 FROM quota_counter WHERE id IN (
      SELECT id FROM quota_counter WHERE account_id = ANY (${renewed}::text[]) UNION ALL SELECT unnest(${limits.map(({ id }) => BigInt(id))}::bigint[])
    ) ORDER BY id FOR NO KEY UPDATE`;
  if (noted.length > 0) {
    await db.$executeRaw`
      UPDATE quota_counter c SET limit_quantity = n.limit_quantity, policy = n.policy, overage_amount = n.overage_amount
      FROM json_populate_recordset(NULL::quota_counter, ${JSON.stringify(noted)}::json) n WHERE c.id = n.id`;
    await db.$queryRaw`SELECT quota_set_alert_levels(${limits.map(({ id }) => BigInt(id))}::bigint[])::text`;
  }
  if (renewed.length === 0) return new Map();
  await db.$queryRaw`SELECT quota_terms_changed(id)::text FROM unnest(${renewed}::text[]) id`;
  const rows = await db.quotaCounter.findMany({ where: { accountId: { in: renewed } }, select: { id: true, termsVersion: true } });
  return new Map(rows.map(({ id, termsVersion }) => [Number(id), termsVersion]));
}

type RateId = RateQuestion & { id: number };

/** Every limit of pace that the accounts ever had. */
export async function readRateIds(db: Database, accountIds: readonly string[]): Promise<RateId[]> {
  const rows = await db.$queryRaw<{ rates: string | null }[]>`/* terms_rates */
    SELECT json_agg(json_build_object('id', id, 'accountId', account_id, 'featureKey', feature_key, 'windowSeconds', window_seconds))::text AS rates
    FROM quota_rate WHERE account_id = ANY (${[...accountIds]}::text[])`;
  return JSON.parse(rows[0]?.rates ?? '[]') as RateId[];
}

/** Makes the rows, which must be missing. */
export async function openRates(db: Database, rates: readonly RateQuestion[]): Promise<RateId[]> {
  const rows = await db.$queryRaw<{ rates: string | null }[]>`/* terms_open_rates */
    WITH opened AS (
      INSERT INTO quota_rate (account_id, feature_key, window_seconds)
      SELECT "accountId", "featureKey", "windowSeconds" FROM json_to_recordset(${JSON.stringify(rates)}::json) AS r ("accountId" text, "featureKey" text, "windowSeconds" integer)
      RETURNING id, account_id, feature_key, window_seconds
    )
    SELECT json_agg(json_build_object('id', id, 'accountId', account_id, 'featureKey', feature_key, 'windowSeconds', window_seconds))::text AS rates FROM opened`;
  return JSON.parse(rows[0]?.rates ?? '[]') as RateId[];
}
