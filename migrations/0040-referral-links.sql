-- What an agency says beside the status of a referral: it asked something, put the person on a list, gave an appointment.
alter table hub.referral
  add column info_asked_at timestamptz,
  add column info_given_at timestamptz,
  add column waitlist_position integer check (waitlist_position between 1 and 9999),
  add column waitlist_expected_on date,
  add column appointment_at timestamptz,
  add column appointment_place text check (length(appointment_place) <= 300),
  add column first_contact_at timestamptz;
grant update (info_asked_at, info_given_at, waitlist_position, waitlist_expected_on, appointment_at, appointment_place, first_contact_at)
  on hub.referral to hub_app;

-- Each time the agency tried to reach the person. Trying in vain ends nothing by itself.
create table hub.referral_contact (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  how text not null check (how in ('PHONE', 'TEXT', 'EMAIL', 'MAIL', 'IN_PERSON')),
  reached boolean not null,
  note text check (length(note) <= 1000),
  by_user_id uuid references hub.user_account,
  by_name text not null,
  at timestamptz not null
);
create index referral_contact_referral on hub.referral_contact (referral_id, at, id);
create index referral_contact_from on hub.referral_contact (from_org_id, id);
create index referral_contact_to on hub.referral_contact (to_org_id, id);
call hub.fence('referral_contact', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert');
drop policy referral_contact_app on hub.referral_contact;
create policy referral_contact_read on hub.referral_contact for select to hub_app
  using (from_org_id = hub.org() or to_org_id = hub.org());
create policy referral_contact_add on hub.referral_contact for insert to hub_app with check (
  to_org_id = hub.org()
  and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_contact.from_org_id and r.to_org_id = referral_contact.to_org_id));

