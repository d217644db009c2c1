-- After many listings came in at once, what PostgreSQL plans by is made anew without waiting for autovacuum. Only the owner
-- of a table may do so: whoever works in the background does it through this function.

create function hub.fresh_statistics() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  analyze hub.search_document, hub.search_word, hub.search_name, hub.search_name_word;
  analyze hub.organization, hub.service, hub.location, hub.service_at_location, hub.address, hub.phone, hub.schedule, hub.derived_category;
end $$;
revoke all on function hub.fresh_statistics() from public;
grant execute on function hub.fresh_statistics() to hub_task;
