-- Reservations, leases, levels, corrections, rates, spend caps, violations and alerts join the counters. Nothing was released
-- before, so usage begins anew; terms and their triggers stay as they are.
DROP FUNCTION "quota_apply";
DROP TABLE "usage_event";
DROP TABLE "usage_key";
DROP TABLE "quota_counter";
TRUNCATE "usage_hour";

-- CreateEnum
CREATE TYPE "usage_kind" AS ENUM ('usage', 'level', 'correction');

-- CreateEnum
CREATE TYPE "reservation_kind" AS ENUM ('reservation', 'lease');

-- CreateEnum
CREATE TYPE "reservation_status" AS ENUM ('held', 'committed', 'released', 'expired', 'settled');

-- CreateTable
CREATE TABLE "usage_event" (
    "counter_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" UUID NOT NULL,
    "kind" "usage_kind" NOT NULL DEFAULT 'usage',
    "quantity" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "corrects_id" UUID,
    "input_tokens" BIGINT,
    "output_tokens" BIGINT,
    "status_code" INTEGER,
    "latency_ms" INTEGER,
    "idempotency_key" TEXT,
    "model" TEXT,
    "cost_centre" TEXT,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("counter_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "usage_key" (
    "id" UUID NOT NULL,
    "counter_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "quantity" BIGINT NOT NULL,
    "used_after" BIGINT NOT NULL,
    "held_then" BIGINT NOT NULL DEFAULT 0,
    "limit_then" BIGINT,
    "operation" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_counter" (
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(6) NOT NULL,
    "period_end" TIMESTAMPTZ(6) NOT NULL,
    "used" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "events" BIGINT NOT NULL DEFAULT 0,
    "limit_quantity" BIGINT,
    "policy" "limit_policy",
    "rolled_over" BIGINT NOT NULL DEFAULT 0,
    "overage_amount" DECIMAL(30,12),
    "terms_version" BIGINT NOT NULL DEFAULT 0,
    "alert_at" BIGINT,
    "next_expiry" TIMESTAMPTZ(6),
    "hour" TIMESTAMPTZ(6),
    "hour_day" DATE,
    "hour_quantity" BIGINT NOT NULL DEFAULT 0,
    "hour_events" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_counter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_rate" (
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "window_seconds" INTEGER NOT NULL,
    "newest_slice" BIGINT NOT NULL DEFAULT 0,
    "slices" BIGINT[] DEFAULT ARRAY[]::BIGINT[],

    CONSTRAINT "quota_rate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_reservation" (
    "id" UUID NOT NULL,
    "counter_id" BIGINT NOT NULL,
    "kind" "reservation_kind" NOT NULL,
    "status" "reservation_status" NOT NULL DEFAULT 'held',
    "quantity" BIGINT NOT NULL,
    "asked_quantity" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_hour" TIMESTAMPTZ(6) NOT NULL,
    "created_day" DATE NOT NULL,
    "used_then" BIGINT NOT NULL,
    "held_then" BIGINT NOT NULL,
    "limit_then" BIGINT,
    "settled_at" TIMESTAMPTZ(6),
    "settled_quantity" BIGINT,
    "settled_used" BIGINT,
    "settled_held" BIGINT,
    "settled_limit" BIGINT,

    CONSTRAINT "quota_reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_violation" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "reason" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_violation_pkey" PRIMARY KEY ("account_id","feature_key","hour","reason")
);

-- CreateTable
CREATE TABLE "quota_crossing" (
    "counter_id" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "crossed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_crossing_pkey" PRIMARY KEY ("counter_id")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "quantity" BIGINT NOT NULL,
    "events" BIGINT NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("account_id","feature_key","day")
);

-- CreateTable
CREATE TABLE "usage_breakdown" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "model" TEXT NOT NULL,
    "cost_centre" TEXT NOT NULL,
    "status_code" INTEGER NOT NULL,
    "quantity" BIGINT NOT NULL,
    "events" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "latency_buckets" BIGINT[] DEFAULT ARRAY[]::BIGINT[],

    CONSTRAINT "usage_breakdown_pkey" PRIMARY KEY ("account_id","feature_key","day","model","cost_centre","status_code")
);

-- CreateIndex
CREATE UNIQUE INDEX "quota_counter_account_id_feature_key_period_start_key" ON "quota_counter"("account_id", "feature_key", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "quota_rate_account_id_feature_key_window_seconds_key" ON "quota_rate"("account_id", "feature_key", "window_seconds");

-- CreateIndex
CREATE INDEX "usage_day_account_id_day_idx" ON "usage_day"("account_id", "day");

-- CreateIndex
CREATE INDEX "usage_breakdown_account_id_day_idx" ON "usage_breakdown"("account_id", "day");

-- What Prisma cannot express ------------------------------------------------

-- Only a correction or a level takes away.
ALTER TABLE "usage_event" ADD CONSTRAINT "usage_event_quantity_positive" CHECK ("quantity" > 0 OR "kind" <> 'usage');
ALTER TABLE "quota_counter" ADD CONSTRAINT "quota_counter_used_not_negative" CHECK ("used" >= 0);
ALTER TABLE "quota_counter" ADD CONSTRAINT "quota_counter_held_not_negative" CHECK ("held" >= 0);

-- Updated all day: room in the page keeps a new row version there, with no index to touch.
ALTER TABLE "quota_counter" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "quota_rate" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "quota_reservation" SET (fillfactor = 70);

-- The open reservations of a counter by their end, and the counters that have some.
CREATE INDEX "quota_reservation_open" ON "quota_reservation" ("counter_id", "expires_at") WHERE "status" = 'held';
CREATE INDEX "quota_counter_next_expiry" ON "quota_counter" ("next_expiry") WHERE "next_expiry" IS NOT NULL;

CREATE TABLE "usage_event_default" PARTITION OF "usage_event" DEFAULT;
SELECT ensure_usage_partitions((now() - interval '13 months')::date, 17);

-- Decides and records a batch of usage in arrival order. Counters are given once each, ascending; every item names its
-- counter by position. An item with a ceiling is refused when the counter would pass it; one without is always counted.
-- Verdicts: 0 refused, 1 recorded, 2 recorded before (the answer of then), 3 its key was used for something else,
-- 4 decided on terms that have changed since, 5 the counter would pass 2^63 - 1.
-- Locks are taken in one order everywhere (counters by id, keys, hours), so batches never wait in a circle. It relies on
-- READ COMMITTED: the keys are looked up in a snapshot taken after the counters were locked.
CREATE FUNCTION "quota_apply"(
  "counters" bigint[], "slots" integer[], "keys" uuid[], "quantities" bigint[], "ceilings" bigint[], "limits" bigint[],
  "versions" bigint[], "occurred" timestamptz[], "hours" integer[], "recorded_at" timestamptz[], "key_texts" text[],
  "models" text[], "input_tokens" bigint[], "output_tokens" bigint[], "status_codes" integer[], "latencies" integer[],
  "cost_centres" text[],
  OUT "verdicts" integer[], OUT "used" bigint[], OUT "limits_then" bigint[], OUT "resets" bigint[]
) LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$
#variable_conflict use_variable
DECLARE
  item_count integer := cardinality(slots);
  counter_accounts text[]; counter_features text[]; counter_used bigint[]; counter_versions bigint[];
  counter_events bigint[]; counter_hours integer[]; counter_hour_quantities bigint[]; counter_hour_events bigint[];
  closed_slots integer[] := '{}'; closed_hours integer[] := '{}'; closed_quantities bigint[] := '{}'; closed_events bigint[] := '{}';
  earlier record;
  first_time record;
  item_slot integer;
  item_quantity bigint;
  item_hour integer;
  accepted integer := 0;
  written integer;
BEGIN
  SELECT array_agg(c.account_id), array_agg(c.feature_key), array_agg(c.used), array_agg(c.terms_version), array_agg(0::bigint),
    array_agg((extract(epoch FROM c.hour) / 60)::integer), array_agg(c.hour_quantity), array_agg(c.hour_events)
  INTO counter_accounts, counter_features, counter_used, counter_versions, counter_events,
    counter_hours, counter_hour_quantities, counter_hour_events
  FROM (SELECT * FROM quota_counter q WHERE q.id = ANY (counters) ORDER BY q.id FOR NO KEY UPDATE) c;
  IF cardinality(counter_used) IS DISTINCT FROM cardinality(counters) THEN
    RAISE EXCEPTION 'The batch names a counter that does not exist.' USING ERRCODE = 'foreign_key_violation';
  END IF;

  verdicts := array_fill(NULL::integer, ARRAY[item_count]);
  used := array_fill(NULL::bigint, ARRAY[item_count]);
  limits_then := limits;
  resets := array_fill(NULL::bigint, ARRAY[item_count]);

  FOR earlier IN
    SELECT k.position::integer AS position, u.*
    FROM unnest(keys) WITH ORDINALITY k(id, position) CROSS JOIN LATERAL (SELECT f.* FROM usage_key f WHERE f.id = k.id LIMIT 1) u
  LOOP
    item_slot := slots[earlier.position];
    SELECT c.feature_key, c.period_end INTO first_time FROM quota_counter c WHERE c.id = earlier.counter_id;
    IF earlier.quantity = quantities[earlier.position] AND first_time.feature_key = counter_features[item_slot] THEN
      verdicts[earlier.position] := 2;
      used[earlier.position] := earlier.used_after;
      limits_then[earlier.position] := earlier.limit_then;
      resets[earlier.position] := (extract(epoch FROM first_time.period_end) * 1000)::bigint;
    ELSE
      verdicts[earlier.position] := 3;
    END IF;
  END LOOP;

  FOR i IN 1 .. item_count LOOP
    CONTINUE WHEN verdicts[i] IS NOT NULL;
    item_slot := slots[i];
    item_quantity := quantities[i];
    used[i] := counter_used[item_slot];
    IF versions[i] <> counter_versions[item_slot] THEN
      verdicts[i] := 4;
      CONTINUE;
    END IF;
    IF item_quantity > ceilings[i] - counter_used[item_slot] THEN
      verdicts[i] := 0;
      CONTINUE;
    END IF;
    IF item_quantity > 9223372036854775807 - counter_used[item_slot] THEN
      verdicts[i] := 5;
      CONTINUE;
    END IF;
    verdicts[i] := 1;
    accepted := accepted + 1;
    counter_used[item_slot] := counter_used[item_slot] + item_quantity;
    counter_events[item_slot] := counter_events[item_slot] + 1;
    used[i] := counter_used[item_slot];
    item_hour := hours[i];
    IF item_hour < counter_hours[item_slot] THEN
      closed_slots := closed_slots || item_slot;
      closed_hours := closed_hours || item_hour;
      closed_quantities := closed_quantities || item_quantity;
      closed_events := closed_events || 1::bigint;
      CONTINUE;
    END IF;
    IF item_hour > counter_hours[item_slot] THEN
      closed_slots := closed_slots || item_slot;
      closed_hours := closed_hours || counter_hours[item_slot];
      closed_quantities := closed_quantities || counter_hour_quantities[item_slot];
      closed_events := closed_events || counter_hour_events[item_slot];
      counter_hour_quantities[item_slot] := 0;
      counter_hour_events[item_slot] := 0;
    END IF;
    counter_hours[item_slot] := item_hour;
    counter_hour_quantities[item_slot] := counter_hour_quantities[item_slot] + item_quantity;
    counter_hour_events[item_slot] := counter_hour_events[item_slot] + 1;
  END LOOP;

  IF accepted = 0 THEN
    RETURN;
  END IF;

  INSERT INTO usage_key (id, counter_id, occurred_at, quantity, used_after, limit_then)
  SELECT k.id, counters[k.slot], k.occurred, k.quantity, k.used_after, k.limit_then
  FROM unnest(keys, slots, occurred, quantities, used, limits, verdicts) k(id, slot, occurred, quantity, used_after, limit_then, verdict)
  WHERE k.verdict = 1 ORDER BY k.id
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> accepted THEN
    RAISE EXCEPTION 'A key was recorded on another counter at the same moment.' USING ERRCODE = 'serialization_failure';
  END IF;

  INSERT INTO usage_event (
    id, counter_id, quantity, occurred_at, recorded_at, idempotency_key, model, input_tokens, output_tokens, status_code, latency_ms, cost_centre
  )
  SELECT e.id, counters[e.slot], e.quantity, e.occurred, e.recorded, e.key_text, e.model, e.input_tokens, e.output_tokens, e.status_code,
    e.latency, e.cost_centre
  FROM unnest(
    keys, slots, quantities, occurred, recorded_at, key_texts, models, input_tokens, output_tokens, status_codes, latencies, cost_centres,
    verdicts
  ) e(
    id, slot, quantity, occurred, recorded, key_text, model, input_tokens, output_tokens, status_code, latency, cost_centre, verdict
  )
  WHERE e.verdict = 1;

  -- One by one: joined to a list, the planner would read the whole table while it is small, and go on while it grows.
  FOR s IN 1 .. cardinality(counters) LOOP
    CONTINUE WHEN counter_events[s] = 0;
    UPDATE quota_counter q SET
      used = counter_used[s],
      events = q.events + counter_events[s],
      hour = to_timestamp(counter_hours[s] * 60::double precision),
      hour_quantity = counter_hour_quantities[s],
      hour_events = counter_hour_events[s],
      updated_at = recorded_at[1]
    WHERE q.id = counters[s];
  END LOOP;

  IF cardinality(closed_slots) > 0 THEN
    INSERT INTO usage_hour (account_id, feature_key, hour, quantity, events)
    SELECT counter_accounts[h.slot], counter_features[h.slot], to_timestamp(h.hour * 60::double precision), sum(h.quantity), sum(h.events)
    FROM unnest(closed_slots, closed_hours, closed_quantities, closed_events) h(slot, hour, quantity, events)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (account_id, feature_key, hour) DO UPDATE
    SET quantity = usage_hour.quantity + excluded.quantity, events = usage_hour.events + excluded.events;
  END IF;
END
$$;
