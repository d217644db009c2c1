-- Searches that cost the same however much there is beyond the place, and suggestions by the names themselves (docs/decisions/0019).

-- A first cut of the best kept listings: what is known of a document beside words and place, in quarters of a point of the
-- ranking (ranking.ts). Freshness counts from a fixed day, so that the order of two documents does not change with time.
create function hub.search_merit(assured_date date, answers real, takes_referrals boolean, sited boolean, described boolean)
  returns smallint language sql immutable parallel safe as $$
  select least(30000, greatest(0, floor(4 * (coalesce((assured_date - date '2020-01-01') / 108.0, 0) + 5 * coalesce(answers, 0.5)
    + takes_referrals::int + sited::int * 0.5 + described::int * 0.5))))::smallint $$;

-- The same as before, without the words of agencies; with the merit alone (m:), behind each area served (v:) and behind each
-- word of the name (n:): the best of an area or of a word are read without the rest.
create function hub.search_tags(name text, organization_id uuid, categories text[], languages text[], covers text[],
  terms text[], costs text[], is_free boolean, takes_referrals boolean, accessible boolean, has_interpreter boolean,
  latitude double precision, longitude double precision, merit smallint)
  returns text[] language sql immutable parallel safe as $$
  select array(
    select 'cat:' || x from unnest(categories) x union all
    select 'lang:' || x from unnest(languages) x union all
    select 'cov:' || x from unnest(covers) x union all
    select 'v:' || x || ':' || merit from unnest(covers) x union all
    select 't:' || x from unnest(tsvector_to_array(hub.search_vector(name))) x union all
    select 'n:' || x || ':' || merit from unnest(tsvector_to_array(hub.search_vector(name))) x union all
    select 'term:' || x from unnest(terms) x union all
    select 'cost:' || x from unnest(costs) x union all
    select 'org:' || organization_id union all
    select 'm:' || merit union all
    select 'free' where is_free union all
    select 'ref' where takes_referrals union all
    select 'acc' where accessible union all
    select 'int' where has_interpreter union all
    select 'c:' || floor(latitude * 4) || ':' || floor(longitude * 4) where latitude is not null union all
    select 'C:' || floor(latitude) || ':' || floor(longitude) where latitude is not null) $$;

-- True. A query with it is run by one process, in the order it is written in: stages that are walked until there is enough
-- must not be started all at once.
create function hub.in_turn() returns boolean language sql immutable parallel unsafe as $$ select true $$;

drop index hub.search_document_find, hub.search_document_quality;
alter table hub.search_document
  alter column tags set expression as (hub.search_tags(name, organization_id, categories, languages, covers, terms, costs, is_free,
    takes_referrals, accessible, has_interpreter, latitude, longitude,
    hub.search_merit(assured_date, answers, takes_referrals, latitude is not null, length(summary) > 80))),
  add column merit smallint not null
    generated always as (hub.search_merit(assured_date, answers, takes_referrals, latitude is not null, length(summary) > 80)) stored,
  -- Of words and tags no figures are kept: collecting them took longer than all other tables together, and what they are for,
  -- whether to use the one index, is no question.
  alter column words set statistics 0,
  alter column tags set statistics 0;
set local maintenance_work_mem = '512MB';
-- Documents near each other on the map, near each other in this order: squares of two degrees, and those of a quarter in them.
-- `cluster hub.search_document` puts the table itself in this order; a bulk load does (docs/decisions/0019).
create function hub.map_order(latitude double precision, longitude double precision) returns integer language sql immutable parallel safe as $$
  select (((floor(latitude / 2) + 45) * 180 + floor(longitude / 2) + 90) * 64
    + (floor(latitude * 4) - floor(latitude / 2) * 8) * 8 + floor(longitude * 4) - floor(longitude / 2) * 8)::integer $$;
create index search_document_place on hub.search_document (hub.map_order(latitude, longitude));
alter table hub.search_document cluster on search_document_place;
create index search_document_find on hub.search_document using gin (words, tags) with (fastupdate = off);
drop function hub.search_tags(text, text, uuid, text[], text[], text[], text[], text[], boolean, boolean, boolean, boolean, double precision, double precision);
drop function hub.search_tags(text, text, uuid, text[], text[], text[], boolean, boolean, boolean, double precision, double precision);

-- Each name once, found by the words in it, the commonest first.
create table hub.search_name (
  kind text not null check (kind in ('SERVICE', 'ORGANIZATION')),
  folded text collate "C" not null,
  name text not null,
  -- Some of those that bear it, at most three; one alone when it is the only one.
  ids uuid[] not null,
  primary key (kind, folded)
);
comment on table hub.search_name is 'Names for suggestions. One that nobody bears any more is left out where it is read, and goes at the next rebuild.';

create table hub.search_name_word (
  kind text not null,
  stem text collate "C" not null,
  -- The name begins with it.
  lead boolean not null,
  -- Twice as many with the name are one more.
  weight smallint not null,
  folded text collate "C" not null,
  -- All of the name's words.
  stems text[] not null,
  primary key (kind, stem, lead, weight, folded)
);

-- The rows of `search_name_word` for a name. Nobody begins to look for a number.
create function hub.search_name_words(name text) returns table (stem text, lead boolean, stems text[]) language sql immutable parallel safe as $$
  select lexeme, positions[1] = min(positions[1]) over (), array_agg(lexeme) over () from unnest(hub.search_vector(name))
  where lexeme !~ '^[0-9]+$' $$;

grant select on hub.search_name, hub.search_name_word to hub_app;
grant select, insert, update, delete on hub.search_name, hub.search_name_word to hub_task;

-- The commonest words that begin with one or two letters; longer beginnings are few.
create index search_word_one on hub.search_word (left(word, 1), documents desc, word);
create index search_word_two on hub.search_word (left(word, 2), documents desc, word);

-- Phrases as they are compared with what is typed.
alter table hub.search_synonym add column folded text not null generated always as (hub.search_text(phrase)) stored;
