-- A consent that runs out by its date ends an agency's sight by that date, whether a job runs or not: the rules themselves
-- compare it. The moment is that of the hub's clock, which every session says; who says none gets the database's own.
create function hub.moment() returns timestamptz language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('hub.now', true), '')::timestamptz, now()) $$;

-- Until when the consent lets an agency see what it has not answered; null for as long as it is not taken back. A copy, so
-- that a list compares two values of the row it reads anyway and looks nothing up. What was answered no longer needs it.
alter table hub.referral add consent_until timestamptz;
create function hub.consent_end(c hub.consent) returns timestamptz language sql immutable as $$
  select case when c.status <> 'ACTIVE' then coalesce(c.revoked_at, c.event_at, c.starts_at) else least(c.expires_at, c.event_at) end $$;
update hub.referral r set consent_until = hub.consent_end(c)
  from hub.consent c where c.id = r.consent_id and r.answered_at is null and hub.consent_end(c) is not null;

create function hub.copy_consent_end() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select hub.consent_end(c) into new.consent_until from hub.consent c where c.id = new.consent_id;
  return new;
end $$;
revoke all on function hub.copy_consent_end from public;
create trigger copy_consent_end before insert or update of consent_id on hub.referral for each row execute function hub.copy_consent_end();

create function hub.pass_consent_end() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.referral r set consent_until = hub.consent_end(new)
   where r.patient_id = new.patient_id and r.consent_id = new.id and r.consent_until is distinct from hub.consent_end(new);
  return null;
end $$;
revoke all on function hub.pass_consent_end from public;
-- Its name comes before that of consent_ends: what stops a referral finds the new end in its row.
create trigger consent_end_passes after update of status, expires_at, event_at, revoked_at on hub.consent for each row
  when (hub.consent_end(old) is distinct from hub.consent_end(new)) execute function hub.pass_consent_end();

-- Whether an agency sees a referral that was sent to it. The moment is asked once for each statement, not read for each row: a count
-- of 30,000 would take half as long again. (Inside the CASE nothing is estimated by it.)
create function hub.in_sight(answered_at timestamptz, consent_ended_at timestamptz, consent_until timestamptz, at timestamptz)
returns boolean language sql immutable parallel safe as $$
  select answered_at is not null or (consent_ended_at is null and (consent_until is null or consent_until > at)) $$;

alter policy referral_read on hub.referral
  using (case when from_org_id = hub.org() then true
    else to_org_id = hub.org() and status <> 'DRAFT' and hub.in_sight(answered_at, consent_ended_at, consent_until, (select hub.moment())) end);
alter policy referral_step on hub.referral
  using (from_org_id = hub.org()
    or (to_org_id = hub.org() and status <> 'DRAFT' and hub.in_sight(answered_at, consent_ended_at, consent_until, (select hub.moment()))));

-- What hangs on a referral goes out of sight with it: its steps, attempts to reach the person, proposals, clocks and links
-- were guarded by nothing but the agency's name.
do $$
declare
  tbl text;
  mine constant text := '(to_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id))';
begin
  foreach tbl in array array['referral_transition', 'referral_contact', 'referral_transfer', 'referral_link'] loop
    execute format('alter policy %I on hub.%I using (from_org_id = hub.org() or %s)', tbl || '_read', tbl, mine);
  end loop;
  execute format('alter policy referral_transfer_settle on hub.referral_transfer using (from_org_id = hub.org() or %s)', mine);
  execute format('alter policy referral_clock_step_app on hub.referral_clock_step using (from_org_id = hub.org() or %s)', mine);
end $$;

-- Who goes on by a link: as long as the consent lasts, or the sender decided that the agency goes on with what it was told.
-- Whoever asked alone and was answered may be on a list for longer than their consent lasts, and takes it back themselves.
create or replace function hub.working_link(hash bytea, by_reply boolean, at timestamptz)
  returns table (id uuid, referral_id uuid, from_org_id uuid, to_org_id uuid, token_hash bytea) language sql stable as $$
  select l.id, l.referral_id, l.from_org_id, l.to_org_id, l.token_hash
  from hub.referral_link l join hub.referral r on r.id = l.referral_id join hub.consent c on c.id = r.consent_id
  where l.id = case when by_reply then (select x.id from hub.referral_link x where x.reply_hash = hash)
      else (select x.id from hub.referral_link x where x.token_hash = hash) end
    and l.revoked_at is null and l.expires_at > at
    and r.to_org_id = l.to_org_id and r.status not in ('DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR')
    and (r.closed_at is null or r.closed_at > at - interval '14 days')
    and (r.consent_decision is not distinct from 'KEPT'
      or (c.status = 'ACTIVE' and r.consent_ended_at is null and (c.event_at is null or c.event_at > at)
        and (c.expires_at is null or c.expires_at > at or (r.from_org_id = hub.self_org() and r.answered_at is not null)))) $$;

