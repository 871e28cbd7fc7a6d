-- Calls with rates or dimensions were decided by slower statements, item by item or table by table, whatever came of them. Now they are
-- decided at once like all others of which nothing but "recorded" is expected.

-- The slices of a rate moved on to the slice of the present, with what is added in it. Who asks for more than the window has room for
-- meets the error that `quota_take_at_once` takes all back for. What slices are: see `quota_open_rates`.
CREATE FUNCTION "quota_slices_with"("slices" bigint[], "newest" bigint, "present" bigint, "added" bigint, "most" bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  place CONSTANT integer := mod(greatest(present, newest), 61) + 1;
  units bigint;
  room bigint := most - added;
BEGIN
  IF cardinality(slices) = 61 THEN
    FOR step IN 1 .. least(present - newest, 61) LOOP
      slices[mod(newest + step, 61) + 1] := 0;
    END LOOP;
  ELSE
    slices := array_fill(0::bigint, ARRAY[61]);
  END IF;
  FOREACH units IN ARRAY slices LOOP
    EXIT WHEN room < 0;
    room := room - units;
  END LOOP;
  IF room < 0 THEN
    RAISE EXCEPTION USING ERRCODE = 'no_data_found';
  END IF;
  slices[place] := slices[place] + added;
  RETURN slices;
END
$$;

DROP FUNCTION "quota_take_at_once"(
  bigint, integer, integer[], bigint[], bigint[], bigint[], bigint[], bigint[], integer[], integer[], uuid[], bigint[], bigint[], bigint[], bigint[], text[]
);

-- Decides and records a batch of plain usage of which nothing but "recorded" is expected: one UPDATE locks, decides and counts.
-- `quota_take` does each by a statement of its own, and starting a statement costs as much as what it does for twenty items. Where a
-- single counter or rate turns out otherwise, all is taken back and `taken` is null: then the batch is for another function to decide.
-- `repeats`: it was for a key that was used before.
--
-- It turns out otherwise where an item might be refused, was decided on other terms or has a key that is there already, where the counter
-- is about to raise an alert, has a reservation to end or another hour open than that of its items, and where a rate has no room for all.
--
-- The parameters are those of `quota_take`. `hour` is that of all items where `hours` is null; null `calls`: one item a counter.
-- `days`, by counter: where an item tells a dimension. `rates` are named once, ascending, with what their items come to together.
-- `taken` is used and held together before the batch, and `held`, by counter: in the order of ids, whatever the plan.
-- Servers of the version before give the first sixteen parameters.
CREATE FUNCTION "quota_take_at_once"(
  "now" bigint, "hour" integer, "hours" integer[], "counters" bigint[], "versions" bigint[], "ceilings" bigint[], "limits" bigint[],
  "sums" bigint[], "calls" integer[], "slots" integer[], "ids" uuid[], "quantities" bigint[], "running" bigint[], "occurred" bigint[],
  "recorded" bigint[], "key_texts" text[],
  "rates" bigint[] DEFAULT NULL, "rate_sums" bigint[] DEFAULT NULL, "rate_limits" bigint[] DEFAULT NULL,
  "days" integer[] DEFAULT NULL, "models" text[] DEFAULT NULL, "cost_centres" text[] DEFAULT NULL, "status_codes" integer[] DEFAULT NULL,
  "input_tokens" bigint[] DEFAULT NULL, "output_tokens" bigint[] DEFAULT NULL, "latencies" integer[] DEFAULT NULL,
  OUT "taken" bigint[], OUT "held" bigint[], OUT "repeats" boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  moment CONSTANT timestamptz := quota_moment(now);
  open_hour CONSTANT timestamptz := quota_hour(hour);
  in_pace integer;
BEGIN
  -- Counters are updated, and so locked, in the order of the array, which ascends; who waits for another batch looks at what that one
  -- left. As a range an id can only be looked up, one by one: with `=` a small table would be read first and joined to the array, by a plan
  -- that is kept when the table has grown.
  WITH counted AS (
    UPDATE quota_counter q SET
      used = q.used + n.total,
      events = q.events + coalesce(n.calls, 1),
      hour_quantity = q.hour_quantity + n.total,
      hour_events = q.hour_events + coalesce(n.calls, 1),
      updated_at = moment
    FROM (
      SELECT unnest(counters) AS id, unnest(sums) AS total, unnest(calls) AS calls, unnest(ceilings) AS ceiling, unnest(versions) AS version,
        unnest(hours) AS hour
    ) n
    WHERE q.id BETWEEN n.id AND n.id AND q.used + q.held <= n.ceiling - n.total AND (n.version < 0 OR n.version = q.terms_version)
      AND (q.alert_at IS NULL OR q.used < q.alert_at - n.total) AND q.hour = coalesce(quota_hour(n.hour), open_hour)
      AND (q.next_expiry IS NULL OR q.next_expiry > moment)
    RETURNING q.id, q.used + q.held - n.total AS before, q.held
  )
  SELECT array_agg(c.before ORDER BY c.id), array_agg(c.held ORDER BY c.id) INTO taken, held FROM counted c;
  IF cardinality(taken) IS DISTINCT FROM cardinality(counters) THEN
    RAISE EXCEPTION USING ERRCODE = 'no_data_found';
  END IF;

  -- Rates are locked after counters, as everywhere, in their order and by range for the same reasons.
  IF rates IS NOT NULL THEN
    UPDATE quota_rate r SET
      newest_slice = greatest(r.newest_slice, now * 60 / (r.window_seconds * 1000::bigint)),
      slices = quota_slices_with(r.slices, r.newest_slice, now * 60 / (r.window_seconds * 1000::bigint), n.added, n.most)
    FROM (SELECT unnest(rates) AS id, unnest(rate_sums) AS added, unnest(rate_limits) AS most) n
    WHERE r.id BETWEEN n.id AND n.id;
    GET DIAGNOSTICS in_pace = ROW_COUNT;
    IF in_pace <> cardinality(rates) THEN
      RAISE EXCEPTION USING ERRCODE = 'no_data_found';
    END IF;
  END IF;

  IF key_texts IS NOT NULL THEN
    INSERT INTO usage_key (id, counter_id, occurred_at, quantity, used_after, held_then, limit_then)
    SELECT k.id, counters[k.slot], coalesce(quota_moment(k.occurred), moment), k.quantity, taken[k.slot] + k.running - held[k.slot], held[k.slot],
      nullif(limits[k.slot], -1)
    FROM (
      SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(running) AS running, unnest(occurred) AS occurred,
        unnest(key_texts) AS key_text
    ) k
    WHERE k.key_text IS NOT NULL ORDER BY k.id;
  END IF;

  IF days IS NOT NULL THEN
    INSERT INTO usage_event (
      counter_id, occurred_at, id, quantity, recorded_at, idempotency_key, model, cost_centre, status_code, input_tokens, output_tokens, latency_ms
    )
    SELECT counters[e.slot], coalesce(quota_moment(e.occurred), moment), e.id, e.quantity, coalesce(quota_moment(coalesce(e.recorded, e.occurred)), moment),
      e.key_text, e.model, e.cost_centre, e.status_code, e.input, e.output, e.latency
    FROM (
      SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(occurred) AS occurred, unnest(recorded) AS recorded,
        unnest(key_texts) AS key_text, unnest(models) AS model, unnest(cost_centres) AS cost_centre, unnest(status_codes) AS status_code,
        unnest(input_tokens) AS input, unnest(output_tokens) AS output, unnest(latencies) AS latency
    ) e;
    PERFORM quota_break_down(
      array_agg(counters[e.slot]), array_agg(days[e.slot]), models, cost_centres, status_codes, quantities, NULL, input_tokens, output_tokens, latencies
    )
    FROM (SELECT unnest(slots) AS slot) e;
  ELSIF key_texts IS NOT NULL OR recorded IS NOT NULL THEN
    INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at, idempotency_key)
    SELECT counters[e.slot], coalesce(quota_moment(e.occurred), moment), e.id, e.quantity, coalesce(quota_moment(coalesce(e.recorded, e.occurred)), moment),
      e.key_text
    FROM (
      SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(occurred) AS occurred, unnest(recorded) AS recorded,
        unnest(key_texts) AS key_text
    ) e;
  ELSE
    INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at)
    SELECT counters[e.slot], coalesce(quota_moment(e.occurred), moment), e.id, e.quantity, coalesce(quota_moment(e.occurred), moment)
    FROM (SELECT unnest(slots) AS slot, unnest(ids) AS id, unnest(quantities) AS quantity, unnest(occurred) AS occurred) e;
  END IF;
EXCEPTION
  WHEN no_data_found THEN
    taken := NULL;
    repeats := false;
  WHEN unique_violation THEN
    taken := NULL;
    repeats := true;
END
$$;
