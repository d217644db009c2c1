-- The same help listed twice. Pairs are found by what they share (a number, a door, a name in one area), looked up in an
-- index: never every listing against every other. Public data but for the judgements; no place of a shelter is a key.
create table hub.listing_key (
  key text collate "C" not null,
  service_id uuid not null references hub.service on delete cascade,
  primary key (key, service_id)
);
create index listing_key_service on hub.listing_key (service_id);

-- One row for each pair that was ever found, so that a pair that was looked at and found to be two is not shown again.
create table hub.duplicate_candidate (
  id uuid primary key,
  service_a uuid not null references hub.service on delete cascade,
  service_b uuid not null references hub.service on delete cascade check (service_a < service_b),
  score double precision not null check (score between 0 and 1),
  -- What speaks for it, as codes and shares without any value of the listings: [{"kind": "PHONE", "weight": 1}].
  evidence jsonb not null default '[]',
  status text not null default 'OPEN' check (status in ('OPEN', 'MERGED', 'DIFFERENT')),
  found_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by uuid,
  note text,
  version integer not null default 1,
  unique (service_a, service_b)
);
create index duplicate_open on hub.duplicate_candidate (score desc, id) where status = 'OPEN';
create index duplicate_b on hub.duplicate_candidate (service_b);

-- A merge, with what is needed to take it back.
create table hub.listing_merge (
  id uuid primary key,
  kept_id uuid not null references hub.service on delete cascade,
  merged_id uuid not null references hub.service on delete cascade,
  at timestamptz not null,
  by_user_id uuid,
  previous_status text not null,
  -- Sites that the kept listing was given, and listings merged earlier that were pointed on.
  copied_sites uuid[] not null default '{}',
  repointed uuid[] not null default '{}',
  -- Lines of the kept listing's history that belong to it.
  changes uuid[] not null default '{}',
  undone_at timestamptz,
  undone_by uuid
);
create unique index listing_merge_merged on hub.listing_merge (merged_id) where undone_at is null;
create index listing_merge_kept on hub.listing_merge (kept_id, at desc);
create index listing_merge_at on hub.listing_merge (at desc, id desc);

grant select, insert, update, delete on hub.listing_key, hub.duplicate_candidate, hub.listing_merge to hub_app, hub_task;

-- A name as blocks compare it: its words, folded, without those that say nothing, in one order.
create function hub.name_words(name text) returns text language sql immutable parallel safe as $$
  select coalesce(string_agg(w, ' ' order by w), '') from (
    select distinct w from regexp_split_to_table(hub.search_text(name), ' ') w
    where w <> '' and w not in ('the', 'a', 'an', 'of', 'and', 'for', 'at', 'in', 'to', 'inc', 'llc', 'program', 'programs', 'service', 'services')) x $$;
-- A street as blocks compare it: the number and the first word that is no direction. '10 N. Main St, Suite 2' -> '10 main'.
create function hub.street_words(address text) returns text language sql immutable parallel safe as $$
  select substring(hub.search_text(address) from '^(\d+\w*)') || ' ' ||
    (select w from regexp_split_to_table(regexp_replace(hub.search_text(address), '^\d+\w*\s*', ''), ' ') with ordinality t(w, n)
      where w not in ('', 'n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw', 'north', 'south', 'east', 'west', 'saint', 'st') order by n limit 1) $$;

-- By what each of these listings may meet its like: numbers, doors, names in an area, addresses of pages.
create function hub.listing_keys(services uuid[]) returns table (key text, service_id uuid) language sql stable as $$
  with listed as (
    select s.id, s.organization_id, hub.name_words(s.name) as words, s.url from hub.service s
    where s.id = any (services) and s.status in ('active', 'temporarily closed') and s.merged_into is null),
  places as (
    select l.id as service_id, a.address_1, left(a.postal_code, 5) as zip, p.id as location_id,
      coalesce(p.latitude, z.latitude) as latitude, coalesce(p.longitude, z.longitude) as longitude
    from listed l join hub.service_at_location sal on sal.service_id = l.id join hub.location p on p.id = sal.location_id
    left join hub.address a on a.location_id = p.id left join hub.zip_code z on z.zip = left(a.postal_code, 5)
    where not hub.is_withheld(p.id))
  select distinct k.key, k.service_id from (
    select 'p:' || ph.e164, l.id from listed l join hub.phone ph on ph.service_id = l.id where ph.e164 is not null
    union all select 'p:' || ph.e164, s.service_id from places s join hub.phone ph on ph.location_id = s.location_id where ph.e164 is not null
    union all select 'a:' || s.zip || '|' || hub.street_words(s.address_1), s.service_id from places s where s.zip is not null
    union all select 'n:' || left(s.zip, 3) || '|' || l.words, l.id from listed l join places s on s.service_id = l.id where l.words <> ''
    union all select 'n:|' || l.words, l.id from listed l where l.words <> '' and not exists (select from places s where s.service_id = l.id)
    union all select 'g:' || floor(s.latitude * 200 + o.half) || ':' || floor(s.longitude * 200 + o.half) || '|' || split_part(l.words, ' ', 1), l.id
      from listed l join places s on s.service_id = l.id, (values (0.0), (0.5)) o (half) where s.latitude is not null and l.words <> ''
    union all select 'u:' || regexp_replace(lower(l.url), '^https?://(www\.)?|/+$', '', 'g'), l.id from listed l where l.url ~ '^https?://[^/]+/.+'
  ) k (key, service_id) where k.key is not null $$;
