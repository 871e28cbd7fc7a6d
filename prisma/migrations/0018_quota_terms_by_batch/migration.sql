-- The terms of an account begin with the last period of each reset that has begun, and its counters.
CREATE INDEX "quota_counter_account_id_reset_period_start_idx" ON "quota_counter"("account_id", "reset", "period_start");

-- Counters are opened by the thousand when a period begins. A new one has raised no alert and counted nothing, so the first
-- use that anybody is alerted of is its limit's share at its smallest threshold: one look-up, where the general rule costs
-- several times what the row does.
CREATE OR REPLACE FUNCTION "quota_set_alert_level"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "percents" integer[];
  "percent" integer;
  "smallest" integer;
  "level" numeric;
BEGIN
  IF TG_OP = 'INSERT' AND NEW.used = 0 THEN
    NEW.alert_at := NULL;
    IF NEW.limit_quantity > 0 THEN
      percents := (
        SELECT t.percents FROM quota_threshold t WHERE t.account_id = NEW.account_id AND t.feature_key IN (NEW.feature_key, '')
        ORDER BY t.feature_key DESC LIMIT 1
      );
      IF percents IS NULL THEN percents := '{50,80,100}'; END IF;
      FOREACH percent IN ARRAY percents LOOP
        IF smallest IS NULL OR percent < smallest THEN smallest := percent; END IF;
      END LOOP;
      level := ceil(NEW.limit_quantity::numeric * smallest / 100);
      IF level <= 9223372036854775807 THEN NEW.alert_at := level::bigint; END IF;
    END IF;
    RETURN NEW;
  END IF;
  NEW.alert_at := quota_alert_level(NEW.account_id, NEW.feature_key, NEW.id, NEW.limit_quantity);
  IF NEW.alert_at <= NEW.used THEN
    NEW.alert_at := NULL;
    INSERT INTO quota_crossing (counter_id, used, crossed_at) VALUES (NEW.id, NEW.used, NEW.updated_at) ON CONFLICT DO NOTHING;
    PERFORM pg_notify('quota_crossing', NEW.id::text);
  END IF;
  RETURN NEW;
END
$$;
