-- A shelter's door is told by nothing else that its agency lists there: hotlines, groups and offices of the same agency at
-- the same street or point are withheld with it. Other agencies at that door say nothing of the shelter and stay.
create index service_secret_agency on hub.service (organization_id) where hub.is_confidential(sensitivity, categories);

-- Whether two places have one door: the same number and street in one ZIP code, or points within some 30 metres.
create function hub.same_door(one uuid, other uuid) returns boolean language sql stable parallel safe as $$
  select exists (select from hub.address a join hub.address b on left(b.postal_code, 5) = left(a.postal_code, 5)
      and hub.street_words(b.address_1) = hub.street_words(a.address_1)
    where a.location_id = one and b.location_id = other)
  or exists (select from hub.location a join hub.location b on abs(a.latitude - b.latitude) < 0.0003
      and abs(a.longitude - b.longitude) < 0.0004
    where a.id = one and b.id = other) $$;

create or replace function hub.is_withheld(location uuid) returns boolean language sql stable parallel safe as $$
  select exists (select from hub.service_at_location sal join hub.service s on s.id = sal.service_id
    where sal.location_id = location and hub.is_confidential(s.sensitivity, s.categories))
  or exists (select from (
      select s.organization_id from hub.service_at_location sal join hub.service s on s.id = sal.service_id
        where sal.location_id = location
      union select l.organization_id from hub.location l where l.id = location) agency
    join hub.service c on c.organization_id = agency.organization_id and hub.is_confidential(c.sensitivity, c.categories)
    join hub.service_at_location secret on secret.service_id = c.id and secret.location_id <> location
    where hub.same_door(location, secret.location_id)) $$;

-- Listings of an agency, when one of them gives refuge: what the search shows of each depends on the others.
create function hub.under_one_roof(services uuid[]) returns setof uuid language sql stable parallel safe as $$
  select unnest(services) union
  select n.id from hub.service s join hub.service n on n.organization_id = s.organization_id where s.id = any (services)
    and exists (select from hub.service c where c.organization_id = s.organization_id and hub.is_confidential(c.sensitivity, c.categories)) $$;

-- Lists of listings that people keep, print and send. An address with ten characters for each listing holds a list: nothing
-- is stored. 60 bits of a digest: among 1,000,000 listings two have the same ones once in two million directories.
create function hub.short_key(id uuid) returns text language sql immutable parallel safe as $$ select left(md5(id::text), 15) $$;
create index service_short_key on hub.service (hub.short_key(id));

-- A list on its way to a mailbox. Its address is deleted as soon as the letter has left, and after a day in any case.
create table hub.list_letter (
  id uuid primary key,
  email citext not null check (length(email) <= 254),
  service_ids uuid[] not null check (cardinality(service_ids) between 1 and 20),
  language text not null check (language in ('en', 'es')),
  created_at timestamptz not null
);
call hub.fence('list_letter', 'false', 'insert');
create policy list_letter_ask on hub.list_letter for insert to hub_app with check (true);