create or replace function hub.linked() returns uuid language plpgsql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
declare
  held uuid;
begin
  select l.referral_id into held
    from hub.working_link(decode(coalesce(current_setting('hub.link', true), ''), 'hex'), false, hub.moment()) l;
  return held;
end $$;
create or replace function hub.linked_by() returns uuid language plpgsql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
declare
  held uuid;
begin
  select l.id into held
    from hub.working_link(decode(coalesce(current_setting('hub.link', true), ''), 'hex'), false, hub.moment()) l;
  return held;
end $$;

-- What somebody around a patient was given, at this moment: all for who decides for them, else what a consent in force says.
-- The page's session says it too, as it was when the page was asked for; the rules do not take its word for it.
create function hub.kinds_given(person uuid, relative uuid, at timestamptz) returns text[] language plpgsql stable
security definer set search_path = pg_catalog, pg_temp as $$
declare
  kinds text[];
begin
  select case when x.decides then array['*'] else array(
      select distinct kind_of from hub.consent c cross join unnest(c.categories) kind_of
      where c.grantee_related_person_id = relative and c.patient_id = person and c.kind = 'FAMILY' and c.status = 'ACTIVE'
        and c.starts_at <= at and (c.expires_at is null or c.expires_at > at) and (c.event_at is null or c.event_at > at)) end into kinds
    from (select r.authority <> 'NONE' and coalesce(r.authority_from, day) <= day and day <= coalesce(r.authority_to, day) as decides
      from hub.related_person r join hub.organization o on o.id = r.care_org_id
        cross join lateral (select (at at time zone o.time_zone)::date as day) today
      where r.id = relative and r.patient_id = person and r.care_org_id = hub.org() and r.ended_at is null) x;
  return coalesce(kinds, '{}');
end $$;
revoke all on function hub.kinds_given from public;
grant execute on function hub.kinds_given to hub_caregiver;
alter policy need_given on hub.need using (patient_id = hub.subject() and care_org_id = hub.org() and sensitivity = 'NONE'
  and ('*' = any (hub.shown()) or category = any (hub.shown()))
  and array[category, '*'] && (select hub.kinds_given(hub.subject(), hub.relative(), hub.moment())));
alter policy referral_given on hub.referral using (patient_id = hub.subject() and from_org_id = hub.org() and sensitivity = 'NONE' and not part2
  and status not in ('DRAFT', 'ENTERED_IN_ERROR') and ('*' = any (hub.shown()) or categories <@ hub.shown())
  and ('*' = any ((select hub.kinds_given(hub.subject(), hub.relative(), hub.moment()))::text[])
    or categories <@ (select hub.kinds_given(hub.subject(), hub.relative(), hub.moment()))));

-- A referral goes on only with a consent that is in force at that moment, and also when it ran out and no job has said so yet.
create or replace function hub.renew_consent(referral uuid, consent uuid, person uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.referral r
     set consent_id = renew_consent.consent, consent_ended_at = null, consent_decision = 'RENEWED', consent_decided_at = at,
         consent_decided_by = person, updated_at = at, version = r.version + 1
   where r.id = renew_consent.referral and r.from_org_id = hub.org()
     and (r.consent_ended_at is not null or exists (select from hub.consent c where c.id = r.consent_id and hub.consent_end(c) <= at))
     and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')
     and exists (select from hub.consent c where c.id = renew_consent.consent and c.patient_id = r.patient_id
       and c.care_org_id = r.from_org_id and c.status = 'ACTIVE' and c.starts_at <= at and coalesce(hub.consent_end(c) > at, true));
  return found;
end $$;
