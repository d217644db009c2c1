-- A name as it is compared with what somebody typed: its stems in the order of the alphabet, without the words that only say of
-- what form a company is; a name of stop words alone ("On Our Own") as it is.
create function hub.name_key(name text) returns text language sql immutable parallel safe as $$
  select coalesce(
    (select string_agg(lexeme, ' ' order by lexeme collate "C") from unnest(hub.search_vector(name))
      where lexeme <> all ('{inc,incorpor,llc,ltd,corp}')),
    btrim(hub.search_text(name)), '') $$;

create index search_name_said on hub.search_name (hub.name_key(name));
