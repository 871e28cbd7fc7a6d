-- Servers keep API keys they have read in memory. Whatever happens to a key is told to them at the commit.
CREATE FUNCTION "api_key_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('api_key_changed', OLD.prefix);
  RETURN NULL;
END
$$;

CREATE TRIGGER "api_key_changed" AFTER UPDATE OR DELETE ON "api_key" FOR EACH ROW EXECUTE FUNCTION api_key_changed();
