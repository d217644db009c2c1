-- The page of a patient, and that of someone around them, behind a link without an account.
create table hub.help_link (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  -- Whose link it is, when it is not the patient's own.
  related_person_id uuid references hub.related_person,
  token_hash bytea not null unique,
  way text not null check (way in ('EMAIL', 'TEXT', 'PAPER')),
  asks_birth_year boolean not null,
  created_by uuid not null references hub.user_account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  first_opened_at timestamptz,
  last_opened_at timestamptz,
  -- Wrong answers to the question since the last right one; after five the link opens nothing any more.
  wrong integer not null default 0,
  revoked_at timestamptz,
  revoked_by uuid references hub.user_account
);
create index help_link_patient on hub.help_link (patient_id, id);
create index help_link_owner on hub.help_link (care_org_id, id);
call hub.fence('help_link', 'care_org_id = hub.org()', 'insert, update');
revoke update on hub.help_link from hub_app;
grant select (id, care_org_id, patient_id, related_person_id, way, asks_birth_year, created_by, created_at, expires_at, first_opened_at,
  last_opened_at, wrong, revoked_at, revoked_by) on hub.help_link to hub_app;
grant update (revoked_at, revoked_by) on hub.help_link to hub_app;

-- A page that is open: the link was exchanged for it, so that the link's token is used once for each visit.
create table hub.help_session (
  token_hash bytea primary key,
  id uuid not null unique,
  link_id uuid not null references hub.help_link on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index help_session_link on hub.help_session (link_id);
create index help_session_expiry on hub.help_session (expires_at);
alter table hub.help_session enable row level security;
create policy help_session_task on hub.help_session to hub_task using (true) with check (true);
grant select (expires_at), delete on hub.help_session to hub_task;

-- Each page works as a role of its own: what is not granted below does not exist for it. A patient reaches the rows of
-- the one record; someone around them a part of the columns, of the kinds of need they were given, never a sensitive one.
do $$
declare r text;
begin
  perform pg_advisory_xact_lock(hashtext('hub.roles'));
  foreach r in array array['hub_patient', 'hub_caregiver'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
    execute format('grant %I to hub_login', r);
  end loop;
end $$;
grant usage on schema hub to hub_patient, hub_caregiver;
create function hub.subject() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('hub.patient_id', true), '')::uuid $$;
create function hub.relative() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('hub.related_person_id', true), '')::uuid $$;
-- Kinds of need that somebody around the patient was given; '{*}' for all that are not sensitive.
create function hub.shown() returns text[] language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('hub.categories', true), ''), '{}')::text[] $$;

grant select on hub.organization, hub.service, hub.service_at_location, hub.location, hub.address, hub.phone to hub_patient, hub_caregiver;

do $$
declare
  own text;
  tbl text;
begin
  for tbl, own in values ('patient', 'id'), ('related_person', 'patient_id'), ('assignment', 'patient_id'), ('coverage', 'patient_id'),
      ('consent', 'patient_id'), ('screening', 'patient_id'), ('screening_answer', 'patient_id'), ('need', 'patient_id'),
      ('disclosure', 'patient_id') loop
    execute format('create policy %I on hub.%I for select to hub_patient using (%I = hub.subject() and care_org_id = hub.org())',
      tbl || '_own', tbl, own);
    execute format('grant select on hub.%I to hub_patient', tbl);
  end loop;
end $$;
create policy referral_own on hub.referral for select to hub_patient
  using (patient_id = hub.subject() and from_org_id = hub.org() and status not in ('DRAFT', 'ENTERED_IN_ERROR'));
create policy referral_own_word on hub.referral for update to hub_patient
  using (patient_id = hub.subject() and from_org_id = hub.org() and status not in ('DRAFT', 'ENTERED_IN_ERROR'))
  with check (patient_id = hub.subject() and from_org_id = hub.org());
grant select on hub.referral to hub_patient;
grant update (own_word, own_word_note, own_word_at, version, updated_at) on hub.referral to hub_patient;
create policy consent_own_end on hub.consent for update to hub_patient
  using (patient_id = hub.subject() and care_org_id = hub.org()) with check (status = 'REVOKED');
grant update (status, revoked_at, revoked_by, revoked_by_link, revoke_reason, version) on hub.consent to hub_patient;
create policy patient_own_contact on hub.patient for update to hub_patient
  using (id = hub.subject() and care_org_id = hub.org()) with check (id = hub.subject() and care_org_id = hub.org());
grant update (contact_method, voicemail_ok, contact_times, language, version, updated_at) on hub.patient to hub_patient;
create policy user_account_own_team on hub.user_account for select to hub_patient
  using (id in (select user_id from hub.membership m where m.organization_id = hub.org()));
grant select (id, name) on hub.user_account to hub_patient;
create policy membership_own_team on hub.membership for select to hub_patient using (organization_id = hub.org());
grant select (user_id, organization_id) on hub.membership to hub_patient;

create policy patient_near on hub.patient for select to hub_caregiver using (id = hub.subject() and care_org_id = hub.org());
grant select (id, care_org_id, given_name, preferred_name) on hub.patient to hub_caregiver;
create policy related_person_self on hub.related_person for select to hub_caregiver
  using (id = hub.relative() and patient_id = hub.subject() and care_org_id = hub.org());
