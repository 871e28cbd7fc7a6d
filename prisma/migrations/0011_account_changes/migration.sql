-- Of a key, its last use may change without a word: it says nothing of who may do what.
DROP TRIGGER "api_key_changed" ON "api_key";
CREATE TRIGGER "api_key_changed" AFTER UPDATE OF "id", "seller_id", "account_id", "prefix", "secret_hash", "scopes", "expires_at", "revoked_at" OR DELETE ON "api_key"
  FOR EACH ROW EXECUTE FUNCTION api_key_changed();

-- Servers remember whose customer an account is.
CREATE FUNCTION "account_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('account_changed', OLD.id);
  RETURN NULL;
END
$$;

CREATE TRIGGER "account_changed" AFTER UPDATE OF "id", "seller_id" OR DELETE ON "account" FOR EACH ROW EXECUTE FUNCTION account_changed();
