-- A lease that expires unsettled lands in the cost centre that it was taken for, and so does what is given back of it afterwards.
ALTER TABLE "quota_reservation" ADD COLUMN "cost_centre" TEXT;

-- Ends the reservations of these counters, locked by the caller, that have expired: plain ones return their units, leases are
-- counted in full, in the cost centre that they were taken for, since their holders may have used all of it; that changes the counter at this moment, for who rates again.
CREATE OR REPLACE FUNCTION "quota_end_expired"("counters" bigint[], "now" bigint) RETURNS void LANGUAGE plpgsql AS $$
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
    INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at, cost_centre)
    SELECT r.counter_id, r.settled_at, r.id, r.quantity, quota_moment(now), r.cost_centre FROM quota_reservation r WHERE r.id = ANY (leases);
    PERFORM quota_close_hours(
      array_agg(r.counter_id), array_agg((extract(epoch FROM r.created_hour) / 60)::integer), array_agg(r.created_day - date '1970-01-01'),
      array_agg(r.quantity), array_agg(1::bigint)
    ) FROM quota_reservation r WHERE r.id = ANY (leases);
    PERFORM quota_break_down(
      array_agg(r.counter_id), array_agg(r.created_day - date '1970-01-01'), array_agg(NULL::text), array_agg(r.cost_centre), array_agg(NULL::integer),
      array_agg(r.quantity), array_agg(1::bigint), array_agg(NULL::bigint), array_agg(NULL::bigint), array_agg(NULL::integer)
    ) FROM quota_reservation r WHERE r.id = ANY (leases) AND r.cost_centre IS NOT NULL HAVING count(*) > 0;
    PERFORM quota_note_crossings(array_agg(c.id), array_agg(c.used), now)
    FROM quota_counter c WHERE c.id = ANY (due) AND c.used >= c.alert_at HAVING count(*) > 0;
    UPDATE quota_counter c SET alert_at = NULL WHERE c.id = ANY (due) AND c.used >= c.alert_at;
  END IF;

  UPDATE quota_counter c
  SET next_expiry = (SELECT min(r.expires_at) FROM quota_reservation r WHERE r.counter_id = c.id AND r.status = 'held')
  WHERE c.id = ANY (due);
END
$$;

-- `quota_operate` notes the cost centre of a lease and corrects it there. Three places of a long function change, and nothing else:
-- it is made anew from its own text, and the migration fails unless each place is there once.
DO $patch$
DECLARE
  definition text := pg_get_functiondef('quota_operate'::regproc);
  places CONSTANT text[][] := ARRAY[
    ['created_day, used_then, held_then, limit_then
        ) VALUES (', 'created_day, used_then, held_then, limit_then, cost_centre
        ) VALUES ('],
    ['used[i], held[i], limits[i]
        );', 'used[i], held[i], limits[i], cost_centres[i]
        );'],
    ['event_corrects[i] := ids[i];', 'event_corrects[i] := ids[i]; event_centres[i] := reservation.cost_centre;']
  ];
BEGIN
  FOR place IN 1 .. array_length(places, 1) LOOP
    IF length(definition) - length(replace(definition, places[place][1], '')) <> length(places[place][1]) THEN
      RAISE EXCEPTION 'quota_operate is not as it is expected at place %.', place;
    END IF;
    definition := replace(definition, places[place][1], places[place][2]);
  END LOOP;
  EXECUTE definition;
END
$patch$;
