-- Usage that told no latency has no place among them: `least` passes over NULL, so the function must not be asked.
CREATE OR REPLACE FUNCTION "quota_latency_place"("milliseconds" integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN milliseconds <= 1 THEN 1 ELSE least(48, 1 + ceil(2 * log(2, milliseconds::numeric) - 1e-9)::integer) END
$$;
