import type { Database } from '@/lib/core/database';

/** A counter beside what its events and reservations say. */
export interface CounterProof {
  featureKey: string;
  periodStart: Date;
  used: bigint;
  usedByEvents: bigint;
  events: bigint;
  eventsCounted: bigint;
  held: bigint;
  heldByReservations: bigint;
  /** Whether the counter knows of the end of its first open reservation. */
  expiryKnown: boolean;
  keys: bigint;
  keyedEvents: bigint;
}

/** What all counters of a feature used beside what its rollups say. */
export interface FeatureProof {
  featureKey: string;
  used: bigint;
  byHours: bigint;
  byDays: bigint;
  usedWithDimensions: bigint;
  byBreakdown: bigint;
}

/** The account's counters and rollups beside what they are made of, in one snapshot. */
export async function readProofs(db: Database, accountId: string, since: Date): Promise<{ counters: CounterProof[]; features: FeatureProof[] }> {
  const [row] = await db.$queryRaw<{ counters: CounterProofRow[] | null; features: FeatureProofRow[] | null }[]>`
    WITH counter AS (SELECT * FROM quota_counter WHERE account_id = ${accountId}),
    event AS (
      SELECT e.counter_id, sum(e.quantity) AS quantity, count(*) FILTER (WHERE e.kind <> 'correction') AS count,
        count(*) FILTER (WHERE e.idempotency_key IS NOT NULL) AS keyed,
        count(*) FILTER (WHERE e.idempotency_key IS NOT NULL AND EXISTS (SELECT FROM usage_key k WHERE k.id = e.id)) AS keys,
        sum(e.quantity) FILTER (WHERE num_nonnulls(e.model, e.cost_centre, e.status_code, e.input_tokens, e.output_tokens, e.latency_ms) > 0) AS told
      FROM usage_event e JOIN counter ON counter.id = e.counter_id GROUP BY e.counter_id
    ),
    open AS (
      SELECT r.counter_id, sum(r.quantity) AS quantity, min(r.expires_at) AS first FROM quota_reservation r JOIN counter ON counter.id = r.counter_id
      WHERE r.status = 'held' GROUP BY r.counter_id
    )
    SELECT (
      SELECT json_agg(json_build_object(
        'featureKey', c.feature_key, 'periodStart', c.period_start, 'used', c.used::text, 'usedByEvents', coalesce(e.quantity, 0)::text,
        'events', c.events::text, 'eventsCounted', coalesce(e.count, 0)::text, 'held', c.held::text, 'heldByReservations', coalesce(o.quantity, 0)::text,
        'expiryKnown', o.first IS NULL OR coalesce(c.next_expiry <= o.first, false), 'keys', coalesce(e.keys, 0)::text, 'keyedEvents', coalesce(e.keyed, 0)::text
      ) ORDER BY c.id)
      FROM counter c LEFT JOIN event e ON e.counter_id = c.id LEFT JOIN open o ON o.counter_id = c.id WHERE c.period_start >= ${since}
    ) AS counters, (
      SELECT json_agg(json_build_object(
        'featureKey', f.feature_key, 'used', f.used::text, 'usedWithDimensions', f.told::text,
        'byHours', (f.open + coalesce((SELECT sum(quantity) FROM usage_hour h WHERE h.account_id = ${accountId} AND h.feature_key = f.feature_key), 0))::text,
        'byDays', (f.open + coalesce((SELECT sum(quantity) FROM usage_day d WHERE d.account_id = ${accountId} AND d.feature_key = f.feature_key), 0))::text,
        'byBreakdown', CASE WHEN f.oldest < ${since} THEN f.told
          ELSE coalesce((SELECT sum(quantity) FROM usage_breakdown b WHERE b.account_id = ${accountId} AND b.feature_key = f.feature_key), 0) END::text
      ))
      FROM (
        SELECT c.feature_key, sum(c.used) AS used, sum(c.hour_quantity) AS open, coalesce(sum(e.told), 0) AS told, min(c.period_start) AS oldest
        FROM counter c LEFT JOIN event e ON e.counter_id = c.id GROUP BY c.feature_key
      ) f
    ) AS features`;
  return {
    counters: (row?.counters ?? []).map((one) => ({
      ...one, periodStart: new Date(one.periodStart), used: BigInt(one.used), usedByEvents: BigInt(one.usedByEvents), events: BigInt(one.events),
      eventsCounted: BigInt(one.eventsCounted), held: BigInt(one.held), heldByReservations: BigInt(one.heldByReservations), keys: BigInt(one.keys),
      keyedEvents: BigInt(one.keyedEvents),
    })),
    features: (row?.features ?? []).map((one) => ({
      featureKey: one.featureKey, used: BigInt(one.used), byHours: BigInt(one.byHours), byDays: BigInt(one.byDays),
      usedWithDimensions: BigInt(one.usedWithDimensions), byBreakdown: BigInt(one.byBreakdown),
    })),
  };
}

/** As JSON carries them. */
type InText<Row> = { [Name in keyof Row]: Row[Name] extends bigint | Date ? string : Row[Name] };
type CounterProofRow = InText<CounterProof>;
type FeatureProofRow = InText<FeatureProof>;
