-- Protected records: out of sight in their own organization too, except for the care team, and for whoever opens one in an
-- emergency, for an hour, with a reason that a privacy officer reviews.
alter table hub.patient
  add column restricted text check (restricted in ('STAFF', 'PUBLIC_FIGURE', 'SURVIVOR', 'ASKED')),
  add column restricted_at timestamptz,
  add column restricted_by uuid references hub.user_account;
create index patient_restricted on hub.patient (care_org_id, id) where restricted is not null;

-- Who may see a protected record beside its care manager.
create table hub.care_team_member (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  user_id uuid not null references hub.user_account,
  added_by uuid not null references hub.user_account,
  added_at timestamptz not null,
  ended_at timestamptz
);
create unique index care_team_member_open on hub.care_team_member (patient_id, user_id) where ended_at is null;
create index care_team_member_owner on hub.care_team_member (care_org_id, id);
call hub.fence('care_team_member', 'care_org_id = hub.org()', 'select');

-- That somebody opened a protected record in an emergency. `nature`: of a medical emergency, as 42 CFR 2.51(c) has it
-- written down; without it, records of substance use treatment stay closed.
create table hub.emergency_access (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  user_id uuid not null references hub.user_account,
  user_name text not null,
  reason text not null check (reason in ('MEDICAL_EMERGENCY', 'DANGER', 'HELP_TODAY')),
  words text not null check (length(words) between 10 and 1000),
  nature text check (length(nature) between 3 and 500),
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  closed_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid references hub.user_account,
  verdict text check (verdict in ('OK', 'FOLLOW_UP')),
  review_note text check (length(review_note) between 1 and 1000),
  check (ends_at > opened_at and ends_at <= opened_at + interval '1 hour'),
  check (nature is null or reason = 'MEDICAL_EMERGENCY'),
  check ((reviewed_at is null) = (verdict is null))
);
create index emergency_access_user on hub.emergency_access (user_id, ends_at);
create index emergency_access_patient on hub.emergency_access (patient_id, opened_at desc);
create index emergency_access_owner on hub.emergency_access (care_org_id, opened_at desc, id desc);

-- Whether the caller reviews such openings.
create function hub.privacy_officer() returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from hub.membership m where m.user_id = hub.actor() and m.organization_id = hub.org() and m.ended_at is null
    and 'PRIVACY_OFFICER' = any (m.roles));
end $$;

-- Protected people whom the caller does not see; nobody for an agency, which sees its referrals and no record. Asked once
-- for each statement: `(select hub.hidden_patients())`. plpgsql keeps its plan, where SQL would be planned anew each time.
create function hub.hidden_patients() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(select p.id from hub.patient p where p.care_org_id = hub.org() and p.restricted is not null
    and not exists (select from hub.assignment a where a.patient_id = p.id and a.ends_at is null and a.user_id = hub.actor())
    and not exists (select from hub.care_team_member t where t.patient_id = p.id and t.ended_at is null and t.user_id = hub.actor())
    and not exists (select from hub.emergency_access e where e.patient_id = p.id and e.user_id = hub.actor()
      and e.opened_at <= now() and e.ends_at > now() and e.closed_at is null));
end $$;
-- Of those whom the caller sees by an emergency alone, and not a medical one that was written down.
create function hub.closed_part2() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(select p.id from hub.patient p where p.care_org_id = hub.org() and p.restricted is not null
    and not exists (select from hub.assignment a where a.patient_id = p.id and a.ends_at is null and a.user_id = hub.actor())
    and not exists (select from hub.care_team_member t where t.patient_id = p.id and t.ended_at is null and t.user_id = hub.actor())
    and not exists (select from hub.emergency_access e where e.patient_id = p.id and e.user_id = hub.actor()
      and e.opened_at <= now() and e.ends_at > now() and e.closed_at is null and e.nature is not null));
end $$;
create function hub.hidden_referrals() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  people uuid[] := hub.hidden_patients();
  closed uuid[] := hub.closed_part2();