-- How an agency answers one referral without an account. The token stands in the link of its letters, the reply code in
-- the address they are answered to; only their hashes are kept. The reply code opens no page: mail servers write
-- addresses into their logs.
create table hub.referral_link (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  token_hash bytea not null unique,
  reply_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened_at timestamptz,
  answered_at timestamptz
);
-- One that works for each referral: every letter about it holds the same.
create unique index referral_link_live on hub.referral_link (referral_id) where revoked_at is null;
create index referral_link_from on hub.referral_link (from_org_id, id);
create index referral_link_to on hub.referral_link (to_org_id, id);
call hub.fence('referral_link', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, update');
-- The sender takes a link back; neither side makes one work that does not.
drop policy referral_link_app on hub.referral_link;
create policy referral_link_read on hub.referral_link for select to hub_app using (from_org_id = hub.org() or to_org_id = hub.org());
create policy referral_link_revoke on hub.referral_link for update to hub_app
  using (from_org_id = hub.org()) with check (from_org_id = hub.org() and revoked_at is not null);
revoke select, update on hub.referral_link from hub_app;
grant select (id, referral_id, from_org_id, to_org_id, created_at, expires_at, revoked_at, opened_at, answered_at) on hub.referral_link to hub_app;
grant update (revoked_at) on hub.referral_link to hub_app;

-- Whether a link works is read from what it hangs on, never from what somebody remembered to write: the referral still
-- lies with this agency, is not withdrawn, ended a fortnight ago at the most, and the consent holds, or the sender decided
-- that the agency goes on with what it was told. What nobody opened yet is not shown when the consent has run out.
-- plpgsql, so that it may name columns of later migrations.
create function hub.referral_link_of(hash bytea, by_reply boolean, at timestamptz)
  returns table (id uuid, referral_id uuid, from_org_id uuid, to_org_id uuid, token_hash bytea)
  language plpgsql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  return query select l.id, l.referral_id, l.from_org_id, l.to_org_id, l.token_hash
  from hub.referral_link l join hub.referral r on r.id = l.referral_id join hub.consent c on c.id = r.consent_id
  where case when by_reply then l.reply_hash = hash else l.token_hash = hash end
    and l.revoked_at is null and l.expires_at > at
    and r.to_org_id = l.to_org_id and r.status not in ('DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR')
    and (r.closed_at is null or r.closed_at > at - interval '14 days')
    and (r.consent_decision is not distinct from 'KEPT'
      or (c.status = 'ACTIVE' and r.consent_ended_at is null
        and (r.seen_at is not null or c.expires_at is null or c.expires_at > at)));
end $$;
revoke all on function hub.referral_link_of from public;
grant execute on function hub.referral_link_of to hub_app, hub_task;

-- Whoever acts by a link works as a role of its own. It reaches the one referral whose token it holds the hash of, and of
-- the other tables only what is public: a table that is not named below does not exist for it. Ordinary callers pay
-- nothing for this, since no policy of theirs changes.
do $$
begin
  perform pg_advisory_xact_lock(hashtext('hub.roles'));
  if not exists (select from pg_roles where rolname = 'hub_link') then create role hub_link nologin; end if;
  execute 'grant hub_link to hub_login';
end $$;
grant usage on schema hub to hub_link;

create function hub.linked() returns uuid language sql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
  select l.referral_id from hub.referral_link_of(decode(coalesce(current_setting('hub.link', true), ''), 'hex'), false,
    coalesce(nullif(current_setting('hub.link_at', true), '')::timestamptz, now())) l $$;
revoke all on function hub.linked from public;
grant execute on function hub.linked to hub_link;

grant select on hub.organization, hub.service, hub.service_at_location, hub.location, hub.address, hub.phone to hub_link;

grant select on hub.referral to hub_link;
grant update (status, reason_code, reason, seen_at, answered_at, closed_at, assigned_to, outcome, outcome_note, enrollment, version, updated_at,
  info_asked_at, info_given_at, waitlist_position, waitlist_expected_on, appointment_at, appointment_place, first_contact_at)
  on hub.referral to hub_link;
create policy referral_link_read on hub.referral for select to hub_link using (id = hub.linked());
create policy referral_link_step on hub.referral for update to hub_link using (id = hub.linked()) with check (id = hub.linked());

grant select, insert on hub.referral_transition, hub.referral_message, hub.referral_contact to hub_link;
create policy referral_transition_link on hub.referral_transition for select to hub_link using (referral_id = hub.linked());
create policy referral_transition_link_add on hub.referral_transition for insert to hub_link
  with check (referral_id = hub.linked() and to_org_id = hub.org() and side = 'TARGET' and by_user_id is null);
create policy referral_message_link on hub.referral_message for select to hub_link using (referral_id = hub.linked());
create policy referral_message_link_add on hub.referral_message for insert to hub_link
  with check (referral_id = hub.linked() and author_org_id = hub.org() and to_org_id = hub.org() and author_user_id is null);
create policy referral_contact_link on hub.referral_contact for select to hub_link using (referral_id = hub.linked());
create policy referral_contact_link_add on hub.referral_contact for insert to hub_link
  with check (referral_id = hub.linked() and to_org_id = hub.org() and by_user_id is null);

grant select (id, referral_id, to_org_id, created_at, expires_at, opened_at, answered_at), update (opened_at, answered_at) on hub.referral_link to hub_link;
create policy referral_link_own on hub.referral_link for select to hub_link using (referral_id = hub.linked());
create policy referral_link_note on hub.referral_link for update to hub_link
  using (referral_id = hub.linked()) with check (referral_id = hub.linked());

-- What was seen, done and refused by a link is written as everything else is, also when the link died meanwhile.
create policy audit_link on hub.audit for insert to hub_link with check (org_id = hub.org() and actor_id is null and via = 'LINK');
grant insert (id, org_id, actor_id, via, roles, action, outcome, entity, entity_id, patient_id, patient_org_id, purpose, consent_id, request_id, detail)
  on hub.audit to hub_link;
