-- An idempotency key is taken and looked up in one trip: whoever waits for the lock sees the row of whom it waited for, since
-- each statement of a volatile function sees what was committed before it began. One statement of two parts would not.
create function hub.take_key(org uuid, actor uuid, name text, given text, out input_hash bytea, out result jsonb)
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('|', org, actor, name, given), 0));
  select k.input_hash, k.result into input_hash, result from hub.idempotency_key k
    where k.org_id = org and k.user_id = actor and k.mutation = name and k.key = given;
end $$;