begin
  if cardinality(closed) = 0 and cardinality(people) = 0 then return '{}'; end if;
  return array(select r.id from hub.referral r where r.from_org_id = hub.org()
    and (r.patient_id = any (people) or (r.patient_id = any (closed) and (r.part2 or r.sensitivity = 'SUBSTANCE_USE'))));
end $$;
-- Whether the caller sees the row of this protected person: those above, and whoever reviews, who must know who it is.
create function hub.may_see(person uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return not (person = any (hub.hidden_patients())) or hub.privacy_officer();
end $$;
revoke all on function hub.privacy_officer, hub.hidden_patients, hub.closed_part2, hub.hidden_referrals, hub.may_see from public;
grant execute on function hub.privacy_officer, hub.hidden_patients, hub.closed_part2, hub.hidden_referrals, hub.may_see to hub_app;

-- Puts the second fence around every table that says whom it is about. Run again, it finds the tables that are new.
create procedure hub.protect() language plpgsql as $$
declare
  tbl text;
  rule text;
  part2 constant text := 'not (patient_id = any ((select hub.closed_part2())::uuid[]))';
begin
  for tbl in
    select c.relname from pg_class c where c.relnamespace = 'hub'::regnamespace and c.relkind = 'r' and c.relrowsecurity
      and exists (select from pg_policy p where p.polrelid = c.oid and 'hub_app'::regrole = any (p.polroles))
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'protected')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('care_org_id', 'from_org_id') and not a.attisdropped)
      and c.relname not in ('screening_rule', 'emergency_access', 'referral_offer', 'goal')
    order by 1
  loop
    rule := case
      when tbl = 'patient' then 'restricted is null or hub.may_see(id)'
      -- The id stands in every index of it, so that counts of queues need not open the row.
      when tbl = 'referral' then 'not (id = any ((select hub.hidden_referrals())::uuid[]))'
      when tbl = 'need' then 'not (patient_id = any ((select hub.hidden_patients())::uuid[]))
        and not (sensitivity = ''SUBSTANCE_USE'' and patient_id = any ((select hub.closed_part2())::uuid[]))'
      when tbl = 'consent' then 'not (patient_id = any ((select hub.hidden_patients())::uuid[]))
        and not (''SUBSTANCE_USE'' = any (sensitivities) and patient_id = any ((select hub.closed_part2())::uuid[]))'
      -- What an answer says of whom is in no column.
      when tbl in ('screening_answer', 'screening_answer_past', 'off_platform_referral', 'follow_up', 'disclosure') then part2
      when tbl = 'offer_target' then 'exists (select from hub.referral_offer f where f.id = offer_id)'
      when tbl in ('off_platform_need', 'off_platform_step') then 'exists (select from hub.off_platform_referral o where o.id = referral_id)'
      when exists (select from pg_attribute a where a.attrelid = ('hub.' || quote_ident(tbl))::regclass and a.attname = 'patient_id' and not a.attisdropped)
        then 'not (patient_id = any ((select hub.hidden_patients())::uuid[]))'
      when exists (select from pg_attribute a where a.attrelid = ('hub.' || quote_ident(tbl))::regclass and a.attname = 'referral_id' and not a.attisdropped)
        then 'not (referral_id = any ((select hub.hidden_referrals())::uuid[]))'
    end;
    if rule is not null then execute format('create policy protected on hub.%I as restrictive to hub_app using (%s)', tbl, rule); end if;
  end loop;
end $$;
revoke all on procedure hub.protect from public;
create policy protected on hub.referral_offer as restrictive to hub_app using (not (patient_id = any ((select hub.closed_part2())::uuid[])));
create policy protected on hub.goal as restrictive to hub_app using (not (patient_id = any ((select hub.hidden_patients())::uuid[]))
  and (not (patient_id = any ((select hub.closed_part2())::uuid[])) or exists (select from hub.need n where n.id = need_id)));
call hub.protect();

