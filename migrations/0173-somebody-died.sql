-- Somebody has died. In the same moment as the record says so, and by whatever way: what was open stops, as when a consent
-- ends, and comes up for a decision; clocks stand still; nobody is asked any more whether it helped.
alter table hub.referral add person_died_at timestamptz;

create function hub.person_dies() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.status = 'DECEASED' then
    update hub.referral r
       set person_died_at = hub.moment(), version = r.version + 1,
           consent_ended_at = case when r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') then coalesce(r.consent_ended_at, hub.moment()) else r.consent_ended_at end,
           consent_decision = case when r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') then null else r.consent_decision end,
           clock_paused_at = case when r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') then coalesce(r.clock_paused_at, hub.moment()) else r.clock_paused_at end,
           next_clock_at = null, stalled_at = null
     where r.patient_id = new.id and r.status not in ('DRAFT', 'ENTERED_IN_ERROR');
    -- What waited to be said to them is said to nobody, and no form that was sent to them is opened by somebody else.
    update hub.patient_letter l set state = 'DROPPED', why = null, settled_at = hub.moment()
     where l.patient_id = new.id and l.state in ('WAITING', 'HELD');
    update hub.screening_pass s set revoked_at = hub.moment()
     where s.care_org_id = new.care_org_id and s.patient_id = new.id and s.ended_at is null and s.revoked_at is null and s.expires_at > hub.moment();
  else
    -- It was said by mistake: what stopped for that alone goes on.
    update hub.referral r
       set person_died_at = null, version = r.version + 1,
           consent_ended_at = case when r.consent_ended_at = r.person_died_at and coalesce(hub.consent_end(c) > hub.moment(), true) then null else r.consent_ended_at end,
           clock_paused_at = case when r.clock_paused_at = r.person_died_at then null else r.clock_paused_at end,
           next_clock_at = case when r.clock_paused_at = r.person_died_at then hub.moment() end
      from hub.consent c
     where r.patient_id = new.id and r.person_died_at is not null and c.id = r.consent_id;
  end if;
  return null;
end $$;
revoke all on function hub.person_dies from public;
create trigger person_dies after update of status on hub.patient for each row
  when (old.status is distinct from new.status and 'DECEASED' in (old.status, new.status)) execute function hub.person_dies();

-- Those recorded before this: nothing is sent about them, and what is open waits for its decision.
update hub.referral r set person_died_at = p.updated_at, next_clock_at = null, stalled_at = null,
    consent_ended_at = case when r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') then coalesce(r.consent_ended_at, p.updated_at) else r.consent_ended_at end,
    clock_paused_at = case when r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') then coalesce(r.clock_paused_at, p.updated_at) else r.clock_paused_at end
  from hub.patient p where p.id = r.patient_id and p.status = 'DECEASED' and r.status not in ('DRAFT', 'ENTERED_IN_ERROR');

-- The page of somebody around a person who has died stays open for what is theirs: how they are reached, whom to call, the
-- papers they sent. Nothing of the person is on it any more, and whoever decided for them decides no more.
create or replace function hub.help_holder(link uuid, at timestamptz) returns json language sql stable security definer
set search_path = pg_catalog, pg_temp as $$
  select json_build_object('linkId', l.id, 'organizationId', l.care_org_id, 'patientId', l.patient_id, 'relatedPersonId', l.related_person_id,
    'consentId', given.id, 'categories', case when l.related_person_id is null then null
      when p.status = 'DECEASED' then array[]::text[]
      when deciding.yes then array['*'] else given.categories end)
  from hub.help_link l
  join hub.patient p on p.id = l.patient_id and (p.status <> 'DECEASED' or l.related_person_id is not null)
  join hub.organization o on o.id = l.care_org_id and o.retired_at is null
  left join hub.related_person r on r.id = l.related_person_id and r.ended_at is null
  left join lateral (select (at at time zone o.time_zone)::date as day) today on true
  left join lateral (select r.authority <> 'NONE' and coalesce(r.authority_from, today.day) <= today.day
    and today.day <= coalesce(r.authority_to, today.day) as yes) deciding on true
  left join lateral (
    select (array_agg(c.id order by c.created_at desc))[1] as id, array_agg(distinct kind_of) as categories
    from hub.consent c cross join unnest(c.categories) kind_of
    where c.grantee_related_person_id = r.id and c.patient_id = l.patient_id and c.kind = 'FAMILY' and c.status = 'ACTIVE'
      and c.starts_at <= at and (c.expires_at is null or c.expires_at > at) and (c.event_at is null or c.event_at > at)) given on true
  where l.id = link and l.revoked_at is null and l.expires_at > at and l.wrong < 5
    and (l.related_person_id is null or deciding.yes or given.id is not null) $$;

-- Showing a page with nothing of the person on it is no disclosure.
create or replace function hub.open_help(token bytea, at timestamptz, birth_year integer, session bytea, session_id uuid, until timestamptz)
returns json language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  l hub.help_link;
  holder json;
  born integer;
begin
  select * into l from hub.help_link where token_hash = token for update;
  holder := hub.help_holder(l.id, at);
  if holder is null then return json_build_object('state', 'ENDED'); end if;
  if l.asks_birth_year then
    if birth_year is null then return json_build_object('state', 'ASKS'); end if;
    select extract(year from p.birth_date) into born from hub.patient p where p.id = l.patient_id;
    if born is distinct from birth_year then
      update hub.help_link set wrong = wrong + 1 where id = l.id;
      return json_build_object('state', case when l.wrong + 1 < 5 then 'WRONG' else 'ENDED' end);
    end if;
  end if;
  update hub.help_link set wrong = 0, first_opened_at = coalesce(first_opened_at, at), last_opened_at = at where id = l.id;
  insert into hub.help_session (token_hash, id, link_id, created_at, seen_at, expires_at) values (session, session_id, l.id, at, at, until);
  if l.related_person_id is not null and json_array_length(holder -> 'categories') > 0 then
    insert into hub.disclosure (id, care_org_id, patient_id, recipient_related_person_id, consent_id, categories, fields, purpose, at)
    select session_id, l.care_org_id, l.patient_id, l.related_person_id, (holder ->> 'consentId')::uuid,
      array(select json_array_elements_text(holder -> 'categories')), array['needs', 'referrals'], 'FAMILY_INVOLVEMENT', at;
  end if;
  return (holder::jsonb || jsonb_build_object('state', 'OPEN'))::json;
end $$;

create or replace function hub.kinds_given(person uuid, relative uuid, at timestamptz) returns text[] language plpgsql stable
security definer set search_path = pg_catalog, pg_temp as $$
declare
  kinds text[];
begin
  select case when x.decides then array['*'] else array(
      select distinct kind_of from hub.consent c cross join unnest(c.categories) kind_of
      where c.grantee_related_person_id = relative and c.patient_id = person and c.kind = 'FAMILY' and c.status = 'ACTIVE'
        and c.starts_at <= at and (c.expires_at is null or c.expires_at > at) and (c.event_at is null or c.event_at > at)) end into kinds
    from (select r.authority <> 'NONE' and coalesce(r.authority_from, day) <= day and day <= coalesce(r.authority_to, day) as decides
      from hub.related_person r join hub.patient p on p.id = r.patient_id and p.status <> 'DECEASED'
        join hub.organization o on o.id = r.care_org_id
        cross join lateral (select (at at time zone o.time_zone)::date as day) today
      where r.id = relative and r.patient_id = person and r.care_org_id = hub.org() and r.ended_at is null) x;
  return coalesce(kinds, '{}');
end $$;
grant select (status) on hub.patient to hub_caregiver;
