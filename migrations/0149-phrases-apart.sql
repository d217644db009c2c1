-- The stems of a phrase whatever their order: "shut off my water" and "they shut the water off" say the same.
create function hub.search_bag(value text) returns text language sql immutable parallel safe as
  $$ select coalesce(string_agg(lexeme, ' ' order by lexeme collate "C"), '') from unnest(hub.search_vector(value)) $$;
alter table hub.search_synonym
  add column bag text not null generated always as (hub.search_bag(phrase)) stored,
  -- What helps where there is nothing of what was asked for: counseling, where no crisis line is listed.
  add column near text[] not null default '{}';
create index search_synonym_bag on hub.search_synonym (bag);
