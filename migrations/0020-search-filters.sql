-- More to filter by: kinds of cost, terms with all above them, interpreters, hours and eligibility by pattern, served areas
-- drawn as polygons. And what a second engine needs: a queue of services it has not been told of.

-- Equal texts get equal keys. 52 bits: exact as a number of JavaScript, and a thousand million pairs from a collision at 100,000.
create function hub.search_key(value text) returns bigint language sql immutable parallel safe as
  $$ select ('x' || left(md5(value), 13))::bit(52)::bigint $$;

-- What a service costs, as listings say it in numbers or prose; empty when nothing is said.
create function hub.cost_kinds(is_free boolean, fees text, amounts numeric[]) returns text[] language sql immutable parallel safe as $$
  select array(
    select 'FREE' where is_free or (is_free is null and (fees ~* '^\s*(it is |services? (is|are) )?(free\M(?!\s*(for|to)\M)|no (cost|fees?|charge)\M|none\M|without charge|gratis\M|gratuito)'
      or (amounts <> '{}' and 0 = all (amounts)))) union all
    select 'SLIDING_SCALE' where fees ~* 'sliding|ability to pay|(based|depend\w*) on income|income[- ]based|seg[uú]n (sus |los )?ingresos' union all
    select 'INSURANCE' where fees ~* '\m(insurance|medicaid|medicare|co-?pay|seguro)' union all
    select 'DONATION' where fees ~* '\m(donation|donaci)' union all
    select 'FEE' where not coalesce(is_free, false) and (0 < any (amounts) or fees ~ '\$\s*[0-9]*[1-9]'
      or (is_free = false and coalesce(fees, '') !~* 'sliding|ability to pay|income|insurance|medicaid|medicare|donation'))) $$;

alter table hub.search_document
  add column terms text[] not null default '{}',
  add column costs text[] not null default '{}',
  add column hours bigint,
  add column eligibility bigint;
comment on column hub.search_document.terms is 'Ids of its taxonomy terms and of all above them: a term finds its subtree.';
comment on column hub.search_document.hours is 'Key of its opening hours (hub.search_hours): what is open at a moment is decided once per pattern, not per document.';
comment on column hub.search_document.eligibility is 'Key of whom it is for (hub.search_eligibility); null when nothing is said.';

create function hub.search_tags(name text, organization_name text, organization_id uuid, categories text[], languages text[], covers text[],
  terms text[], costs text[], is_free boolean, takes_referrals boolean, accessible boolean, has_interpreter boolean,
  latitude double precision, longitude double precision)
  returns text[] language sql immutable parallel safe as $$
  select hub.search_tags(name, organization_name, organization_id, categories, languages, covers, is_free, takes_referrals, accessible,
    latitude, longitude) || array(
    select 'term:' || x from unnest(terms) x union all
    select 'cost:' || x from unnest(costs) x union all
    select 'int' where has_interpreter) $$;
alter table hub.search_document alter column tags set expression as (hub.search_tags(name, organization_name, organization_id, categories,
  languages, covers, terms, costs, is_free, takes_referrals, accessible, has_interpreter, latitude, longitude));

-- Opening hours that documents have, each once. `learnt` lets a reader ask for what has come since it last looked.
create table hub.search_hours (
  id bigint primary key,
  zone text not null,
  schedules jsonb not null,
  learnt xid8 not null default pg_current_xact_id()
);
create index search_hours_learnt on hub.search_hours (learnt);
comment on table hub.search_hours is 'Distinct opening hours with their time zone, by hub.search_key.';

create table hub.search_eligibility (
  id bigint primary key,
  rules jsonb not null,
  minimum_age numeric,
  maximum_age numeric,
  learnt xid8 not null default pg_current_xact_id()
);
create index search_eligibility_learnt on hub.search_eligibility (learnt);
comment on table hub.search_eligibility is 'Distinct lists of whom a service is for, by hub.search_key.';

-- Areas drawn on the map. A place lies in those whose box holds it and whose rings do; without rings the text could not be read.
create table hub.search_area (
  id bigint primary key,
  bounds box,
  rings jsonb
);
create index search_area_bounds on hub.search_area using gist (bounds);
comment on table hub.search_area is 'Polygons of service areas by hub.search_key of their text; a document that serves one covers "area:<id>".';

create sequence hub.search_push_seq;
create table hub.search_push (
  service_id uuid primary key,
  seq bigint not null default nextval('hub.search_push_seq'),
  marked_at timestamptz not null default now()
);
create index search_push_seq_index on hub.search_push (seq);
comment on table hub.search_push is 'Services that the second engine has not been told of: each once, however long it is away.';
comment on column hub.search_push.seq is 'Grows when a service is marked again, so that a change made while it is being sent is sent too.';

create table hub.search_state (name text primary key, value text not null);
comment on table hub.search_state is 'Which layout the documents were built with: a newer release builds them anew.';

-- What of a schedule tells opening hours, in the spelling of open-hours.ts.
create function hub.schedule_row(h hub.schedule) returns jsonb language sql stable parallel safe as $$
  select jsonb_strip_nulls(jsonb_build_object('validFrom', h.valid_from, 'validTo', h.valid_to, 'dtstart', h.dtstart, 'until', h.until,
    'count', h.count, 'wkst', h.wkst, 'freq', h.freq, 'interval', h.interval, 'byday', h.byday, 'byweekno', h.byweekno,
    'bymonthday', h.bymonthday, 'byyearday', h.byyearday, 'opensAt', h.opens_at, 'closesAt', h.closes_at)) $$;

drop view hub.search_source;
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
  array(with recursive up as (
      select t.id, t.parent_id from hub.attribute at join hub.taxonomy_term t on t.id = at.taxonomy_term_id
      where at.link_id = s.id and at.link_entity = 'service'
      union select t.id, t.parent_id from up join hub.taxonomy_term t on t.id = up.parent_id
    ) select id::text from up order by id) as terms,
  cost.kinds as costs, 'FREE' = any (cost.kinds) as is_free, s.takes_referrals,
  coalesce(s.interpretation_services, '') !~* '^\s*($|no\M|none\M|n/?a\M)' as has_interpreter,
  exists (select from hub.accessibility a where a.location_id = site.location_id) as accessible,
  s.capacity_status, s.capacity_updated_at + make_interval(days => hub.capacity_days(s.categories)) as capacity_until, s.assured_date,
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

grant select on hub.search_source, hub.search_hours, hub.search_eligibility, hub.search_area to hub_app, hub_task;
grant insert, update, delete on hub.search_hours, hub.search_eligibility, hub.search_area to hub_task;
grant select, insert, update, delete on hub.search_push, hub.search_state to hub_task;
grant usage on sequence hub.search_push_seq to hub_task;
