-- A lease that is counted when it expires changes its counter at that moment: who rates periods again looks for it.
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
