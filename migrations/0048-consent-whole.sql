-- Consent as domain and law have it: who may receive can be a person too, such as a daughter; the words that were shown
-- or read are kept; the event that ends it can be recorded; and when it ends, what was sent on it comes up for a decision.
alter table hub.consent
  add kind text not null default 'AGENCY' check (kind in ('AGENCY', 'FAMILY', 'SUBSTANCE_USE', 'SCREENING')),
  add grantee_related_person_id uuid references hub.related_person,
  -- The whole text in the language of the consent, as it stood on the screen or was read aloud.
  add statement text check (length(statement) between 1 and 10000),
  add read_aloud boolean not null default false,
  add evidence_file_id uuid,
  -- In which legal role a representative decided, as it was that day.
  add grantor_authority text check (grantor_authority in ('PERSONAL_REPRESENTATIVE', 'HEALTH_CARE_PROXY', 'GUARDIAN')),
  add grantor_authority_from date,
  add grantor_authority_to date,
  add event_at timestamptz,
  add event_noted_by uuid references hub.user_account,
  -- The link by which the person revoked it themselves; then revoked_by is null.
  add revoked_by_link uuid;
update hub.consent set kind = 'SUBSTANCE_USE' where 'SUBSTANCE_USE' = any(sensitivities);
alter table hub.consent drop constraint consent_check;
alter table hub.consent add constraint consent_one_grantee
  check (num_nonnulls(grantee_organization_id, grantee_class, grantee_related_person_id) = 1);
alter table hub.consent drop constraint consent_grantee_class_check;
alter table hub.consent add constraint consent_grantee_class_check check (grantee_class in ('COMMUNITY_AGENCIES', 'CARE_PROVIDERS'));
alter table hub.consent drop constraint consent_purpose_check;
alter table hub.consent add constraint consent_purpose_check
  check (purpose in ('REFERRAL', 'CARE_COORDINATION', 'FAMILY_INVOLVEMENT', 'SCREENING'));
create index consent_grantee_person on hub.consent (grantee_related_person_id) where grantee_related_person_id is not null;
create index consent_expiring on hub.consent (expires_at) where status = 'ACTIVE';

-- Facts beside a referral's status.
alter table hub.referral
  -- When the consent it relied on ended while it was open; null again once there is a new one.
  add consent_ended_at timestamptz,
  add consent_decision text check (consent_decision in ('KEPT', 'RENEWED')),
  add consent_decided_at timestamptz,
  add consent_decided_by uuid references hub.user_account,
  -- Whether it holds records of substance use treatment, so that the notice of 42 CFR 2.32 goes with it.
  add part2 boolean not null default false,
  -- What the person said themselves, by their link, beside what the care manager noted.
  add own_word text check (own_word in ('HELPED', 'PARTLY', 'NOT_HELPED')),
  add own_word_note text check (length(own_word_note) between 1 and 1000),
  add own_word_at timestamptz;
update hub.referral set part2 = true where sensitivity = 'SUBSTANCE_USE';
create index referral_undecided on hub.referral (from_org_id, consent_ended_at, id)
  where consent_ended_at is not null and consent_decision is null;
grant update (consent_decision, consent_decided_at, consent_decided_by) on hub.referral to hub_app;

-- What the agency had not answered when the consent ended, it sees no more.
drop policy referral_read on hub.referral;
create policy referral_read on hub.referral for select to hub_app using (
  from_org_id = hub.org()
  or (to_org_id = hub.org() and status <> 'DRAFT' and (consent_ended_at is null or answered_at is not null)));
drop policy referral_step on hub.referral;
create policy referral_step on hub.referral for update to hub_app
  using (from_org_id = hub.org()
    or (to_org_id = hub.org() and status <> 'DRAFT' and (consent_ended_at is null or answered_at is not null)))
  with check (from_org_id = hub.org() or (to_org_id = hub.org() and status <> 'DRAFT'));
drop policy referral_message_read on hub.referral_message;
create policy referral_message_read on hub.referral_message for select to hub_app using (
  from_org_id = hub.org()
  or (to_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id)));

-- In the same moment as the consent, whoever ends it and by whatever way.
create function hub.consent_ends() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.referral r
     set consent_ended_at = coalesce(new.revoked_at, new.event_at, new.expires_at, new.starts_at),
         consent_decision = null, consent_decided_at = null, consent_decided_by = null, version = r.version + 1
   where r.patient_id = new.patient_id and r.consent_id = new.id and r.consent_ended_at is null
     and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD');
  return null;
end $$;
revoke all on function hub.consent_ends from public;
create trigger consent_ends after update of status, event_at on hub.consent for each row
  when ((old.status = 'ACTIVE' and new.status <> 'ACTIVE') or (old.event_at is null and new.event_at is not null))
  execute function hub.consent_ends();

-- A referral goes on with a new consent of the same person. The app may not write consent_id itself: what a referral was
-- sent on stays as it was, in its disclosures.
create function hub.renew_consent(referral uuid, consent uuid, person uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.referral r
     set consent_id = renew_consent.consent, consent_ended_at = null, consent_decision = 'RENEWED', consent_decided_at = at,
         consent_decided_by = person, updated_at = at, version = r.version + 1
   where r.id = renew_consent.referral and r.from_org_id = hub.org() and r.consent_ended_at is not null
     and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')
     and exists (select from hub.consent c where c.id = renew_consent.consent and c.patient_id = r.patient_id
       and c.care_org_id = r.from_org_id and c.status = 'ACTIVE');
  return found;
end $$;
revoke all on function hub.renew_consent from public;
grant execute on function hub.renew_consent to hub_app;

-- A disclosure may go to a person, and says whether the notice of 42 CFR 2.32 went with it.
alter table hub.disclosure
  alter recipient_org_id drop not null,
  add recipient_related_person_id uuid references hub.related_person,
  -- A representative is told by authority, not by consent.
  alter consent_id drop not null,
  add notice boolean not null default false,
  add constraint disclosure_recipient check (num_nonnulls(recipient_org_id, recipient_related_person_id) = 1),
  add constraint disclosure_basis check (consent_id is not null or recipient_related_person_id is not null);
