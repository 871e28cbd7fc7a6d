-- `quota_take` as before, but for the keys: they were looked up under the lock, so one that is there already was recorded on another
-- counter at the same moment. The unique key refuses it then, the batch fails and is tried again item by item. Asking PostgreSQL to
-- look for the conflict itself (`ON CONFLICT`) would make every key cost twice as much.
CREATE OR REPLACE FUNCTION "quota_take"(
  "now" bigint, "counters" bigint[], "versions" bigint[], "ceilings" bigint[], "limits" bigint[], "refusals" integer[], "hours" integer[],
  "days" integer[], "slots" integer[], "ids" uuid[], "quantities" bigint[], "occurred" bigint[], "recorded" bigint[], "key_texts" text[],
  "tells" boolean, "models" text[], "cost_centres" text[], "status_codes" integer[], "input_tokens" bigint[], "output_tokens" bigint[],
  "latencies" integer[],
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
  has_keys CONSTANT boolean := key_texts IS NOT NULL;
  earlier record;
  s integer; t bigint;
  accepted integer := 0; refused integer := 0;
  crossed_counters bigint[]; crossed_used bigint[];
BEGIN
  LOOP
    SELECT array_agg(c.ctid), array_agg(c.used + c.held), array_agg(c.held), array_agg(c.terms_version),
      array_agg((extract(epoch FROM c.hour) / 60)::integer), array_agg(c.held + c.alert_at), min(c.next_expiry), array_agg(0)
    INTO counter_places, counter_taken, held, counter_versions, counter_hours, counter_alerts, first_expiry, counter_events
    FROM (SELECT q.ctid, q.* FROM quota_counter q WHERE q.id = ANY (counters) ORDER BY q.id FOR NO KEY UPDATE) c;
    EXIT WHEN ready OR (counter_hours = hours AND (first_expiry IS NULL OR first_expiry > quota_moment(now)));
    IF cardinality(counter_taken) IS DISTINCT FROM cardinality(counters) THEN
      RAISE EXCEPTION 'The batch names a counter that does not exist.' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM quota_make_ready(counters, hours, days, now);
    ready := true;
  END LOOP;

  same_terms := counter_versions = versions;
  verdicts := array_fill(0, ARRAY[cardinality(slots)]);
  taken := quantities;

  IF has_keys THEN
    FOR earlier IN SELECT * FROM quota_earlier(ids, key_texts, (SELECT array_agg(counters[e.slot]) FROM unnest(slots) e(slot)), quantities, NULL) LOOP
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

  FOR i IN 1 .. cardinality(slots) LOOP
    s := slots[i];
    t := counter_taken[s];
    IF has_keys AND verdicts[i] <> 0 THEN
      NULL;
    ELSIF NOT same_terms AND counter_versions[s] <> versions[s] AND versions[s] >= 0 THEN
      verdicts[i] := 4;
    ELSIF quantities[i] <= ceilings[s] - t THEN
      t := t + quantities[i];
      counter_taken[s] := t;
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

  IF accepted > 0 THEN
    IF has_keys THEN
      INSERT INTO usage_key (id, counter_id, occurred_at, quantity, used_after, held_then, limit_then)
      SELECT k.id, counters[k.slot], quota_moment(k.moment), k.quantity, k.taken - held[k.slot], held[k.slot], nullif(limits[k.slot], -1)
      FROM unnest(slots, ids, quantities, occurred, taken, key_texts, verdicts) k(slot, id, quantity, moment, taken, key_text, verdict)
      WHERE k.verdict = 1 AND k.key_text IS NOT NULL ORDER BY k.id;
    END IF;

    IF has_keys OR tells OR recorded IS NOT NULL THEN
      INSERT INTO usage_event (
        counter_id, occurred_at, id, quantity, recorded_at, idempotency_key, model, cost_centre, status_code, input_tokens, output_tokens, latency_ms
      )
      SELECT counters[e.slot], quota_moment(e.moment), e.id, e.quantity, quota_moment(coalesce(e.recorded, e.moment)), e.key_text, e.model, e.cost_centre,
        e.status_code, e.input, e.output, e.latency
      FROM unnest(slots, ids, quantities, occurred, recorded, verdicts, key_texts, models, cost_centres, status_codes, input_tokens, output_tokens, latencies)
        e(slot, id, quantity, moment, recorded, verdict, key_text, model, cost_centre, status_code, input, output, latency)
      WHERE e.verdict = 1;
    ELSE
      INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at)
      SELECT counters[e.slot], quota_moment(e.moment), e.id, e.quantity, quota_moment(e.moment)
      FROM unnest(slots, ids, quantities, occurred, verdicts) e(slot, id, quantity, moment, verdict)
      WHERE e.verdict = 1;
    END IF;

    -- Usage of an hour before the open one goes straight to the rollups. The counters are found by their place, which saves an index.
    UPDATE quota_counter q SET
      used = c.taken - q.held,
      events = q.events + c.events,
      hour_quantity = q.hour_quantity + CASE WHEN c.hour = c.open_hour THEN c.taken - q.held - q.used ELSE 0 END,
      hour_events = q.hour_events + CASE WHEN c.hour = c.open_hour THEN c.events ELSE 0 END,
      updated_at = quota_moment(now)
    FROM unnest(counter_places, counter_taken, counter_events, hours, counter_hours) c(place, taken, events, hour, open_hour)
    WHERE q.ctid = c.place AND c.events > 0;

    IF counter_hours <> hours THEN
      PERFORM quota_close_hours(array_agg(counters[l.slot]), array_agg(l.hour), array_agg(l.day), array_agg(l.quantity), array_agg(l.events))
      FROM (
        SELECT e.slot, hours[e.slot] AS hour, days[e.slot] AS day, sum(e.quantity)::bigint AS quantity, count(*) AS events
        FROM unnest(slots, quantities, verdicts) e(slot, quantity, verdict)
        WHERE e.verdict = 1 AND hours[e.slot] < counter_hours[e.slot] GROUP BY e.slot
      ) l HAVING count(*) > 0;
    END IF;
    IF crossed_counters IS NOT NULL THEN
      UPDATE quota_counter q SET alert_at = NULL WHERE q.id = ANY (crossed_counters);
      PERFORM quota_note_crossings(crossed_counters, crossed_used, now);
    END IF;
    IF tells THEN
      PERFORM quota_break_down(
        array_agg(counters[e.slot]), array_agg(days[e.slot]), array_agg(e.model), array_agg(e.cost_centre), array_agg(e.status_code),
        array_agg(e.quantity), array_agg(1::bigint), array_agg(e.input), array_agg(e.output), array_agg(e.latency)
      )
      FROM unnest(slots, quantities, verdicts, models, cost_centres, status_codes, input_tokens, output_tokens, latencies)
        e(slot, quantity, verdict, model, cost_centre, status_code, input, output, latency)
      WHERE e.verdict = 1;
    END IF;
  END IF;

  IF refused > 0 THEN
    PERFORM quota_note_violations(
      array_agg(counters[e.slot]), array_agg(hours[e.slot]), array_agg(coalesce(nullif(refusals[e.slot], 0), 1)), array_agg(e.quantity), array_agg(e.moment)
    )
    FROM unnest(slots, quantities, occurred, verdicts) e(slot, quantity, moment, verdict) WHERE e.verdict = 0;
  END IF;
END
$$;
