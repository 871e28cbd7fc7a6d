-- Decides and records a batch of plain usage of which nothing but "recorded" is expected: one UPDATE locks, decides and counts. `quota_take`
-- does each by a statement of its own, and starting a statement costs as much as what it does for twenty items. Where a single
-- counter turns out otherwise, all is taken back and `taken` is null: then the batch is for `quota_take` to decide. `repeats`: it was
-- for a key that was used before.
--
-- It turns out otherwise where an item might be refused, was decided on other terms or has a key that is there already, where the counter
-- is about to raise an alert, has a reservation to end or another hour open than that of its items.
--
-- The parameters are those of `quota_take`. `hour` is that of all items where `hours` is null; null `calls`: one item a counter.
-- `taken` is used and held together before the batch, and `held`, by counter: in the order of ids, whatever the plan.
CREATE FUNCTION "quota_take_at_once"(
  "now" bigint, "hour" integer, "hours" integer[], "counters" bigint[], "versions" bigint[], "ceilings" bigint[], "limits" bigint[],
  "sums" bigint[], "calls" integer[], "slots" integer[], "ids" uuid[], "quantities" bigint[], "running" bigint[], "occurred" bigint[],
  "recorded" bigint[], "key_texts" text[],
  OUT "taken" bigint[], OUT "held" bigint[], OUT "repeats" boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  moment CONSTANT timestamptz := quota_moment(now);
  open_hour CONSTANT timestamptz := quota_hour(hour);
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

  IF key_texts IS NOT NULL OR recorded IS NOT NULL THEN
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
