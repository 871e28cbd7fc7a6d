-- Each decision updates a counter. What PostgreSQL did beside that update cost as much as a tenth of the whole decision.

-- 1. A trigger before the update of a row has each row locked first and the lock written to the log, whichever column the trigger is for
-- (`ExecBRUpdateTriggers` in PostgreSQL's `trigger.c`). So it stays for counters that are opened; who notes limits calls a function.
DROP TRIGGER "quota_alert_level" ON "quota_counter";

CREATE TRIGGER "quota_alert_level" BEFORE INSERT ON "quota_counter" FOR EACH ROW EXECUTE FUNCTION quota_set_alert_level();

-- Sets anew when the accounts of these counters, locked by the caller, are to be alerted next, for who notes limits, changes thresholds or
-- has raised an alert. What lies above such a level already is a crossing at once.
CREATE FUNCTION "quota_set_alert_levels"("counters" bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  crossed CONSTANT bigint[] := (
    SELECT array_agg(c.id) FROM quota_counter c
    WHERE c.id = ANY (counters) AND quota_alert_level(c.account_id, c.feature_key, c.id, c.limit_quantity) <= c.used
  );
BEGIN
  UPDATE quota_counter c
  SET alert_at = CASE WHEN c.id = ANY (crossed) THEN NULL ELSE quota_alert_level(c.account_id, c.feature_key, c.id, c.limit_quantity) END
  WHERE c.id = ANY (counters);

  INSERT INTO quota_crossing (counter_id, used, crossed_at)
  SELECT c.id, c.used, c.updated_at FROM quota_counter c WHERE c.id = ANY (crossed) ORDER BY c.id
  ON CONFLICT DO NOTHING;
  PERFORM pg_notify('quota_crossing', id::text) FROM unnest(crossed) id;
END
$$;

-- 2. A page is tidied when it is looked at and less of it is free than new rows leave free (`heap_page_prune_opt` in `pruneheap.c`; a tenth
-- at least): with rows that keep their size, in every update of a page that was filled once. So a new counter takes room for the versions
-- to come, which the first hour it counts in gives up, and about one update in ten or more tidies.
ALTER TABLE "quota_counter" ADD COLUMN "room" TEXT;
ALTER TABLE "quota_counter" ALTER COLUMN "room" SET DEFAULT repeat(' ', 400);
ALTER TABLE "quota_counter" SET (fillfactor = 90);

CREATE OR REPLACE FUNCTION "quota_make_ready"("counters" bigint[], "hours" integer[], "days" integer[], "now" bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM quota_end_expired(quota_make_ready.counters, now);

  PERFORM quota_close_hours(
    array_agg(c.id), array_agg((extract(epoch FROM c.hour) / 60)::integer), array_agg(c.hour_day - date '1970-01-01'),
    array_agg(c.hour_quantity), array_agg(c.hour_events)
  )
  FROM unnest(quota_make_ready.counters, quota_make_ready.hours) n(id, hour)
  JOIN quota_counter c ON c.id = n.id AND c.hour < quota_hour(n.hour) AND (c.hour_quantity <> 0 OR c.hour_events <> 0)
  HAVING count(*) > 0;

  UPDATE quota_counter c SET hour = quota_hour(n.hour), hour_day = date '1970-01-01' + n.day, hour_quantity = 0, hour_events = 0, room = NULL
  FROM unnest(quota_make_ready.counters, quota_make_ready.hours, quota_make_ready.days) n(id, hour, day)
  WHERE c.id = n.id AND n.hour > 0 AND (c.hour IS NULL OR c.hour < quota_hour(n.hour));
END
$$;
