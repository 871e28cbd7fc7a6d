-- Usage and quota are kept by one statement: `quota_apply` below. Nothing has written to these tables before.
DROP TABLE "usage_event";
DROP TABLE "usage_key";
DROP TABLE "quota_counter";

-- CreateTable
CREATE TABLE "usage_event" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "counter_id" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "idempotency_key" TEXT,
    "used_after" BIGINT NOT NULL,
    "limit_then" BIGINT,
    "model" TEXT,
    "input_tokens" BIGINT,
    "output_tokens" BIGINT,
    "status_code" INTEGER,
    "latency_ms" INTEGER,
    "cost_centre" TEXT,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("account_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "usage_key" (
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,

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
    "events" BIGINT NOT NULL DEFAULT 0,
    "limit_quantity" BIGINT,
    "policy" "limit_policy",
    "terms_version" BIGINT NOT NULL DEFAULT 0,
    "hour" TIMESTAMPTZ(6),
    "hour_quantity" BIGINT NOT NULL DEFAULT 0,
    "hour_events" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_counter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "quota_counter_account_id_feature_key_period_start_key" ON "quota_counter"("account_id", "feature_key", "period_start");

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "usage_event" ADD CONSTRAINT "usage_event_quantity_positive" CHECK ("quantity" > 0);
ALTER TABLE "quota_counter" ADD CONSTRAINT "quota_counter_used_not_negative" CHECK ("used" >= 0);

-- A counter is updated all day: room in its page keeps the new row version there, with no index to touch.
ALTER TABLE "quota_counter" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

CREATE TABLE "usage_event_default" PARTITION OF "usage_event" DEFAULT;

-- Makes the partitions of months to come. Rows that a month already has in the default partition move along.
CREATE OR REPLACE FUNCTION "ensure_usage_partitions"("from_month" date, "months" integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_day date := date_trunc('month', from_month)::date;
  partition_name text;
  month_start timestamptz;
  month_end timestamptz;
BEGIN
  FOR i IN 0 .. months - 1 LOOP
    partition_name := 'usage_event_' || to_char(first_day + make_interval(months => i), 'YYYY_MM');
    month_start := (first_day + make_interval(months => i)) AT TIME ZONE 'UTC';
    month_end := (first_day + make_interval(months => i + 1)) AT TIME ZONE 'UTC';
    CONTINUE WHEN to_regclass(quote_ident(partition_name)) IS NOT NULL;
    LOCK TABLE usage_event_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE usage_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name);
    EXECUTE format(
      'WITH moved AS (DELETE FROM usage_event_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
      month_start, month_end, partition_name
    );
    EXECUTE format('ALTER TABLE usage_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition_name, month_start, month_end);
  END LOOP;
END
$$;

SELECT ensure_usage_partitions((now() - interval '13 months')::date, 17);

-- Terms: what a plan grants. A counter carries a version that changes with them, so that a decision made on terms read
-- earlier is noticed under the counter's lock. The account's lock makes reading the terms and opening counters
-- (`open counters` in the quota room) and changing the terms happen one after another.
CREATE SEQUENCE "quota_terms_version";

CREATE FUNCTION "quota_terms_changed"("changed_account" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM account WHERE id = changed_account FOR NO KEY UPDATE;
  PERFORM 1 FROM quota_counter WHERE account_id = changed_account ORDER BY id FOR NO KEY UPDATE;
  UPDATE quota_counter SET terms_version = nextval('quota_terms_version') WHERE account_id = changed_account;
END
$$;

CREATE FUNCTION "quota_subscription_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM quota_terms_changed(COALESCE(NEW.account_id, OLD.account_id));
  RETURN NULL;
END
$$;

CREATE FUNCTION "quota_time_zone_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM quota_terms_changed(NEW.id);
  RETURN NULL;
END
$$;

CREATE FUNCTION "quota_entitlement_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed_version text := COALESCE(NEW.plan_version_id, OLD.plan_version_id);
BEGIN
  PERFORM quota_terms_changed(s.account_id) FROM (
    SELECT DISTINCT subscription.account_id FROM subscription JOIN price ON price.id = subscription.price_id
    WHERE price.plan_version_id = changed_version ORDER BY subscription.account_id
  ) s;
  RETURN NULL;
END
$$;

-- Deferred to the commit, so that decisions wait for the end of the change only, not for all of it.
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "subscription"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_subscription_changed();
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER UPDATE OF "time_zone" ON "account"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_time_zone_changed();
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "entitlement"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_entitlement_changed();

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
    SELECT k.position::integer AS position, e.used_after, e.limit_then, e.quantity, e.feature_key,
      (extract(epoch FROM c.period_end) * 1000)::bigint AS period_end
    FROM unnest(keys) WITH ORDINALITY k(id, position)
    JOIN usage_key u ON u.id = k.id
    LEFT JOIN usage_event e ON e.account_id = counter_accounts[slots[k.position]] AND e.occurred_at = u.occurred_at AND e.id = u.id
    LEFT JOIN quota_counter c ON c.id = e.counter_id
  LOOP
    item_slot := slots[earlier.position];
    IF earlier.quantity = quantities[earlier.position] AND earlier.feature_key = counter_features[item_slot] THEN
      verdicts[earlier.position] := 2;
      used[earlier.position] := earlier.used_after;
      limits_then[earlier.position] := earlier.limit_then;
      resets[earlier.position] := earlier.period_end;
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

  INSERT INTO usage_key (id, occurred_at)
  SELECT k.id, k.occurred FROM unnest(keys, occurred, verdicts) k(id, occurred, verdict) WHERE k.verdict = 1 ORDER BY k.id
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> accepted THEN
    RAISE EXCEPTION 'A key was recorded on another counter at the same moment.' USING ERRCODE = 'serialization_failure';
  END IF;

  INSERT INTO usage_event (
    id, account_id, feature_key, counter_id, quantity, occurred_at, recorded_at, idempotency_key, used_after, limit_then,
    model, input_tokens, output_tokens, status_code, latency_ms, cost_centre
  )
  SELECT e.id, counter_accounts[e.slot], counter_features[e.slot], counters[e.slot], e.quantity, e.occurred, e.recorded, e.key_text,
    e.used_after, e.limit_then, e.model, e.input_tokens, e.output_tokens, e.status_code, e.latency, e.cost_centre
  FROM unnest(
    keys, slots, quantities, occurred, recorded_at, key_texts, used, limits, models, input_tokens, output_tokens, status_codes,
    latencies, cost_centres, verdicts
  ) e(
    id, slot, quantity, occurred, recorded, key_text, used_after, limit_then, model, input_tokens, output_tokens, status_code,
    latency, cost_centre, verdict
  )
  WHERE e.verdict = 1;

  UPDATE quota_counter q SET
    used = c.used,
    events = q.events + c.events,
    hour = to_timestamp(c.hour * 60::double precision),
    hour_quantity = c.hour_quantity,
    hour_events = c.hour_events,
    updated_at = recorded_at[1]
  FROM unnest(counters, counter_used, counter_events, counter_hours, counter_hour_quantities, counter_hour_events)
    c(id, used, events, hour, hour_quantity, hour_events)
  WHERE q.id = c.id AND c.events > 0;

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
