-- The same decisions by plans that stay right from the first row to the last: keys are looked up one by one, and counters
-- are written one by one, however small the tables were when the plans were made.
-- Decides and records a batch of usage in arrival order. Counters are given once each, ascending; every item names its
-- counter by position. An item with a ceiling is refused when the counter would pass it; one without is always counted.
-- Verdicts: 0 refused, 1 recorded, 2 recorded before (the answer of then), 3 its key was used for something else,
-- 4 decided on terms that have changed since, 5 the counter would pass 2^63 - 1.
-- Locks are taken in one order everywhere (counters by id, keys, hours), so batches never wait in a circle. It relies on
-- READ COMMITTED: the keys are looked up in a snapshot taken after the counters were locked.
CREATE OR REPLACE FUNCTION "quota_apply"(
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
    SELECT k.position::integer AS position, u.occurred_at
    FROM unnest(keys) WITH ORDINALITY k(id, position) CROSS JOIN LATERAL (SELECT f.occurred_at FROM usage_key f WHERE f.id = k.id LIMIT 1) u
  LOOP
    item_slot := slots[earlier.position];
    SELECT e.used_after, e.limit_then, e.quantity, e.feature_key, c.period_end INTO first_time
    FROM usage_event e JOIN quota_counter c ON c.id = e.counter_id
    WHERE e.account_id = counter_accounts[item_slot] AND e.occurred_at = earlier.occurred_at AND e.id = keys[earlier.position];
    IF first_time.quantity = quantities[earlier.position] AND first_time.feature_key = counter_features[item_slot] THEN
      verdicts[earlier.position] := 2;
      used[earlier.position] := first_time.used_after;
      limits_then[earlier.position] := first_time.limit_then;
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