alter table hub.emergency_access enable row level security;
create policy emergency_access_app on hub.emergency_access to hub_app
  using (care_org_id = hub.org() and (user_id = hub.actor() or hub.privacy_officer() or not (patient_id = any ((select hub.hidden_patients())::uuid[]))));
create policy emergency_access_task on hub.emergency_access to hub_task using (true) with check (true);
grant select on hub.emergency_access to hub_app;
grant select, insert, update, delete on hub.emergency_access to hub_task;

-- The marks are set by the functions below alone.
create function hub.keep_restricted() returns trigger language plpgsql as $$
begin
  if current_user in ('hub_app', 'hub_patient', 'hub_caregiver', 'hub_link') then
    raise exception using errcode = '42501', message = 'permission denied for the mark of a protected record';
  end if;
  return new;
end $$;
create trigger keep_restricted before update of restricted, restricted_at, restricted_by on hub.patient
  for each row execute function hub.keep_restricted();
create function hub.begin_unrestricted() returns trigger language plpgsql as $$
begin
  if current_user = 'hub_app' then new.restricted := null; end if;
  return new;
end $$;
create trigger begin_unrestricted before insert on hub.patient for each row when (new.restricted is not null)
  execute function hub.begin_unrestricted();

-- Who belongs to the care team or reviews may protect a record, say who sees it, and end that (`why` null). False when
-- the caller may not; whoever does it and is no officer stays in the team.
create function hub.restrict_patient(person uuid, why text, team uuid[], at timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  member uuid;
begin
  if hub.actor() is null or not exists (select from hub.patient p where p.id = person and p.care_org_id = hub.org())
    or not hub.may_see(person) then return false; end if;
  update hub.patient set restricted = why, restricted_at = case when why is not null then at end,
    restricted_by = case when why is not null then hub.actor() end, version = version + 1, updated_at = at where id = person;
  if not hub.privacy_officer() then team := team || hub.actor(); end if;
  update hub.care_team_member t set ended_at = at where t.patient_id = person and t.ended_at is null and (why is null or not (t.user_id = any (team)));
  if why is null then return true; end if;
  foreach member in array (select coalesce(array_agg(distinct x), '{}') from unnest(team) x) loop
    insert into hub.care_team_member (id, care_org_id, patient_id, user_id, added_by, added_at)
      select gen_random_uuid(), hub.org(), person, member, hub.actor(), at
      where exists (select from hub.membership m where m.user_id = member and m.organization_id = hub.org() and m.ended_at is null
        and m.roles && array['CARE_MANAGER', 'CARE_SUPERVISOR'])
      on conflict do nothing;
  end loop;
  return true;
end $$;

-- Opens a protected record for the caller: by its id, or by the whole name and the day of birth. Null when there is none.
-- Times are the database's own, as the fence reads them.
create function hub.break_glass(access uuid, person uuid, given text, family text, born date, reason text, words text, nature text)
  returns uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_person uuid;
  found_name text;
begin
  select u.name into found_name from hub.user_account u join hub.membership m on m.user_id = u.id
    where u.id = hub.actor() and u.disabled_at is null and m.organization_id = hub.org() and m.ended_at is null
      and m.roles && array['CARE_MANAGER', 'CARE_SUPERVISOR'];
  if found_name is null then return null; end if;
  select p.id into found_person from hub.patient p
    where p.care_org_id = hub.org() and p.restricted is not null
      and case when person is not null then p.id = person
        else p.birth_date = born and hub.fold(p.family_name) = hub.fold(family)
          and hub.fold(given) in (hub.fold(p.given_name), hub.fold(coalesce(p.preferred_name, p.given_name))) end
    order by p.id limit 1;
  if found_person is null then return null; end if;
  insert into hub.emergency_access (id, care_org_id, patient_id, user_id, user_name, reason, words, nature, opened_at, ends_at)
    values (access, hub.org(), found_person, hub.actor(), found_name, reason, words, nature, now(), now() + interval '1 hour');
  return found_person;
end $$;
-- Before it ends by itself: whoever opened it, or whoever reviews.
create function hub.close_emergency(access uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.emergency_access e set closed_at = now() where e.id = access and e.care_org_id = hub.org() and e.closed_at is null
    and e.ends_at > now() and (e.user_id = hub.actor() or hub.privacy_officer());
  return found;
end $$;
-- An officer reviews, and nobody their own opening.
create function hub.review_emergency(access uuid, said text, note text, at timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.emergency_access e set reviewed_at = at, reviewed_by = hub.actor(), verdict = said, review_note = note
    where e.id = access and e.care_org_id = hub.org() and hub.privacy_officer() and e.user_id <> hub.actor();
  return found;
end $$;
revoke all on function hub.restrict_patient, hub.break_glass, hub.close_emergency, hub.review_emergency from public;
grant execute on function hub.restrict_patient, hub.break_glass, hub.close_emergency, hub.review_emergency to hub_app;

-- What somebody did by an emergency says so, whatever it was recorded for.
create function hub.purpose_of(person uuid, actor uuid, moment timestamptz, said text) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when exists (select from hub.emergency_access e where e.patient_id = person and e.user_id = actor
    and moment >= e.opened_at and moment < least(e.ends_at, coalesce(e.closed_at, e.ends_at))) then 'BREAK_GLASS' else said end
$$;
revoke all on function hub.purpose_of from public;
create or replace function hub.accesses_of(person uuid)
returns table (at timestamptz, id uuid, actor_id uuid, org_id uuid, via text, roles text[], action text, purpose text,
  outcome text, entity text, detail jsonb, times int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.at, a.id, a.actor_id, a.org_id, a.via, a.roles, a.action, hub.purpose_of(person, a.actor_id, a.at, a.purpose), a.outcome,
    a.entity, a.detail, 1
  from hub.audit a
  where a.patient_id = person and (a.org_id = hub.org() or a.patient_org_id = hub.org())
  union all
  select max(l.at), (array_agg(l.id order by l.at desc, l.id desc))[1], l.actor_id, l.org_id, l.via, l.roles, l.action, l.why,
    l.outcome, l.entity, null, count(*)::int
  from (select a.*, hub.purpose_of(person, a.actor_id, a.at, a.purpose) as why from hub.audit a
    where a.patient_ids @> array[person] and (a.org_id = hub.org() or a.patient_org_id = hub.org())) l
  group by l.actor_id, l.org_id, l.via, l.roles, l.action, l.why, l.outcome, l.entity,
    (l.at at time zone coalesce((select o.time_zone from hub.organization o where o.id = hub.org()), 'UTC'))::date
$$;
-- The same of their own record for the patient's page; of lists it has no line of its own.
create function hub.accesses_of_subject()
returns table (at timestamptz, id uuid, actor_id uuid, org_id uuid, via text, action text, entity_id uuid, purpose text, listed boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.at, a.id, a.actor_id, a.org_id, a.via, a.action, a.entity_id, hub.purpose_of(hub.subject(), a.actor_id, a.at, a.purpose), false
  from hub.audit a
  where a.patient_id = hub.subject() and a.patient_org_id = hub.org() and a.outcome = 'ALLOWED' and hub.relative() is null
  union all
  select max(l.at), (array_agg(l.id order by l.at desc, l.id desc))[1], l.actor_id, l.org_id, l.via, l.action, null, l.why, true
  from (select a.*, hub.purpose_of(hub.subject(), a.actor_id, a.at, a.purpose) as why from hub.audit a
    where a.patient_ids @> array[hub.subject()] and a.patient_org_id = hub.org() and a.outcome = 'ALLOWED' and hub.relative() is null) l
  group by l.actor_id, l.org_id, l.via, l.action, l.why,
    (l.at at time zone coalesce((select o.time_zone from hub.organization o where o.id = hub.org()), 'UTC'))::date
$$;
revoke all on function hub.accesses_of_subject from public;
grant execute on function hub.accesses_of_subject to hub_patient;
