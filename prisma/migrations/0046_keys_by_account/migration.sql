-- The ids of an account's keys begin alike, with eight digits of the account's own, so that they lie side by side in the index of keys: a
-- batch of an account then touches few of its pages, however many keys others have. They began anywhere before; what follows is as it was.
CREATE FUNCTION pg_temp.id_by_account("id" uuid, "account" text) RETURNS uuid LANGUAGE sql AS $$
  SELECT (left(encode(sha256(convert_to(account, 'UTF8')), 'hex'), 8) || substr(id::text, 9))::uuid
$$;

UPDATE usage_event e SET corrects_id = pg_temp.id_by_account(k.id, c.account_id)
FROM usage_key k JOIN quota_counter c ON c.id = k.counter_id WHERE e.corrects_id = k.id;

UPDATE usage_event e SET id = pg_temp.id_by_account(k.id, c.account_id)
FROM usage_key k JOIN quota_counter c ON c.id = k.counter_id WHERE e.id = k.id;

UPDATE usage_key k SET id = pg_temp.id_by_account(k.id, c.account_id) FROM quota_counter c WHERE c.id = k.counter_id;
