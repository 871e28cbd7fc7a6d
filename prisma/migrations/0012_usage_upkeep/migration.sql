-- Months whose events were taken out of `usage_event`.
CREATE TABLE "usage_retired_month" (
    "month" DATE NOT NULL,
    "table_name" TEXT NOT NULL,
    "detached_at" TIMESTAMPTZ(6) NOT NULL,
    "dropped_at" TIMESTAMPTZ(6),

    CONSTRAINT "usage_retired_month_pkey" PRIMARY KEY ("month")
);

-- Takes the months that end before `first_kept` out of `usage_event`. Their tables stay, by themselves.
CREATE FUNCTION "detach_usage_partitions"("first_kept" date, "moment" timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  stray date;
  partition_name text;
  detached integer := 0;
BEGIN
  -- Events of months that never had a table of their own get one first.
  FOR stray IN
    SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date FROM usage_event_default
    WHERE occurred_at < first_kept::timestamp AT TIME ZONE 'UTC'
  LOOP
    PERFORM ensure_usage_partitions(stray, 1);
  END LOOP;
  FOR partition_name IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'usage_event'::regclass AND c.relname ~ '^usage_event_\d{4}_\d{2}$'
      AND to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', first_kept)
    ORDER BY c.relname
  LOOP
    EXECUTE format('ALTER TABLE usage_event DETACH PARTITION %I', partition_name);
    INSERT INTO usage_retired_month (month, table_name, detached_at)
    VALUES (to_date(right(partition_name, 7), 'YYYY_MM'), partition_name, moment)
    ON CONFLICT (month) DO UPDATE SET detached_at = moment, dropped_at = NULL;
    detached := detached + 1;
  END LOOP;
  RETURN detached;
END
$$;

-- Deletes the tables of months taken out before.
CREATE FUNCTION "drop_detached_usage"("moment" timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  detached record;
  dropped integer := 0;
BEGIN
  FOR detached IN SELECT month, table_name FROM usage_retired_month WHERE dropped_at IS NULL ORDER BY month LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I', detached.table_name);
    UPDATE usage_retired_month SET dropped_at = moment WHERE month = detached.month;
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;
