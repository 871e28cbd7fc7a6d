-- When a counter's account is to be alerted next: `alert_at` is the smallest quantity of its thresholds that was not raised.
-- It follows the limit by itself, so whoever opens counters or notes limits need not know of alerts.

-- That quantity, or null when every threshold was raised or there is no limit to take a percentage of.
CREATE FUNCTION "quota_alert_level"("of_account" text, "of_feature" text, "of_counter" bigint, "of_limit" bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT min(level)::bigint FROM (
    SELECT percent, ceil(of_limit::numeric * percent / 100) AS level
    FROM unnest(COALESCE(
      (SELECT percents FROM quota_threshold WHERE account_id = of_account AND feature_key = of_feature),
      (SELECT percents FROM quota_threshold WHERE account_id = of_account AND feature_key = ''),
      '{50,80,100}'
    )) percent
  ) t
  WHERE of_limit > 0 AND level <= 9223372036854775807
    AND NOT EXISTS (SELECT FROM quota_alert a WHERE a.counter_id = of_counter AND a.percent = t.percent AND a.ended_at IS NULL)
$$;

-- What lies above the quantity already is raised at once.
CREATE FUNCTION "quota_set_alert_level"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.alert_at := quota_alert_level(NEW.account_id, NEW.feature_key, NEW.id, NEW.limit_quantity);
  IF NEW.alert_at <= NEW.used THEN
    NEW.alert_at := NULL;
    INSERT INTO quota_crossing (counter_id, used, crossed_at) VALUES (NEW.id, NEW.used, NEW.updated_at) ON CONFLICT DO NOTHING;
    PERFORM pg_notify('quota_crossing', NEW.id::text);
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "quota_alert_level" BEFORE INSERT OR UPDATE OF "limit_quantity" ON "quota_counter"
  FOR EACH ROW EXECUTE FUNCTION quota_set_alert_level();
