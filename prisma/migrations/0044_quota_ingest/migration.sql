-- Takes usage in by the thousand with half of the work: keys are written before they are looked for, and arrays are taken apart in the
-- list of a SELECT, one element of each at a time. As tables in FROM they would each be copied first, which costs as much as half a row.

-- Adds up usage that told a dimension, by calendar day: by counter first, since many events tell the same few dimensions. Null `events`:
-- one each. What names no counter is left out.
CREATE OR REPLACE FUNCTION "quota_break_down"(
  "counters" bigint[], "days" integer[], "models" text[], "cost_centres" text[], "status_codes" integer[], "quantities" bigint[],
  "events" bigint[], "input_tokens" bigint[], "output_tokens" bigint[], "latencies" integer[]
) RETURNS void LANGUAGE sql AS $$
  WITH told AS (
    SELECT t.counter, t.day, t.model, t.cost_centre, t.status_code, sum(t.quantity) AS quantity, sum(coalesce(t.events, 1)) AS events,
      sum(t.input) AS input, sum(t.output) AS output, array_agg(t.latency) FILTER (WHERE t.latency IS NOT NULL) AS latencies
    FROM (
      SELECT unnest(counters) AS counter, unnest(days) AS day, unnest(models) AS model, unnest(cost_centres) AS cost_centre, unnest(status_codes) AS status_code,
        unnest(quantities) AS quantity, unnest(events) AS events, unnest(input_tokens) AS input, unnest(output_tokens) AS output, unnest(latencies) AS latency
    ) t
    WHERE t.counter IS NOT NULL AND num_nonnulls(t.model, t.cost_centre, t.status_code, t.input, t.output, t.latency) > 0
    GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO usage_breakdown (
    account_id, feature_key, day, model, cost_centre, status_code, quantity, events, input_tokens, output_tokens, latency_buckets
  )
  SELECT c.account_id, c.feature_key, date '1970-01-01' + t.day, coalesce(t.model, ''), coalesce(t.cost_centre, ''), coalesce(t.status_code, 0),
    t.quantity, t.events, coalesce(t.input, 0), coalesce(t.output, 0), quota_latency_buckets(t.latencies)
  FROM told t JOIN quota_counter c ON c.id = t.counter ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (account_id, feature_key, day, model, cost_centre, status_code) DO UPDATE
  SET quantity = usage_breakdown.quantity + excluded.quantity, events = usage_breakdown.events + excluded.events,
    input_tokens = usage_breakdown.input_tokens + excluded.input_tokens, output_tokens = usage_breakdown.output_tokens + excluded.output_tokens,
    latency_buckets = quota_add_places(usage_breakdown.latency_buckets, excluded.latency_buckets)
$$;

DROP FUNCTION "quota_take"(
  bigint, bigint[], bigint[], bigint[], bigint[], integer[], integer[], integer[], bigint[], integer[], integer[], uuid[], bigint[], bigint[], bigint[],
  bigint[], text[], boolean, text[], text[], integer[], bigint[], bigint[], integer[]
);

-- Decides and records a batch of plain usage in the order of arrival, each item wholly or not at all: the way that nearly every
-- call takes, so it does as little as can be. All items of a counter are on the same terms and in the same hour.
-- An item is refused when used and held together would pass the ceiling; 2^63 - 1 stands for none. Version -1: whatever the terms
-- are. Limit -1: unlimited. An item without a key text is new for certain. Null `occurred`: all of it occurred
-- now; null `recorded`: each was recorded when it occurred.
-- Verdicts: 0 refused, 1 recorded, 2 recorded before (the answer of then), 3 its key was used for something else,
-- 4 decided on terms that have changed since, 5 the counter would pass 2^63 - 1.
-- `taken` is used and held together after the item; `held` is by counter; the answers of then are null where there are none.
--
-- Most batches reach no limit, have no key that was used before and are on the terms of now: they are decided by counter. `sums`
-- and `calls` are what the items of each counter come to, `running` is that up to each item. `verdicts` is null then: all are
-- recorded, and `taken` is used and held together before the batch, by counter. Null `sums`: decide by item.
--
-- Keys are mostly new, so they are written without a look at those of before: a look costs nearly as much as the writing. Where one is
-- there already, the keys of this batch are taken back, looked for, and decided by item. `look_first`: repeats are likely, look at once.
-- A key that another counter records at the same moment as items are decided is refused by the unique key: the batch fails and is
-- tried again item by item.
CREATE FUNCTION "quota_take"(
  "now" bigint, "counters" bigint[], "versions" bigint[], "ceilings" bigint[], "limits" bigint[], "refusals" integer[], "hours" integer[],
  "days" integer[], "sums" bigint[], "calls" integer[], "slots" integer[], "ids" uuid[], "quantities" bigint[], "running" bigint[], "occurred" bigint[],
  "recorded" bigint[], "key_texts" text[], "tells" boolean, "models" text[], "cost_centres" text[], "status_codes" integer[],
  "input_tokens" bigint[], "output_tokens" bigint[], "latencies" integer[], "look_first" boolean,
  OUT "verdicts" integer[], OUT "taken" bigint[], OUT "held" bigint[], OUT "used_then" bigint[], OUT "held_then" bigint[],
  OUT "limits_then" bigint[], OUT "resets_then" bigint[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  counter_places tid[]; counter_taken bigint[]; counter_versions bigint[]; counter_hours integer[];
  counter_alerts bigint[]; counter_events integer[];
  first_expiry timestamptz;
  ready boolean := false;
  same_terms boolean;
  all_recorded boolean := false;
  counter_after bigint[];
  has_keys CONSTANT boolean := key_texts IS NOT NULL;
  earlier record;
  s integer; t bigint;
  accepted integer := 0; refused integer := 0;
  crossed_counters bigint[]; crossed_used bigint[];
BEGIN
  LOOP
    SELECT array_agg(c.ctid), array_agg(c.used + c.held), array_agg(c.held), array_agg(c.terms_version),
      array_agg((extract(epoch FROM c.hour) / 60)::integer), array_agg(c.held + c.alert_at), min(c.next_expiry)
    INTO counter_places, counter_taken, held, counter_versions, counter_hours, counter_alerts, first_expiry
    FROM (SELECT q.ctid, q.* FROM quota_counter q WHERE q.id = ANY (counters) ORDER BY q.id FOR NO KEY UPDATE) c;
    EXIT WHEN ready OR (counter_hours = hours AND (first_expiry IS NULL OR first_expiry > quota_moment(now)));
    IF cardinality(counter_taken) IS DISTINCT FROM cardinality(counters) THEN
      RAISE EXCEPTION 'The batch names a counter that does not exist.' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM quota_make_ready(counters, hours, days, now);
    ready := true;
  END LOOP;

  SELECT coalesce(bool_and(c.taken <= c.ceiling - c.total AND (c.wanted < 0 OR c.wanted = c.version) AND (c.alert IS NULL OR c.taken < c.alert - c.total)), false),
    array_agg(CASE WHEN c.taken <= c.ceiling - c.total THEN c.taken + c.total END ORDER BY c.place)
  INTO all_recorded, counter_after
  FROM unnest(counter_taken, ceilings, sums, versions, counter_versions, counter_alerts) WITH ORDINALITY
    c(taken, ceiling, total, wanted, version, alert, place)
  WHERE sums IS NOT NULL;

  LOOP
    IF has_keys AND (look_first OR NOT all_recorded) THEN
      FOR earlier IN SELECT * FROM quota_earlier(ids, key_texts, (SELECT array_agg(counters[e.slot]) FROM unnest(slots) e(slot)), quantities, NULL) LOOP
        all_recorded := false;
        verdicts := coalesce(verdicts, array_fill(0, ARRAY[cardinality(slots)]));
        verdicts[earlier.place] := CASE WHEN earlier.same THEN 2 ELSE 3 END;
        IF used_then IS NULL THEN
          used_then := array_fill(NULL::bigint, ARRAY[cardinality(slots)]);
          held_then := used_then; limits_then := used_then; resets_then := used_then;
        END IF;
        used_then[earlier.place] := earlier.used;
        held_then[earlier.place] := earlier.held;
        limits_then[earlier.place] := earlier.limit_then;
        resets_then[earlier.place] := earlier.resets;
      END LOOP;
    END IF;

    IF all_recorded THEN
      taken := counter_taken;
      counter_events := calls;
      accepted := cardinality(slots);
    ELSE
      accepted := 0;
      same_terms := counter_versions = versions;
      counter_events := array_fill(0, ARRAY[cardinality(counters)]);
      verdicts := coalesce(verdicts, array_fill(0, ARRAY[cardinality(slots)]));
      taken := quantities;
      counter_after := counter_taken;
      FOR i IN 1 .. cardinality(slots) LOOP
        s := slots[i];
        t := counter_after[s];
        IF verdicts[i] <> 0 THEN
          NULL;
        ELSIF NOT same_terms AND counter_versions[s] <> versions[s] AND versions[s] >= 0 THEN
          verdicts[i] := 4;
        ELSIF quantities[i] <= ceilings[s] - t THEN
          t := t + quantities[i];
          counter_after[s] := t;
          counter_events[s] := counter_events[s] + 1;
          verdicts[i] := 1;
          accepted := accepted + 1;
          IF t >= counter_alerts[s] THEN
            crossed_counters := crossed_counters || counters[s];
            crossed_used := crossed_used || (t - held[s]);
            counter_alerts[s] := NULL;
          END IF;
        ELSIF ceilings[s] = 9223372036854775807 THEN
          verdicts[i] := 5;
        ELSE
          refused := refused + 1;
        END IF;
        taken[i] := t;
      END LOOP;
    END IF;

    EXIT WHEN accepted = 0 OR NOT has_keys;
    BEGIN
      INSERT INTO usage_key (id, counter_id, occurred_at, quantity, used_after, held_then, limit_then)
      SELECT k.id, counters[k.slot], quota_moment(coalesce(k.moment, now)), k.quantity,
        CASE WHEN all_recorded THEN counter_taken[k.slot] + k.running ELSE k.taken END - held[k.slot], held[k.slot], nullif(limits[k.slot], -1)
      FROM (
        SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(running) AS running, unnest(occurred) AS moment,
          unnest(taken) AS taken, unnest(key_texts) AS key_text, unnest(verdicts) AS verdict
      ) k
      WHERE (all_recorded OR k.verdict = 1) AND k.key_text IS NOT NULL ORDER BY k.id;
      EXIT;
    EXCEPTION WHEN unique_violation THEN
      IF NOT all_recorded THEN
        RAISE;
      END IF;
      all_recorded := false;
    END;
  END LOOP;

  IF accepted > 0 THEN
    IF has_keys OR tells OR recorded IS NOT NULL THEN
      INSERT INTO usage_event (
        counter_id, occurred_at, id, quantity, recorded_at, idempotency_key, model, cost_centre, status_code, input_tokens, output_tokens, latency_ms
      )
      SELECT counters[e.slot], quota_moment(coalesce(e.moment, now)), e.id, e.quantity, quota_moment(coalesce(e.recorded, e.moment, now)), e.key_text,
        e.model, e.cost_centre, e.status_code, e.input, e.output, e.latency
      FROM (
        SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(occurred) AS moment, unnest(recorded) AS recorded,
          unnest(verdicts) AS verdict, unnest(key_texts) AS key_text, unnest(models) AS model, unnest(cost_centres) AS cost_centre,
          unnest(status_codes) AS status_code, unnest(input_tokens) AS input, unnest(output_tokens) AS output, unnest(latencies) AS latency
      ) e
      WHERE all_recorded OR e.verdict = 1;
    ELSE
      INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at)
      SELECT counters[e.slot], quota_moment(coalesce(e.moment, now)), e.id, e.quantity, quota_moment(coalesce(e.moment, now))
      FROM (SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(occurred) AS moment, unnest(verdicts) AS verdict) e
      WHERE all_recorded OR e.verdict = 1;
    END IF;

    -- Usage of an hour before the open one goes straight to the rollups. The counters are found by their place, which saves an index.
    UPDATE quota_counter q SET
      used = c.taken - q.held,
      events = q.events + c.events,
      hour_quantity = q.hour_quantity + CASE WHEN c.hour = c.open_hour THEN c.taken - q.held - q.used ELSE 0 END,
      hour_events = q.hour_events + CASE WHEN c.hour = c.open_hour THEN c.events ELSE 0 END,
      updated_at = quota_moment(now)
    FROM unnest(counter_places, counter_after, counter_events, hours, counter_hours) c(place, taken, events, hour, open_hour)
    WHERE q.ctid = c.place AND c.events > 0;

    IF counter_hours <> hours THEN
      PERFORM quota_close_hours(array_agg(counters[l.slot]), array_agg(l.hour), array_agg(l.day), array_agg(l.quantity), array_agg(l.events))
      FROM (
        SELECT e.slot, hours[e.slot] AS hour, days[e.slot] AS day, sum(e.quantity)::bigint AS quantity, count(*) AS events
        FROM unnest(slots, quantities, verdicts) e(slot, quantity, verdict)
        WHERE (all_recorded OR e.verdict = 1) AND hours[e.slot] < counter_hours[e.slot] GROUP BY e.slot
      ) l HAVING count(*) > 0;
    END IF;
    IF crossed_counters IS NOT NULL THEN
      UPDATE quota_counter q SET alert_at = NULL WHERE q.id = ANY (crossed_counters);
      PERFORM quota_note_crossings(crossed_counters, crossed_used, now);
    END IF;
    IF tells THEN
      PERFORM quota_break_down(
        array_agg(CASE WHEN all_recorded OR e.verdict = 1 THEN counters[e.slot] END), array_agg(days[e.slot]), models, cost_centres, status_codes,
        quantities, NULL, input_tokens, output_tokens, latencies
      )
      FROM (SELECT unnest(slots) AS slot, unnest(verdicts) AS verdict) e;
    END IF;
  END IF;

  IF refused > 0 THEN
    PERFORM quota_note_violations(
      array_agg(counters[e.slot]), array_agg(hours[e.slot]), array_agg(coalesce(nullif(refusals[e.slot], 0), 1)), array_agg(e.quantity),
      array_agg(coalesce(e.moment, now))
    )
    FROM unnest(slots, quantities, occurred, verdicts) e(slot, quantity, moment, verdict) WHERE e.verdict = 0;
  END IF;
END
$$;
