-- Search by what a listing gives: its headings and first lines count more than the rest, plain-word categories are derived
-- from words and terms, empty searches are counted, synonyms have a history, and how an agency answers takes part in the ranking.

-- "2) FOOD PANTRY: …": what a listing of many kinds of help gives, and not what it says of itself.
create function hub.search_headings(value text) returns text language sql immutable parallel safe as $$
  select coalesce(string_agg(m[1], ' '), '') from regexp_matches(case when value ~ '[A-Z]{4}.*:' then value else '' end,
    '(?:^|[\s).])([A-Z][A-Z0-9 ,&/''()-]{3,80}):', 'g') m
  where m[1] !~ 'VOLUNTEER|DONATION|ACCESSIB|ELIGIB|^BUS|NOTE|^TRANSPORTATION$|OVERVIEW|^SERVICES?$|NEEDED|INTAKE|LOCATION' $$;

-- Weights: name A; terms, plain words and headings B; agency, place and first lines C; the rest D.
create or replace function hub.search_words(name text, alternate_name text, keywords text, organization_name text, place text, summary text, categories text[])
  returns tsvector language sql immutable parallel safe as $$
  select setweight(hub.search_vector(name || ' ' || alternate_name), 'A')
    || setweight(hub.search_vector(keywords || ' ' || hub.search_headings(left(summary, 3000))), 'B')
    || setweight(hub.search_vector(organization_name || ' ' || place || ' ' || left(summary, 190)), 'C')
    || setweight(hub.search_vector(substr(summary, 191, 2000)), 'D')
    || array_to_tsvector(array(select 'cat/' || x from unnest(categories) x)) $$;

-- The hub's own plain-word categories (seeds/plain-categories.json, written at start) and what each listing seems to be of.
create table hub.plain_category (
  code text primary key,
  -- What a listing of it is also found by: its name and what people say, in English and Spanish.
  words text not null
);
create table hub.derived_category (
  service_id uuid not null references hub.service on delete cascade,
  code text not null references hub.plain_category,
  confidence real not null check (confidence between 0 and 1),
  -- Where the words stood: name, headings, terms, lead, agency, often, twice, once.
  found_in text not null,
  words text not null,
  primary key (service_id, code)
);
create index derived_category_code on hub.derived_category (code);
comment on table hub.derived_category is 'Why an import took a listing to be of a kind of help. A curator who sets the categories of a service overrules it.';
grant select on hub.plain_category, hub.derived_category to hub_app, hub_task;
grant insert, update, delete on hub.plain_category, hub.derived_category to hub_task;

-- How agencies have answered referrals: counts and points only, of no person; renewed nightly from referrals of at least ten people.
create table hub.agency_answers (
  organization_id uuid primary key references hub.organization on delete cascade,
  answered integer not null,
  accepted_share real not null,
  helped_share real,
  median_hours real not null,
  -- 0 to 1; what the ranking reads.
  points real not null check (points between 0 and 1),
  renewed_at timestamptz not null default now()
);
comment on table hub.agency_answers is 'One referral cannot tip it: fewer than 10 answered ones give no row, and shares are drawn to the average of all.';
grant select on hub.agency_answers to hub_app;
grant select, insert, update, delete on hub.agency_answers to hub_task;

alter table hub.search_document add column answers real;
alter table hub.search_document alter column words set expression as (hub.search_words(name, alternate_name, keywords, organization_name,
  coalesce(city, '') || ' ' || coalesce(county, ''), summary, categories));

