-- The PostgreSQL search engine: one denormalised table, a row per service at a location, or per service without a site
-- that may be shown. One GIN index over words and tags answers text, filters and place together (docs/decisions/0005).
create extension if not exists fuzzystrmatch with schema public;

-- English stems; Spanish words are stemmed by the same rules on both sides, which keeps them equal to themselves.
create text search configuration hub.plain (copy = pg_catalog.english);

-- Text as the search compares it: no accents, no case, no apostrophes, everything but letters and digits a space.
create function hub.search_text(value text) returns text language sql immutable parallel safe as
  $$ select regexp_replace(translate(hub.fold(value), '''’`', ''), '[^[:alnum:]]+', ' ', 'g') $$;
create function hub.search_vector(value text) returns tsvector language sql immutable parallel safe as
  $$ select to_tsvector('hub.plain'::regconfig, coalesce(hub.search_text(value), '')) $$;
-- The stems of a phrase in its order, stop words left out: 'someone to watch mom' → 'someon watch mom'.
create function hub.search_stems(value text) returns text language sql immutable parallel safe as
  $$ select coalesce(string_agg(lexeme, ' ' order by positions[1]), '') from unnest(hub.search_vector(value)) $$;

-- Great-circle distance in statute miles (haversine, mean radius of the IUGG).
create function hub.miles(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
  returns double precision language sql immutable parallel safe as $$
  -- least() overlooks nulls.
  select case when lat2 is not null and lon2 is not null then 7917.5226 * asin(least(1, sqrt(power(sin(radians(lat2 - lat1) / 2), 2)
    + cos(radians(lat1)) * cos(radians(lat2)) * power(sin(radians(lon2 - lon1) / 2), 2)))) end $$;

-- Where a survivor of violence is sheltered is told to nobody: such a service has no site in search or answers.
create function hub.is_confidential(sensitivity text, categories text[]) returns boolean language sql immutable parallel safe as
  $$ select sensitivity = 'INTIMATE_PARTNER_VIOLENCE' or 'intimate-partner-violence' = any (categories) $$;
create function hub.is_withheld(location uuid) returns boolean language sql stable parallel safe as $$
  select exists (select from hub.service_at_location sal join hub.service s on s.id = sal.service_id
    where sal.location_id = location and hub.is_confidential(s.sensitivity, s.categories)) $$;

-- Days for which what an agency says of its room is believed; the same as TRUSTED_DAYS in capacity.ts (a test compares them).
create function hub.capacity_days(categories text[]) returns integer language sql immutable parallel safe as $$
  select case when categories && array['homelessness', 'housing-instability', 'inadequate-housing'] then 2
    when 'food-insecurity' = any (categories) then 14 else 30 end $$;

-- ISO 639-1 code of a language given by code or by English name; the folded name where no code is known.
create function hub.language_code(code text, name text) returns text language sql immutable parallel safe as $$
  select coalesce(
    (select x.iso from (values ('english', 'en'), ('spanish', 'es'), ('espanol', 'es'), ('french', 'fr'), ('haitian creole', 'ht'),
      ('creole', 'ht'), ('chinese', 'zh'), ('mandarin', 'zh'), ('cantonese', 'zh'), ('korean', 'ko'), ('vietnamese', 'vi'), ('arabic', 'ar'),
      ('amharic', 'am'), ('russian', 'ru'), ('portuguese', 'pt'), ('tagalog', 'tl'), ('urdu', 'ur'), ('hindi', 'hi'), ('nepali', 'ne'),
      ('farsi', 'fa'), ('persian', 'fa'), ('dari', 'fa'), ('pashto', 'ps'), ('somali', 'so'), ('swahili', 'sw'), ('japanese', 'ja'),
      ('german', 'de'), ('italian', 'it'), ('polish', 'pl'), ('burmese', 'my'), ('tigrinya', 'ti'), ('yoruba', 'yo'), ('igbo', 'ig'),
      ('ukrainian', 'uk'), ('bengali', 'bn'), ('punjabi', 'pa'), ('gujarati', 'gu'), ('american sign language', 'ase'), ('asl', 'ase'),
      ('eng', 'en'), ('spa', 'es'), ('fra', 'fr'), ('fre', 'fr'), ('hat', 'ht'), ('zho', 'zh'), ('chi', 'zh'), ('kor', 'ko'), ('vie', 'vi'),
      ('ara', 'ar'), ('amh', 'am'), ('rus', 'ru'), ('por', 'pt')) as x (name, iso)
      where x.name in (btrim(hub.fold(language_code.code)), btrim(hub.fold(language_code.name))) limit 1),
    nullif(lower(btrim(code)), ''), nullif(btrim(hub.fold(name)), '')) $$;

-- What search filters by, as words of one array: categories, languages, flags, agency, cells of the map, areas served.
create function hub.search_tags(name text, organization_name text, organization_id uuid, categories text[], languages text[], covers text[],
  is_free boolean, takes_referrals boolean, accessible boolean, latitude double precision, longitude double precision)
  returns text[] language sql immutable parallel safe as $$
  select array(
    select 'cat:' || x from unnest(categories) x union all
    select 'lang:' || x from unnest(languages) x union all
    select 'cov:' || x from unnest(covers) x union all
    select 't:' || x from unnest(tsvector_to_array(hub.search_vector(name))) x union all
    select 'o:' || x from unnest(tsvector_to_array(hub.search_vector(organization_name))) x union all
    select 'org:' || organization_id union all
    select 'free' where is_free union all
    select 'ref' where takes_referrals union all
    select 'acc' where accessible union all
    select 'c:' || floor(latitude * 4) || ':' || floor(longitude * 4) where latitude is not null union all
    select 'C:' || floor(latitude) || ':' || floor(longitude) where latitude is not null) $$;
create function hub.search_words(name text, alternate_name text, keywords text, organization_name text, place text, summary text, categories text[])
  returns tsvector language sql immutable parallel safe as $$
  select setweight(hub.search_vector(name || ' ' || alternate_name), 'A') || setweight(hub.search_vector(keywords), 'B')
    || setweight(hub.search_vector(organization_name || ' ' || place), 'C') || setweight(hub.search_vector(left(summary, 2000)), 'D')
    || array_to_tsvector(array(select 'cat/' || x from unnest(categories) x)) $$;

create index service_name_trgm on hub.service using gin (hub.fold(name) gin_trgm_ops);

create table hub.search_document (
  id uuid primary key,
  service_id uuid not null,
  location_id uuid,
  organization_id uuid not null,
  name text not null,
  alternate_name text not null default '',
  organization_name text not null,
  keywords text not null default '',
  summary text not null default '',
  categories text[] not null default '{}',
  languages text[] not null default '{}',
  city text,
  county text,
  state text,
  zip text,
  latitude double precision,
  longitude double precision,
  covers text[] not null default '{}',
  is_free boolean not null default false,
  takes_referrals boolean not null default false,
  has_interpreter boolean not null default false,
  accessible boolean not null default false,
  capacity_status text,
  -- Until when that is believed.
  capacity_until timestamptz,
  assured_date date,
  version bigint not null default 0,
  words tsvector not null generated always as (hub.search_words(name, alternate_name, keywords, organization_name,
    coalesce(city, '') || ' ' || coalesce(county, ''), summary, categories)) stored,
  tags text[] not null generated always as (hub.search_tags(name, organization_name, organization_id, categories, languages, covers,
    is_free, takes_referrals, accessible, latitude, longitude)) stored,
  -- What stands first where everything else is equal: looked after, reachable, described.
  quality smallint not null generated always as ((assured_date is not null)::int * 2 + takes_referrals::int * 2
    + (latitude is not null)::int + (length(summary) > 80)::int) stored
);
alter table hub.search_document alter column words set statistics 1000, alter column tags set statistics 1000;
-- No pending list: a search after a bulk change must not read through it.
create index search_document_find on hub.search_document using gin (words, tags) with (fastupdate = off);
create index search_document_quality on hub.search_document (quality desc, id);
create index search_document_service on hub.search_document (service_id);
create index search_document_organization on hub.search_document (organization_id);

-- Every word the documents and synonyms use, for spelling: by trigram, by sound, by its beginning.
create table hub.search_word (
  word text collate "C" primary key,
  stem text not null generated always as (coalesce((ts_lexize('pg_catalog.english_stem'::regdictionary, word))[1], '')) stored,
  sound text not null generated always as (public.dmetaphone(word)) stored,
  documents integer not null
);
create index search_word_trgm on hub.search_word using gin (word gin_trgm_ops);
create index search_word_stem on hub.search_word (stem);
create index search_word_sound on hub.search_word (sound);

-- Synonyms and colloquial phrases, data that a curator can edit; loaded from seeds/synonyms.json.
create table hub.search_synonym (
  id uuid primary key,
  phrase text not null unique,
  stems text not null generated always as (hub.search_stems(phrase)) stored,
  means text[] not null,
  category text,
  language text not null default 'en',
  updated_at timestamptz not null default now()
);
create index search_synonym_stems on hub.search_synonym (stems);

-- The documents as the directory's tables have them now.
create view hub.search_source as
select coalesce(site.id, s.id) as id, s.id as service_id, site.location_id, s.organization_id, s.name,
  coalesce(s.alternate_name, '') as alternate_name, o.name as organization_name,
  concat_ws(' ', replace(array_to_string(s.categories, ' '), '-', ' '), p.name, site.name, terms.names) as keywords,
  concat_ws(' ', s.description, s.eligibility_description, s.application_process, s.fees_description) as summary,
  s.categories,
  array(select distinct hub.language_code(l.code, l.name) from hub.language l
    where (l.service_id = s.id or l.location_id = site.location_id) and coalesce(l.code, l.name) is not null) as languages,
  site.city, site.county, site.state, site.zip, site.latitude, site.longitude,
  case when area.covers = '{}' and site.location_id is null then coalesce((
      select array_agg(distinct 'state:' || upper(a.state_province)) from hub.service_at_location sal
      join hub.address a on a.location_id = sal.location_id where sal.service_id = s.id and length(a.state_province) = 2), '{}')
    else area.covers end as covers,
  coalesce(s.is_free, false) as is_free, s.takes_referrals,
  coalesce(s.interpretation_services, '') <> '' as has_interpreter,
  exists (select from hub.accessibility a where a.location_id = site.location_id) as accessible,
  s.capacity_status, s.capacity_updated_at + make_interval(days => hub.capacity_days(s.categories)) as capacity_until, s.assured_date,
  (extract(epoch from greatest(s.updated_at, o.updated_at)) * 1000000)::bigint as version
from hub.service s
join hub.organization o on o.id = s.organization_id
left join hub.program p on p.id = s.program_id
left join lateral (
  select sal.id, l.id as location_id, l.name, a.city, z.county, coalesce(z.state, a.state) as state, a.zip,
    case when l.location_type = 'physical' then coalesce(l.latitude, z.latitude) end as latitude,
    case when l.location_type = 'physical' then coalesce(l.longitude, z.longitude) end as longitude
  from hub.service_at_location sal
  join hub.location l on l.id = sal.location_id
  left join lateral (
    select a.city, a.state_province as state, left(a.postal_code, 5) as zip from hub.address a
    where a.location_id = l.id order by a.address_type <> 'physical', a.id limit 1) a on true
  left join hub.zip_code z on z.zip = a.zip
  where sal.service_id = s.id and l.location_type <> 'postal' and not hub.is_confidential(s.sensitivity, s.categories)
    and not hub.is_withheld(l.id)) site on true
left join lateral (
  select coalesce(array_agg(distinct c), '{}') as covers from hub.service_area sa, unnest(sa.covers) c
  where sa.service_id = s.id or sa.service_at_location_id = site.id) area on true
left join lateral (
  select string_agg(t.name, ' ') as names from hub.attribute at join hub.taxonomy_term t on t.id = at.taxonomy_term_id
  where at.link_id = s.id and at.link_entity = 'service') terms on true
where s.status = 'active' and o.listed and o.retired_at is null;

grant select on hub.search_document, hub.search_word, hub.search_synonym, hub.search_source to hub_app;
grant insert, update, delete on hub.search_synonym to hub_app;
grant select, insert, update, delete on hub.search_document, hub.search_word, hub.search_synonym to hub_task;
grant select on hub.search_source to hub_task;