grant select (id, care_org_id, patient_id, name, relationship, authority, authority_from, authority_to) on hub.related_person to hub_caregiver;
create policy consent_given on hub.consent for select to hub_caregiver
  using (grantee_related_person_id = hub.relative() and patient_id = hub.subject() and care_org_id = hub.org());
grant select (id, care_org_id, patient_id, grantee_related_person_id, status, categories, starts_at, expires_at, expiry_event, event_at)
  on hub.consent to hub_caregiver;
create policy need_given on hub.need for select to hub_caregiver
  using (patient_id = hub.subject() and care_org_id = hub.org() and sensitivity = 'NONE'
    and ('*' = any(hub.shown()) or category = any(hub.shown())));
grant select (id, care_org_id, patient_id, category, sensitivity, label, status, wants_help, identified_at) on hub.need to hub_caregiver;
create policy referral_given on hub.referral for select to hub_caregiver
  using (patient_id = hub.subject() and from_org_id = hub.org() and sensitivity = 'NONE' and not part2
    and status not in ('DRAFT', 'ENTERED_IN_ERROR') and ('*' = any(hub.shown()) or categories <@ hub.shown()));
grant select (id, from_org_id, to_org_id, patient_id, service_id, service_at_location_id, status, reason_code, categories, sensitivity, part2,
  sent_at, answered_at, closed_at, outcome, enrollment, version) on hub.referral to hub_caregiver;

-- A person reads who has seen their own record, and nobody else's.
create policy audit_own on hub.audit for select to hub_patient using (patient_id = hub.subject() and patient_org_id = hub.org());
grant select (id, at, org_id, actor_id, via, action, outcome, entity_id, patient_id, patient_org_id) on hub.audit to hub_patient;
create policy audit_by_link on hub.audit for insert to hub_patient, hub_caregiver
  with check (org_id = hub.org() and patient_id = hub.subject() and via = 'LINK');
grant insert (id, org_id, actor_id, via, roles, action, outcome, entity, entity_id, patient_id, patient_ids, patient_org_id, purpose, consent_id, request_id, detail)
  on hub.audit to hub_patient, hub_caregiver;

-- Who a link lets in, as it is now: taking a consent back or ending an authority ends what it showed.
create function hub.help_holder(link uuid, at timestamptz) returns json language sql stable security definer
set search_path = pg_catalog, pg_temp as $$
  select json_build_object('linkId', l.id, 'organizationId', l.care_org_id, 'patientId', l.patient_id, 'relatedPersonId', l.related_person_id,
    'consentId', given.id, 'categories', case when l.related_person_id is null then null
      when deciding.yes then array['*'] else given.categories end)
  from hub.help_link l
  join hub.patient p on p.id = l.patient_id and p.status <> 'DECEASED'
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

-- Exchanges a link for an open page. A wrong answer is counted, which is why nothing is raised.
create function hub.open_help(token bytea, at timestamptz, birth_year integer, session bytea, session_id uuid, until timestamptz)
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
    if born <> birth_year then
      update hub.help_link set wrong = wrong + 1 where id = l.id;
      return json_build_object('state', case when l.wrong + 1 < 5 then 'WRONG' else 'ENDED' end);
    end if;
  end if;
  update hub.help_link set wrong = 0, first_opened_at = coalesce(first_opened_at, at), last_opened_at = at where id = l.id;
  insert into hub.help_session (token_hash, id, link_id, created_at, seen_at, expires_at) values (session, session_id, l.id, at, at, until);
  if l.related_person_id is not null then
    insert into hub.disclosure (id, care_org_id, patient_id, recipient_related_person_id, consent_id, categories, fields, purpose, at)
    select session_id, l.care_org_id, l.patient_id, l.related_person_id, (holder ->> 'consentId')::uuid,
      array(select json_array_elements_text(holder -> 'categories')), array['needs', 'referrals'], 'FAMILY_INVOLVEMENT', at;
  end if;
  return (holder::jsonb || jsonb_build_object('state', 'OPEN'))::json;
end $$;

-- Who has this page open; looking at it is a sign of life. Twenty minutes without one, and it is closed.
create function hub.help_caller(session bytea, at timestamptz) returns json language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  s hub.help_session;
  holder json;
begin
  select * into s from hub.help_session where token_hash = session and expires_at > at and seen_at > at - interval '20 minutes';
  if s.id is null then return null; end if;
  holder := hub.help_holder(s.link_id, at);
  if holder is null then return null; end if;
  if s.seen_at < at - interval '1 minute' then update hub.help_session set seen_at = at where token_hash = session; end if;
  return (holder::jsonb || jsonb_build_object('sessionId', s.id))::json;
end $$;

create function hub.close_help(session uuid) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ delete from hub.help_session where id = session $$;

revoke all on function hub.help_holder, hub.open_help, hub.help_caller, hub.close_help from public;
grant execute on function hub.open_help, hub.help_caller, hub.close_help to hub_auth;