drop view hub.search_source;
create view hub.search_source as
select coalesce(site.id, s.id) as id, s.id as service_id, site.location_id, s.organization_id, s.name,
  coalesce(s.alternate_name, '') as alternate_name, o.name as organization_name,
  concat_ws(' ', replace(array_to_string(s.categories, ' '), '-', ' '), p.name, site.name, terms.names, plain.names) as keywords,
  concat_ws(' ', s.description, s.eligibility_description, s.application_process, s.fees_description) as summary,
  s.categories,
  array(select distinct hub.language_code(l.code, l.name) from hub.language l
    where (l.service_id = s.id or l.location_id = site.location_id) and coalesce(l.code, l.name) is not null) as languages,
  site.city, site.county, site.state, site.zip, site.latitude, site.longitude,
  case when area.covers = '{}' and site.location_id is null then coalesce((
      select array_agg(distinct 'state:' || upper(a.state_province)) from hub.service_at_location sal
      join hub.address a on a.location_id = sal.location_id where sal.service_id = s.id and length(a.state_province) = 2), '{}')
    else area.covers end as covers,
  array(with recursive up as (
      select t.id, t.parent_id from hub.attribute at join hub.taxonomy_term t on t.id = at.taxonomy_term_id
      where at.link_id = s.id and at.link_entity = 'service'
      union select t.id, t.parent_id from up join hub.taxonomy_term t on t.id = up.parent_id
    ) select id::text from up order by id) as terms,
  cost.kinds as costs, 'FREE' = any (cost.kinds) as is_free, s.takes_referrals,
  coalesce(s.interpretation_services, '') !~* '^\s*($|no\M|none\M|n/?a\M)' as has_interpreter,
  exists (select from hub.accessibility a where a.location_id = site.location_id) as accessible,
  answers.points as answers, s.capacity_status, s.capacity_updated_at + make_interval(days => hub.capacity_days(s.categories)) as capacity_until, s.assured_date,
  hub.search_key(coalesce(s.time_zone, o.time_zone) || open.schedules::text) as hours,
  case when s.eligibility_rules <> '[]' or s.minimum_age is not null or s.maximum_age is not null
    then hub.search_key(s.eligibility_rules::text || '|' || coalesce(s.minimum_age::text, '') || '|' || coalesce(s.maximum_age::text, '')) end
    as eligibility,
  (extract(epoch from greatest(s.updated_at, o.updated_at)) * 1000000)::bigint as version,
  -- What the keys stand for.
  coalesce(s.time_zone, o.time_zone) as zone, open.schedules, s.eligibility_rules, s.minimum_age, s.maximum_age
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
  select coalesce(array_agg(distinct c), '{}') as covers from hub.service_area sa, unnest(sa.covers
    || case when sa.extent ~ '[{(<]' then array['area:' || hub.search_key(sa.extent)] else '{}' end) c
  where sa.service_id = s.id or sa.service_at_location_id = site.id) area on true
left join lateral (
  select string_agg(t.name, ' ') as names from hub.attribute at join hub.taxonomy_term t on t.id = at.taxonomy_term_id
  where at.link_id = s.id and at.link_entity = 'service') terms on true
left join lateral (
  -- What it gives in plain words, unless a curator has chosen its categories.
  select string_agg(c.words, ' ') as names from hub.derived_category d join hub.plain_category c on c.code = d.code
  where d.service_id = s.id and d.confidence >= 0.6
    and not exists (select from hub.field_owner f where f.entity_id = s.id and f.entity = 'service' and f.field = 'categories')) plain on true
left join hub.agency_answers answers on answers.organization_id = s.organization_id
left join lateral (
  select hub.cost_kinds(s.is_free, concat_ws(' ', s.fees, s.fees_description, string_agg(concat_ws(' ', c.option, c.amount_description), ' ')),
    coalesce(array_agg(c.amount) filter (where c.amount is not null), '{}')) as kinds
  from hub.cost_option c where c.service_id = s.id) cost on true
left join lateral (
  -- Its own hours, else those at this place, else those of the place.
  select coalesce(
    (select jsonb_agg(h.row order by h.row::text) from hub.schedule c, hub.schedule_row(c) h (row) where c.service_id = s.id),
    (select jsonb_agg(h.row order by h.row::text) from hub.schedule c, hub.schedule_row(c) h (row) where c.service_at_location_id = site.id),
    (select jsonb_agg(h.row order by h.row::text) from hub.schedule c, hub.schedule_row(c) h (row) where c.location_id = site.location_id))
    as schedules) open on true
where s.status = 'active' and o.listed and o.retired_at is null;
grant select on hub.search_source to hub_app, hub_task;

-- Searches that found nothing: words without names or numbers, a coarse area, the kinds of filters. Of no person: no id, no time of day.
create table hub.empty_search (
  day date not null,
  words text not null,
  -- '212' (first digits of the ZIP code), 'MD/Howard', 'MD' or '' when no place was given.
  area text not null,
  filters text not null,
  times integer not null default 1,
  primary key (day, words, area, filters)
);
comment on table hub.empty_search is 'Deduplicated by day; the same visitor who tries again the same day counts once (see empty-searches.ts).';
grant select on hub.empty_search to hub_app;
grant select, insert, update, delete on hub.empty_search to hub_task;

-- Synonyms: who changed what.
alter table hub.search_synonym
  -- The words themselves mean something else in listings ("rehab" for rehabilitation of houses): what they stand for counts more.
  add column instead boolean not null default false,
  add column edited boolean not null default false;
create table hub.synonym_change (
  id uuid primary key,
  synonym_id uuid not null,
  phrase text not null,
  action text not null check (action in ('ADDED', 'CHANGED', 'REMOVED')),
  before jsonb,
  after jsonb,
  changed_by uuid not null,
  changed_at timestamptz not null default now()
);
create index synonym_change_at on hub.synonym_change (changed_at desc, id desc);
create index synonym_change_synonym on hub.synonym_change (synonym_id);
grant select, insert on hub.synonym_change to hub_app;
grant select on hub.synonym_change to hub_task;
grant insert on hub.search_word to hub_app;
