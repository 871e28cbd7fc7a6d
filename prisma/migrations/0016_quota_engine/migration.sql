-- The engine's statements. They share a few rules:
-- * Counters are named once, ascending by id, and locked in that order; then rates, keys, reservations and rollups, each in the
--   order of its key. So batches of many servers never wait in a circle.
-- * They rely on READ COMMITTED: what is looked up after the locks were taken is seen in a snapshot taken after it.
-- * Only numbers travel: moments are milliseconds since 1970, hours minutes since 1970, days days since 1970-01-01,
--   reasons the place in `quota_reason`.

-- The reasons of refusal as `engine/meter-item.ts` orders them.
CREATE FUNCTION "quota_reason"("reason" integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (ARRAY['limit_reached', 'rate_limited', 'spend_cap_reached', 'feature_not_included', 'no_subscription', 'subscription_paused', 'not_on_list'])[reason]
$$;

CREATE FUNCTION "quota_moment"("milliseconds" bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_timestamp(milliseconds / 1000.0::double precision)
$$;

CREATE FUNCTION "quota_hour"("minutes" integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_timestamp(minutes * 60::double precision)
$$;

-- Adds up usage of hours that are over, in the hour and in the day it belongs to.
CREATE FUNCTION "quota_close_hours"("counters" bigint[], "hours" integer[], "days" integer[], "quantities" bigint[], "events" bigint[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_hour (account_id, feature_key, hour, quantity, events)
  SELECT c.account_id, c.feature_key, quota_hour(h.hour), sum(h.quantity), sum(h.events)
  FROM unnest(quota_close_hours.counters, quota_close_hours.hours, quota_close_hours.quantities, quota_close_hours.events) h(counter, hour, quantity, events)
  JOIN quota_counter c ON c.id = h.counter
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (account_id, feature_key, hour) DO UPDATE
  SET quantity = usage_hour.quantity + excluded.quantity, events = usage_hour.events + excluded.events;

  INSERT INTO usage_day (account_id, feature_key, day, quantity, events)
  SELECT c.account_id, c.feature_key, date '1970-01-01' + d.day, sum(d.quantity), sum(d.events)
  FROM unnest(quota_close_hours.counters, quota_close_hours.days, quota_close_hours.quantities, quota_close_hours.events) d(counter, day, quantity, events)
  JOIN quota_counter c ON c.id = d.counter
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (account_id, feature_key, day) DO UPDATE
  SET quantity = usage_day.quantity + excluded.quantity, events = usage_day.events + excluded.events;
END
$$;

-- Adds up refused calls by hour and reason.
CREATE FUNCTION "quota_note_violations"("counters" bigint[], "hours" integer[], "reasons" integer[], "quantities" bigint[], "moments" bigint[])
RETURNS void LANGUAGE sql AS $$
  INSERT INTO quota_violation (account_id, feature_key, hour, reason, calls, quantity, first_at, last_at)
  SELECT c.account_id, c.feature_key, quota_hour(v.hour), quota_reason(v.reason), count(*),
    least(sum(v.quantity), 9223372036854775807)::bigint, quota_moment(min(v.moment)), quota_moment(max(v.moment))
  FROM unnest(counters, hours, reasons, quantities, moments) v(counter, hour, reason, quantity, moment)
  JOIN quota_counter c ON c.id = v.counter
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (account_id, feature_key, hour, reason) DO UPDATE
  SET calls = quota_violation.calls + excluded.calls,
    quantity = least(quota_violation.quantity::numeric + excluded.quantity, 9223372036854775807)::bigint,
    first_at = least(quota_violation.first_at, excluded.first_at), last_at = greatest(quota_violation.last_at, excluded.last_at)
$$;

-- Tells that counters reached the use that somebody is to be alerted of.
CREATE FUNCTION "quota_note_crossings"("counters" bigint[], "used" bigint[], "moment" bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO quota_crossing (counter_id, used, crossed_at)
  SELECT c.counter, c.used, quota_moment(moment) FROM unnest(counters, used) c(counter, used) ORDER BY c.counter
  ON CONFLICT (counter_id) DO UPDATE SET used = excluded.used;
  SELECT pg_notify('quota_crossing', c.counter::text) FROM unnest(counters) c(counter)
$$;

-- The sum of two arrays, place by place. An empty one counts as zeros.
CREATE FUNCTION "quota_add_places"("one" bigint[], "other" bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN cardinality(one) = 0 THEN other
    WHEN cardinality(other) = 0 THEN one
    ELSE (SELECT array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY place) FROM unnest(one, other) WITH ORDINALITY sums(a, b, place))
  END
$$;

-- The place of a latency among 48: the first up to 1 ms, each further one up to √2 times more. Usage that told
-- no latency is in none: `least` passes over what is not known.
CREATE FUNCTION "quota_latency_place"("milliseconds" integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN milliseconds <= 1 THEN 1 WHEN milliseconds > 1 THEN least(48, 1 + ceil(2 * log(2, milliseconds::numeric) - 1e-9)::integer) END
$$;

-- Adds up usage that told a dimension, by calendar day.
CREATE FUNCTION "quota_break_down"(
  "counters" bigint[], "days" integer[], "models" text[], "cost_centres" text[], "status_codes" integer[], "quantities" bigint[],
  "events" bigint[], "input_tokens" bigint[], "output_tokens" bigint[], "latencies" integer[]
) RETURNS void LANGUAGE sql AS $$
  WITH told AS (
    SELECT c.account_id, c.feature_key, date '1970-01-01' + t.day AS day, coalesce(t.model, '') AS model, coalesce(t.cost_centre, '') AS cost_centre,
      coalesce(t.status_code, 0) AS status_code, t.quantity, t.events, coalesce(t.input, 0) AS input, coalesce(t.output, 0) AS output,
      quota_latency_place(t.latency) AS place
    FROM unnest(counters, days, models, cost_centres, status_codes, quantities, events, input_tokens, output_tokens, latencies)
      t(counter, day, model, cost_centre, status_code, quantity, events, input, output, latency)
    JOIN quota_counter c ON c.id = t.counter
    WHERE num_nonnulls(t.model, t.cost_centre, t.status_code, t.input, t.output, t.latency) > 0
  ), latency AS (
    SELECT account_id, feature_key, day, model, cost_centre, status_code, place, count(*) AS events FROM told WHERE place IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7
  )
  INSERT INTO usage_breakdown (
    account_id, feature_key, day, model, cost_centre, status_code, quantity, events, input_tokens, output_tokens, latency_buckets
  )
  SELECT t.account_id, t.feature_key, t.day, t.model, t.cost_centre, t.status_code, sum(t.quantity), sum(t.events), sum(t.input), sum(t.output),
    CASE WHEN count(t.place) = 0 THEN '{}' ELSE (
      SELECT array_agg(coalesce(l.events, 0) ORDER BY p.place) FROM generate_series(1, 48) p(place)
      LEFT JOIN latency l ON l.place = p.place AND (l.account_id, l.feature_key, l.day, l.model, l.cost_centre, l.status_code)
        = (t.account_id, t.feature_key, t.day, t.model, t.cost_centre, t.status_code)
    ) END
  FROM told t GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (account_id, feature_key, day, model, cost_centre, status_code) DO UPDATE
  SET quantity = usage_breakdown.quantity + excluded.quantity, events = usage_breakdown.events + excluded.events,
    input_tokens = usage_breakdown.input_tokens + excluded.input_tokens, output_tokens = usage_breakdown.output_tokens + excluded.output_tokens,
    latency_buckets = quota_add_places(usage_breakdown.latency_buckets, excluded.latency_buckets)
$$;

-- Ends the reservations of these counters, locked by the caller, that have expired: plain ones return their units, leases are
-- counted in full, since their holders may have used all of it; that changes the counter at this moment, for who rates again.
CREATE FUNCTION "quota_end_expired"("counters" bigint[], "now" bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  due bigint[]; leases uuid[];
BEGIN
  SELECT array_agg(c.id) INTO due FROM quota_counter c WHERE c.id = ANY (quota_end_expired.counters) AND c.next_expiry <= quota_moment(now);
  IF due IS NULL THEN
    RETURN;
  END IF;

  WITH ended AS (
    UPDATE quota_reservation r SET status = 'expired', settled_quantity = CASE r.kind WHEN 'lease' THEN r.quantity ELSE 0 END,
      settled_at = CASE r.kind WHEN 'lease' THEN r.created_at ELSE r.expires_at END
    WHERE r.counter_id = ANY (due) AND r.status = 'held' AND r.expires_at <= quota_moment(now)
    RETURNING r.id, r.counter_id, r.quantity, r.settled_quantity
  ), counted AS (
    UPDATE quota_counter c SET held = c.held - e.quantity, used = c.used + e.used, events = c.events + e.leases, updated_at = quota_moment(now)
    FROM (SELECT counter_id, sum(quantity) AS quantity, sum(settled_quantity) AS used, count(*) FILTER (WHERE settled_quantity > 0) AS leases
          FROM ended GROUP BY counter_id) e
    WHERE c.id = e.counter_id
  )
  SELECT array_agg(id) FILTER (WHERE settled_quantity > 0) INTO leases FROM ended;

  IF leases IS NOT NULL THEN
    INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at)
    SELECT r.counter_id, r.settled_at, r.id, r.quantity, quota_moment(now) FROM quota_reservation r WHERE r.id = ANY (leases);
    PERFORM quota_close_hours(
      array_agg(r.counter_id), array_agg((extract(epoch FROM r.created_hour) / 60)::integer), array_agg(r.created_day - date '1970-01-01'),
      array_agg(r.quantity), array_agg(1::bigint)
    ) FROM quota_reservation r WHERE r.id = ANY (leases);
    PERFORM quota_note_crossings(array_agg(c.id), array_agg(c.used), now)
    FROM quota_counter c WHERE c.id = ANY (due) AND c.used >= c.alert_at HAVING count(*) > 0;
    UPDATE quota_counter c SET alert_at = NULL WHERE c.id = ANY (due) AND c.used >= c.alert_at;
  END IF;

  UPDATE quota_counter c
  SET next_expiry = (SELECT min(r.expires_at) FROM quota_reservation r WHERE r.counter_id = c.id AND r.status = 'held')
  WHERE c.id = ANY (due);
END
$$;

-- Makes counters ready for a decision, which their holder has locked: what has expired is ended, and an open hour that is over moves
-- to the rollups. `hours` and `days` are those that the decision is about, by counter.
CREATE FUNCTION "quota_make_ready"("counters" bigint[], "hours" integer[], "days" integer[], "now" bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM quota_end_expired(quota_make_ready.counters, now);

  PERFORM quota_close_hours(
    array_agg(c.id), array_agg((extract(epoch FROM c.hour) / 60)::integer), array_agg(c.hour_day - date '1970-01-01'),
    array_agg(c.hour_quantity), array_agg(c.hour_events)
  )
  FROM unnest(quota_make_ready.counters, quota_make_ready.hours) n(id, hour)
  JOIN quota_counter c ON c.id = n.id AND c.hour < quota_hour(n.hour) AND (c.hour_quantity <> 0 OR c.hour_events <> 0)
  HAVING count(*) > 0;

  UPDATE quota_counter c SET hour = quota_hour(n.hour), hour_day = date '1970-01-01' + n.day, hour_quantity = 0, hour_events = 0
  FROM unnest(quota_make_ready.counters, quota_make_ready.hours, quota_make_ready.days) n(id, hour, day)
  WHERE c.id = n.id AND n.hour > 0 AND (c.hour IS NULL OR c.hour < quota_hour(n.hour));
END
$$;

-- What was answered the first time to keys that were used before, by place in `ids`; items without a key text are left out.
-- An answer of another feature, quantity or way of asking tells that the key was used for something else.
CREATE FUNCTION "quota_earlier"("ids" uuid[], "key_texts" text[], "item_counters" bigint[], "quantities" bigint[], "ways" integer[])
RETURNS TABLE ("place" integer, "same" boolean, "used" bigint, "held" bigint, "limit_then" bigint, "resets" bigint) LANGUAGE sql AS $$
  SELECT k.place::integer, u.quantity = k.quantity AND u.operation = coalesce(k.way, 0) AND then_counter.feature_key = now_counter.feature_key,
    u.used_after, u.held_then, u.limit_then, (extract(epoch FROM then_counter.period_end) * 1000)::bigint
  FROM unnest(ids, key_texts, item_counters, quantities, ways) WITH ORDINALITY k(id, key_text, counter, quantity, way, place)
  CROSS JOIN LATERAL (SELECT f.* FROM usage_key f WHERE f.id = k.id LIMIT 1) u
  JOIN quota_counter then_counter ON then_counter.id = u.counter_id
  JOIN quota_counter now_counter ON now_counter.id = k.counter
  WHERE k.key_text IS NOT NULL
$$;

-- Decides and records a batch of plain usage in the order of arrival, each item wholly or not at all: the way that nearly every
-- call takes, so it does as little as can be. All items of a counter are on the same terms and in the same hour.
-- An item is refused when used and held together would pass the ceiling; 2^63 - 1 stands for none. Version -1: whatever the terms
-- are. Limit -1: unlimited. An item without a key text is new for certain. A key that another counter records at the same moment
-- is refused by the unique key: the batch fails and is tried again item by item. Looking for it (`ON CONFLICT`) costs twice as much.
-- Verdicts: 0 refused, 1 recorded, 2 recorded before (the answer of then), 3 its key was used for something else,
-- 4 decided on terms that have changed since, 5 the counter would pass 2^63 - 1.
-- `taken` is used and held together after the item; `held` is by counter; the answers of then are null where there are none.
CREATE FUNCTION "quota_take"(
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

-- Rates: a window is cut into 60 slices and `slices` holds the units of the last 61, each at its number modulo 61. A slice counts as
-- wholly inside until it is wholly outside, so no stretch of the window's length ever holds more than the limit.

-- The rates of the batch, locked, their slices moved on to the present. `room` is by rate: the limit less what the window holds.
CREATE FUNCTION "quota_open_rates"("rates" bigint[], "now" bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM quota_rate r WHERE r.id = ANY (rates) ORDER BY r.id FOR NO KEY UPDATE;
  UPDATE quota_rate r SET
    newest_slice = n.slice,
    slices = (
      SELECT array_agg(CASE
        -- The slice that has this place now is `newest − ((newest − place) mod 61)`: kept if it was there before.
        WHEN n.slice - mod(n.slice - place + 61, 61) <= r.newest_slice AND cardinality(r.slices) = 61 THEN r.slices[place + 1]
        ELSE 0
      END ORDER BY place)
      FROM generate_series(0, 60) p(place)
    )
  FROM (SELECT q.id, greatest(q.newest_slice, now * 60 / (q.window_seconds * 1000::bigint)) AS slice FROM quota_rate q WHERE q.id = ANY (rates)) n
  WHERE r.id = n.id AND (n.slice > r.newest_slice OR cardinality(r.slices) <> 61);
END
$$;

-- When so many units of the rate will have left the window, in milliseconds since 1970; null when it never holds that many.
CREATE FUNCTION "quota_room_at"("rate" bigint, "units" bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT min(((s.slice + 61) * r.window_seconds * 1000 + 59) / 60)
  FROM (
    SELECT q.slice, sum(q.units) OVER (ORDER BY q.slice) AS freed FROM (
      SELECT r.newest_slice - age AS slice, r.slices[mod(r.newest_slice - age, 61) + 1] AS units FROM quota_rate r, generate_series(0, 60) a(age)
      WHERE r.id = quota_room_at.rate
    ) q
  ) s JOIN quota_rate r ON r.id = quota_room_at.rate
  WHERE s.freed >= quota_room_at.units
$$;

-- Decides and records a batch of any operations in the order of arrival, each wholly or not at all. Slower than `quota_take`, which
-- decides the same way, but not by much.
-- Operations: 1 consume, 2 record, 3 reserve, 4 lease, 5 commit, 6 release, 7 settle, 8 level to, 9 level by, 10 correct.
-- `quantities`: what is asked; of a correction the total that the event is to count; 0 of a release. `minimums`: of a lease.
-- `hours` and `days` are by item; `latest_hours` and `latest_days` the latest by counter.
-- A rate of an item: its item, the rate's place in `rates` (ids, ascending) and its limit, in the order of the items.
-- A spend cap of an item: amount in major units with the digits of its currency, and the group of counters it is about;
-- `spend_groups` names the group of a counter. What a counter costs is rounded as an invoice rounds it: once a counter.
-- Verdicts as in `quota_take`, and 6 no such reservation, lease or event, 7 settled otherwise, 8 the level would fall below zero,
-- 9 nothing is left to void. Reasons: see `quota_reason`. Statuses: 1 held, 2 committed, 3 released, 4 expired, 5 settled.
CREATE FUNCTION "quota_operate"(
  "now" bigint, "counters" bigint[], "latest_hours" integer[], "latest_days" integer[], "spend_groups" integer[],
  "operations" integer[], "slots" integer[], "ids" uuid[], "quantities" bigint[], "minimums" bigint[], "ceilings" bigint[], "limits" bigint[],
  "versions" bigint[], "refusals" integer[], "occurred" bigint[], "recorded" bigint[], "hours" integer[], "days" integer[], "expiries" bigint[],
  "corrected" uuid[], "rates" bigint[], "rate_items" integer[], "rate_places" integer[], "rate_limits" bigint[],
  "caps" numeric[], "cap_groups" integer[], "key_texts" text[],
  "models" text[], "cost_centres" text[], "status_codes" integer[], "input_tokens" bigint[], "output_tokens" bigint[], "latencies" integer[],
  OUT "verdicts" integer[], OUT "reasons" integer[], OUT "used" bigint[], OUT "held" bigint[], OUT "written" bigint[], OUT "limits_then" bigint[],
  OUT "resets_then" bigint[], OUT "room_at" bigint[], OUT "statuses" integer[], OUT "reserved" bigint[], OUT "settled" bigint[], OUT "ends" bigint[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  most CONSTANT bigint := 9223372036854775807;
  item_count CONSTANT integer := cardinality(slots);
  -- Counters, by slot.
  counter_used bigint[]; counter_held bigint[]; counter_versions bigint[]; counter_hours integer[]; counter_alerts bigint[];
  counter_amounts numeric[]; counter_limits bigint[]; counter_expiries bigint[]; counter_events bigint[]; counter_touched boolean[];
  first_expiry timestamptz;
  ready boolean := false;
  -- Rates, by place, and the position in the list of the items' rates.
  rate_used bigint[]; rate_added bigint[];
  rate integer := 1; last_rate integer;
  -- The event of each item, where it has one.
  event_kinds usage_kind[]; event_ids uuid[]; event_occurred bigint[]; event_hours integer[]; event_days integer[]; event_counts bigint[];
  event_corrects uuid[]; event_inputs bigint[]; event_outputs bigint[]; event_models text[]; event_centres text[]; event_statuses integer[];
  crossed_counters bigint[]; crossed_used bigint[];
  earlier record; reservation quota_reservation; original record;
  op integer; s integer; q bigint; was bigint; wanted bigint; add_used bigint; add_held bigint; refusal integer; granted bigint; smallest bigint;
  spent numeric; price numeric; price_before numeric; past bigint; past_then numeric;
  accepted integer := 0; refused integer := 0; keys_written integer;
BEGIN
  LOOP
    SELECT array_agg(c.used), array_agg(c.held), array_agg(c.terms_version), array_agg((extract(epoch FROM c.hour) / 60)::integer),
      array_agg(c.alert_at), array_agg(coalesce(c.overage_amount, 0)), array_agg(coalesce(c.limit_quantity, most)),
      array_agg((extract(epoch FROM c.next_expiry) * 1000)::bigint), min(c.next_expiry), array_agg(0::bigint), array_agg(false)
    INTO counter_used, counter_held, counter_versions, counter_hours, counter_alerts, counter_amounts, counter_limits, counter_expiries,
      first_expiry, counter_events, counter_touched
    FROM (SELECT * FROM quota_counter f WHERE f.id = ANY (counters) ORDER BY f.id FOR NO KEY UPDATE) c;
    EXIT WHEN ready OR (counter_hours = latest_hours AND (first_expiry IS NULL OR first_expiry > quota_moment(now)));
    IF cardinality(counter_used) IS DISTINCT FROM cardinality(counters) THEN
      RAISE EXCEPTION 'The batch names a counter that does not exist.' USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM quota_make_ready(counters, latest_hours, latest_days, now);
    ready := true;
  END LOOP;

  IF rates IS NOT NULL THEN
    PERFORM quota_open_rates(rates, now);
    SELECT array_agg((SELECT sum(u.units) FROM unnest(r.slices) u(units))::bigint ORDER BY r.id), array_agg(0::bigint)
    INTO rate_used, rate_added FROM quota_rate r WHERE r.id = ANY (rates);
    IF cardinality(rate_used) IS DISTINCT FROM cardinality(rates) THEN
      RAISE EXCEPTION 'The batch names a rate that does not exist.' USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;

  verdicts := array_fill(NULL::integer, ARRAY[item_count]);
  reasons := verdicts; statuses := verdicts; event_hours := verdicts; event_days := verdicts; event_statuses := verdicts;
  used := array_fill(0::bigint, ARRAY[item_count]);
  held := used; written := used; limits_then := limits;
  resets_then := array_fill(NULL::bigint, ARRAY[item_count]);
  room_at := resets_then; reserved := resets_then; settled := resets_then; ends := resets_then; event_occurred := resets_then;
  event_counts := resets_then; event_inputs := resets_then; event_outputs := resets_then;
  event_kinds := array_fill(NULL::usage_kind, ARRAY[item_count]);
  event_ids := array_fill(NULL::uuid, ARRAY[item_count]);
  event_corrects := event_ids;
  event_models := array_fill(NULL::text, ARRAY[item_count]);
  event_centres := event_models;

  -- 1. What was answered before.
  IF key_texts IS NOT NULL THEN
    FOR earlier IN
      SELECT * FROM quota_earlier(
        ids, key_texts, (SELECT array_agg(counters[e.slot]) FROM unnest(slots) e(slot)), quantities,
        (SELECT array_agg(CASE WHEN e.operation IN (3, 4) THEN -1 WHEN e.operation <= 2 THEN 0 ELSE e.operation END) FROM unnest(operations) e(operation))
      )
    LOOP
      verdicts[earlier.place] := CASE WHEN earlier.same THEN 2 ELSE 3 END;
      used[earlier.place] := earlier.used;
      held[earlier.place] := earlier.held;
      limits_then[earlier.place] := earlier.limit_then;
      resets_then[earlier.place] := earlier.resets;
    END LOOP;
  END IF;

  FOR i IN 1 .. item_count LOOP
    op := operations[i];
    s := slots[i];
    q := quantities[i];
    wanted := 0; add_used := 0; add_held := 0; refusal := 0; granted := NULL; was := NULL;
    last_rate := rate;
    WHILE rates IS NOT NULL AND rate_items[last_rate] = i LOOP
      last_rate := last_rate + 1;
    END LOOP;

    -- 2. What it comes to: units that need room, and what it would add to used and held.
    CASE
    WHEN verdicts[i] IS NOT NULL THEN
      NULL;
    WHEN op = 1 THEN
      wanted := q; add_used := q;
    WHEN op = 2 THEN
      add_used := q;
    WHEN op IN (3, 4) THEN
      wanted := q; add_held := q;
      SELECT * INTO reservation FROM quota_reservation r WHERE r.id = ids[i];
      IF FOUND THEN
        verdicts[i] := CASE WHEN reservation.asked_quantity = q AND reservation.kind = (CASE op WHEN 3 THEN 'reservation' ELSE 'lease' END)::reservation_kind
          AND (SELECT a.feature_key = b.feature_key FROM quota_counter a, quota_counter b WHERE a.id = reservation.counter_id AND b.id = counters[s]) THEN 2 ELSE 3 END;
        used[i] := reservation.used_then; held[i] := reservation.held_then; limits_then[i] := reservation.limit_then;
      END IF;
    WHEN op IN (5, 6, 7) THEN
      SELECT * INTO reservation FROM quota_reservation r WHERE r.id = ids[i] AND r.counter_id = counters[s];
      IF reservation.id IS NULL OR (reservation.kind = 'lease') <> (op = 7) THEN
        verdicts[i] := 6;
      ELSIF op = 7 AND q > reservation.quantity THEN
        RAISE EXCEPTION 'More was used than the lease holds.' USING ERRCODE = 'check_violation';
      ELSIF reservation.status = 'held' THEN
        add_held := -reservation.quantity; add_used := q;
        wanted := greatest(q - reservation.quantity, 0);
      ELSIF op = 6 AND reservation.status IN ('released', 'expired') THEN
        verdicts[i] := 2;
        used[i] := counter_used[s]; held[i] := counter_held[s];
      ELSIF op = 5 AND reservation.status = 'expired' THEN
        add_used := q; wanted := q;
      ELSIF op = 7 AND reservation.status = 'expired' THEN
        add_used := q - reservation.quantity; -- It was counted in full when it expired.
      ELSIF op <> 6 AND reservation.status IN ('committed', 'settled') AND reservation.settled_quantity = q THEN
        verdicts[i] := 2;
        used[i] := reservation.settled_used; held[i] := reservation.settled_held; limits_then[i] := reservation.settled_limit;
      ELSE
        verdicts[i] := 7;
      END IF;
    WHEN op IN (8, 9) THEN
      add_used := CASE op WHEN 8 THEN q - counter_used[s] WHEN 9 THEN q END;
      wanted := greatest(add_used, 0);
      IF add_used < 0 AND counter_used[s] + add_used < 0 THEN
        verdicts[i] := 8;
      END IF;
    WHEN op = 10 THEN
      SELECT e.*, e.quantity + coalesce(sum(c.quantity), 0)::bigint AS total, coalesce(e.input_tokens, 0) + coalesce(sum(c.input_tokens), 0)::bigint AS input,
        coalesce(e.output_tokens, 0) + coalesce(sum(c.output_tokens), 0)::bigint AS output
      INTO original
      FROM usage_event e LEFT JOIN usage_event c
        ON c.counter_id = e.counter_id AND c.occurred_at = e.occurred_at AND c.corrects_id = e.id AND c.kind = 'correction'
      WHERE e.counter_id = counters[s] AND e.occurred_at = quota_moment(occurred[i]) AND e.id = corrected[i] AND e.kind = 'usage'
      GROUP BY e.counter_id, e.occurred_at, e.id;
      IF original.id IS NULL THEN
        verdicts[i] := 6;
      ELSE
        -- What this batch corrected already is not in the table yet.
        FOR earlier IN
          SELECT sum(w.quantity)::bigint AS quantity, sum(w.input)::bigint AS input, sum(w.output)::bigint AS output
          FROM unnest(written, event_inputs, event_outputs, event_corrects) w(quantity, input, output, corrects)
          WHERE w.corrects = corrected[i]
        LOOP
          original.total := original.total + coalesce(earlier.quantity, 0);
          original.input := original.input + coalesce(earlier.input, 0);
          original.output := original.output + coalesce(earlier.output, 0);
        END LOOP;
        IF q = 0 AND original.total = 0 THEN
          verdicts[i] := 9;
        END IF;
        add_used := q - original.total;
      END IF;
    END CASE;

    -- 3. Whether there is room: terms, limit, rates, money.
    smallest := CASE op WHEN 4 THEN minimums[i] ELSE wanted END;
    IF verdicts[i] IS NULL AND wanted > 0 THEN
      IF versions[i] >= 0 AND versions[i] <> counter_versions[s] THEN
        verdicts[i] := 4;
      ELSE
        granted := CASE WHEN op = 4 THEN least(wanted, greatest(ceilings[i] - counter_used[s] - counter_held[s], 0)) ELSE wanted END;
        IF granted > ceilings[i] - counter_used[s] - counter_held[s] OR (op = 4 AND granted < minimums[i]) THEN
          refusal := coalesce(nullif(refusals[i], 0), 1);
          IF ceilings[i] = most THEN
            verdicts[i] := 5;
          END IF;
        END IF;
        FOR place IN rate .. last_rate - 1 LOOP
          EXIT WHEN refusal <> 0;
          IF op = 4 THEN
            granted := least(granted, greatest(rate_limits[place] - rate_used[rate_places[place]], 0));
          END IF;
          IF granted > rate_limits[place] - rate_used[rate_places[place]] OR (op = 4 AND granted < minimums[i]) THEN
            refusal := 2;
          END IF;
        END LOOP;
        IF refusal = 0 AND caps[i] IS NOT NULL AND counter_amounts[s] > 0 THEN
          spent := 0;
          FOR c IN 1 .. cardinality(counters) LOOP
            IF spend_groups[c] = cap_groups[i] THEN
              spent := spent + round(counter_amounts[c] * greatest(counter_used[c]::numeric + counter_held[c] - counter_limits[c], 0), scale(caps[i]));
            END IF;
          END LOOP;
          past := greatest(counter_used[s] + counter_held[s] - counter_limits[s], 0);
          price_before := round(counter_amounts[s] * past, scale(caps[i]));
          IF op = 4 THEN
            -- As much as the rest of the money pays, on top of what the limit still gives.
            granted := least(granted, (greatest(counter_limits[s]::numeric - counter_used[s] - counter_held[s], 0)
              + greatest(ceil((caps[i] - spent + price_before + 0.5 * power(0.1::numeric, scale(caps[i]))) / counter_amounts[s]) - 1 - past, 0)))::bigint;
          END IF;
          past_then := greatest(counter_used[s]::numeric + counter_held[s] + granted - counter_limits[s], 0);
          price := round(counter_amounts[s] * past_then, scale(caps[i])) - price_before;
          IF (past_then > past AND spent + price > caps[i]) OR (op = 4 AND granted < minimums[i]) THEN
            refusal := 3;
          END IF;
        END IF;
        IF refusal = 0 AND op = 4 THEN
          add_held := granted;
        END IF;
      END IF;
    END IF;
    IF verdicts[i] IS NULL AND refusal = 0 AND add_used + add_held > 0 AND add_used + add_held > most - counter_used[s] - counter_held[s] THEN
      verdicts[i] := 5;
    END IF;

    -- 4. What becomes of it.
    IF verdicts[i] IS NOT NULL THEN
      IF verdicts[i] >= 4 THEN
        used[i] := counter_used[s]; held[i] := counter_held[s];
      END IF;
    ELSIF refusal <> 0 THEN
      verdicts[i] := 0;
      reasons[i] := refusal;
      refused := refused + 1;
      used[i] := counter_used[s]; held[i] := counter_held[s];
      IF refusal = 2 THEN
        FOR place IN rate .. last_rate - 1 LOOP
          IF smallest > rate_limits[place] THEN
            room_at[i] := NULL; -- It asks for more than the rate ever gives.
            EXIT;
          END IF;
          IF smallest > rate_limits[place] - rate_used[rate_places[place]] THEN
            UPDATE quota_rate r SET slices[(mod(r.newest_slice, 61) + 1)::integer] = r.slices[mod(r.newest_slice, 61) + 1] + rate_added[rate_places[place]]
            WHERE r.id = rates[rate_places[place]] AND rate_added[rate_places[place]] > 0;
            rate_added[rate_places[place]] := 0;
            room_at[i] := greatest(room_at[i], quota_room_at(
              rates[rate_places[place]], rate_used[rate_places[place]] + smallest - rate_limits[place]
            ));
          END IF;
        END LOOP;
      END IF;
    ELSE
      verdicts[i] := 1;
      accepted := accepted + 1;
      counter_touched[s] := true;
      counter_used[s] := counter_used[s] + add_used;
      counter_held[s] := counter_held[s] + add_held;
      used[i] := counter_used[s]; held[i] := counter_held[s];
      FOR place IN rate .. last_rate - 1 LOOP
        EXIT WHEN wanted = 0;
        rate_used[rate_places[place]] := rate_used[rate_places[place]] + granted;
        rate_added[rate_places[place]] := rate_added[rate_places[place]] + granted;
      END LOOP;

      IF add_used <> 0 THEN
        written[i] := add_used;
        event_kinds[i] := CASE WHEN op IN (8, 9) THEN 'level' WHEN op = 10 THEN 'correction' ELSE 'usage' END::usage_kind;
        event_ids[i] := ids[i];
        event_occurred[i] := occurred[i]; event_hours[i] := hours[i]; event_days[i] := days[i];
        event_counts[i] := CASE op WHEN 10 THEN 0 ELSE 1 END;
        IF op = 10 THEN
          event_corrects[i] := corrected[i];
          event_models[i] := original.model; event_centres[i] := original.cost_centre; event_statuses[i] := original.status_code;
          event_inputs[i] := nullif(CASE q WHEN 0 THEN 0 ELSE coalesce(original.input_tokens, 0) END - original.input, 0);
          event_outputs[i] := nullif(CASE q WHEN 0 THEN 0 ELSE coalesce(original.output_tokens, 0) END - original.output, 0);
        ELSIF op = 7 AND reservation.status = 'expired' THEN
          event_kinds[i] := 'correction';
          event_ids[i] := gen_random_uuid();
          event_corrects[i] := ids[i];
          event_occurred[i] := (extract(epoch FROM reservation.settled_at) * 1000)::bigint;
          event_hours[i] := (extract(epoch FROM reservation.created_hour) / 60)::integer;
          event_days[i] := reservation.created_day - date '1970-01-01';
          event_counts[i] := 0;
        ELSE
          event_models[i] := models[i]; event_centres[i] := cost_centres[i]; event_statuses[i] := status_codes[i];
          event_inputs[i] := input_tokens[i]; event_outputs[i] := output_tokens[i];
        END IF;
        counter_events[s] := counter_events[s] + event_counts[i];
        IF counter_used[s] >= counter_alerts[s] THEN
          crossed_counters := crossed_counters || counters[s];
          crossed_used := crossed_used || counter_used[s];
          counter_alerts[s] := NULL;
        END IF;
      END IF;

      IF op IN (3, 4) THEN
        INSERT INTO quota_reservation (
          id, counter_id, kind, quantity, asked_quantity, created_at, expires_at, created_hour, created_day, used_then, held_then, limit_then
        ) VALUES (
          ids[i], counters[s], CASE op WHEN 3 THEN 'reservation' ELSE 'lease' END::reservation_kind, granted, q, quota_moment(occurred[i]),
          quota_moment(expiries[i]), quota_hour(hours[i]), date '1970-01-01' + days[i], used[i], held[i], limits[i]
        );
        counter_expiries[s] := least(counter_expiries[s], expiries[i]);
      ELSIF op IN (5, 6, 7) THEN
        UPDATE quota_reservation r SET
          status = CASE op WHEN 5 THEN 'committed' WHEN 6 THEN 'released' ELSE 'settled' END::reservation_status,
          settled_at = CASE WHEN op = 7 AND r.status = 'expired' THEN r.settled_at ELSE quota_moment(occurred[i]) END,
          settled_quantity = q, settled_used = used[i], settled_held = held[i], settled_limit = limits[i]
        WHERE r.id = ids[i];
      END IF;
    END IF;
    rate := last_rate;
  END LOOP;

  -- 5. The answers about reservations, as they are now.
  FOR earlier IN
    SELECT k.place::integer AS place, r.* FROM unnest(ids, operations) WITH ORDINALITY k(id, operation, place)
    CROSS JOIN LATERAL (SELECT * FROM quota_reservation f WHERE f.id = k.id LIMIT 1) r
    WHERE k.operation BETWEEN 3 AND 7
  LOOP
    CONTINUE WHEN verdicts[earlier.place] IN (3, 6);
    statuses[earlier.place] := array_position(enum_range(NULL::reservation_status), earlier.status);
    reserved[earlier.place] := earlier.quantity;
    settled[earlier.place] := earlier.settled_quantity;
    ends[earlier.place] := (extract(epoch FROM earlier.expires_at) * 1000)::bigint;
  END LOOP;

  IF refused > 0 THEN
    PERFORM quota_note_violations(
      array_agg(counters[e.slot]), array_agg(e.hour), array_agg(e.reason), array_agg(e.quantity), array_agg(e.moment)
    )
    FROM unnest(slots, hours, reasons, quantities, recorded, verdicts) e(slot, hour, reason, quantity, moment, verdict) WHERE e.verdict = 0;
  END IF;
  IF accepted = 0 THEN
    RETURN;
  END IF;

  -- 6. Write what was decided.
  UPDATE quota_rate r SET slices[(mod(r.newest_slice, 61) + 1)::integer] = r.slices[mod(r.newest_slice, 61) + 1] + a.added
  FROM unnest(rates, rate_added) a(id, added) WHERE r.id = a.id AND a.added > 0;

  INSERT INTO usage_key (id, counter_id, occurred_at, quantity, used_after, held_then, limit_then, operation)
  SELECT k.id, counters[k.slot], quota_moment(k.moment), k.quantity, k.used, k.held, k.limit_then, CASE WHEN k.operation <= 2 THEN 0 ELSE k.operation END
  FROM unnest(operations, slots, ids, quantities, occurred, used, held, limits, key_texts, verdicts)
    k(operation, slot, id, quantity, moment, used, held, limit_then, key_text, verdict)
  WHERE k.verdict = 1 AND k.key_text IS NOT NULL AND k.operation NOT IN (3, 4) ORDER BY k.id
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS keys_written = ROW_COUNT;
  IF keys_written <> (SELECT count(*) FROM unnest(operations, key_texts, verdicts) k(operation, key_text, verdict)
                      WHERE k.verdict = 1 AND k.key_text IS NOT NULL AND k.operation NOT IN (3, 4)) THEN
    RAISE EXCEPTION 'A key was recorded on another counter at the same moment.' USING ERRCODE = 'serialization_failure';
  END IF;

  INSERT INTO usage_event (
    counter_id, occurred_at, id, kind, quantity, recorded_at, corrects_id, idempotency_key, model, cost_centre, status_code, input_tokens,
    output_tokens, latency_ms
  )
  SELECT counters[e.slot], quota_moment(e.moment), e.id, e.kind, e.quantity, quota_moment(e.recorded), e.corrects,
    CASE WHEN e.corrects IS NULL OR e.operation = 10 THEN e.key_text END, e.model, e.centre, e.status, e.input, e.output,
    CASE WHEN e.operation <> 10 THEN e.latency END
  FROM unnest(
    operations, slots, event_kinds, event_ids, event_occurred, written, recorded, event_corrects, key_texts, event_models, event_centres, event_statuses,
    event_inputs, event_outputs, latencies
  ) e(operation, slot, kind, id, moment, quantity, recorded, corrects, key_text, model, centre, status, input, output, latency)
  WHERE e.kind IS NOT NULL;

  UPDATE quota_counter f SET
    used = c.used, held = c.held, events = f.events + c.events, alert_at = c.alert,
    next_expiry = CASE WHEN c.expiry IS NULL THEN NULL ELSE quota_moment(c.expiry) END,
    hour_quantity = f.hour_quantity + coalesce(o.quantity, 0), hour_events = f.hour_events + coalesce(o.events, 0), updated_at = quota_moment(now)
  FROM unnest(counters, counter_used, counter_held, counter_events, counter_alerts, counter_expiries, counter_touched) WITH ORDINALITY
    c(id, used, held, events, alert, expiry, touched, slot)
  LEFT JOIN LATERAL (
    SELECT sum(e.quantity)::bigint AS quantity, sum(e.events)::bigint AS events
    FROM unnest(slots, event_hours, written, event_counts) e(slot, hour, quantity, events)
    WHERE e.slot = c.slot AND e.hour = counter_hours[e.slot]
  ) o ON true
  WHERE f.id = c.id AND c.touched;

  PERFORM quota_close_hours(array_agg(counters[e.slot]), array_agg(e.hour), array_agg(e.day), array_agg(e.quantity), array_agg(e.events))
  FROM unnest(slots, event_hours, event_days, written, event_counts) e(slot, hour, day, quantity, events)
  WHERE e.hour <> counter_hours[e.slot] HAVING count(*) > 0;
  IF crossed_counters IS NOT NULL THEN
    PERFORM quota_note_crossings(crossed_counters, crossed_used, now);
  END IF;
  PERFORM quota_break_down(
    array_agg(counters[e.slot]), array_agg(e.day), array_agg(e.model), array_agg(e.centre), array_agg(e.status), array_agg(e.quantity),
    array_agg(e.events), array_agg(e.input), array_agg(e.output), array_agg(CASE WHEN e.operation <> 10 THEN e.latency END)
  )
  FROM unnest(operations, slots, event_kinds, event_days, event_models, event_centres, event_statuses, written, event_counts, event_inputs, event_outputs, latencies)
    e(operation, slot, kind, day, model, centre, status, quantity, events, input, output, latency)
  WHERE e.kind IS NOT NULL AND num_nonnulls(e.model, e.centre, e.status, e.input, e.output, e.latency) > 0 HAVING count(*) > 0;
END
$$;
