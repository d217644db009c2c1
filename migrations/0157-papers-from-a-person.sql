-- Papers that a person, or somebody around them, sends the care team from their own page. They belong to the record: an
-- agency sees one only once the care team has passed it on, as a file of a message.
create table hub.person_paper (
  file_id uuid primary key references hub.stored_file,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  -- Who sent it, when it was not the person.
  related_person_id uuid references hub.related_person,
  what text not null check (what in ('SIGNED', 'FORM', 'PROOF', 'OTHER')),
  -- Which help it is about, as its sender said.
  referral_id uuid references hub.referral,
  note text check (length(note) between 1 and 500),
  -- Off the page until private matters are asked for.
  private boolean not null,
  name text not null check (length(name) between 1 and 200),
  type text not null check (length(type) between 3 and 100),
  bytes integer not null check (bytes > 0),
  sent_at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid references hub.user_account,
  -- The consent that it proves; only a member of the care team says so.
  consent_id uuid references hub.consent,
  confirmed_at timestamptz,
  confirmed_by uuid references hub.user_account,
  check ((consent_id is null) = (confirmed_at is null)),
  check (related_person_id is null or not private)
);
create index person_paper_patient on hub.person_paper (patient_id, sent_at desc, file_id desc);
create index person_paper_new on hub.person_paper (care_org_id, sent_at, file_id) where seen_at is null;
create index person_paper_owner on hub.person_paper (care_org_id, file_id);
create index person_paper_referral on hub.person_paper (referral_id) where referral_id is not null;
create index person_paper_consent on hub.person_paper (consent_id) where consent_id is not null;
create index person_paper_relative on hub.person_paper (related_person_id) where related_person_id is not null;
call hub.fence('person_paper', 'care_org_id = hub.org()', 'select');
grant update (seen_at, seen_by, consent_id, confirmed_at, confirmed_by) on hub.person_paper to hub_app;
-- What a paper says is in no column, so in an emergency it stays closed like records of treatment.
create policy protected on hub.person_paper as restrictive to hub_app using (not (patient_id = any ((select hub.closed_part2())::uuid[])));

-- The person reads all that came by their page and by those of their family; somebody around them what they sent themselves.
-- Both add only as themselves, about help that they see, and take back what nobody has looked at.
create policy person_paper_own on hub.person_paper for select to hub_patient
  using (patient_id = hub.subject() and care_org_id = hub.org());
create policy person_paper_own_add on hub.person_paper for insert to hub_patient with check (
  patient_id = hub.subject() and care_org_id = hub.org() and care_org_id <> hub.self_org() and related_person_id is null
  and seen_at is null and consent_id is null
  and (referral_id is null or exists (select from hub.referral r where r.id = referral_id))
  and exists (select from hub.stored_file f where f.id = file_id and f.attached_at is not null));
create policy person_paper_own_back on hub.person_paper for delete to hub_patient
  using (patient_id = hub.subject() and care_org_id = hub.org() and related_person_id is null and seen_at is null);
create policy person_paper_near on hub.person_paper for select to hub_caregiver
  using (patient_id = hub.subject() and care_org_id = hub.org() and related_person_id = hub.relative());
create policy person_paper_near_add on hub.person_paper for insert to hub_caregiver with check (
  patient_id = hub.subject() and care_org_id = hub.org() and related_person_id = hub.relative()
  and seen_at is null and consent_id is null
  and (referral_id is null or exists (select from hub.referral r where r.id = referral_id))
  and exists (select from hub.stored_file f where f.id = file_id and f.attached_at is not null));
create policy person_paper_near_back on hub.person_paper for delete to hub_caregiver
  using (patient_id = hub.subject() and care_org_id = hub.org() and related_person_id = hub.relative() and seen_at is null);
grant select (file_id, care_org_id, patient_id, related_person_id, what, referral_id, note, private, name, type, bytes, sent_at, seen_at, consent_id, confirmed_at),
  insert (file_id, care_org_id, patient_id, related_person_id, what, referral_id, note, private, name, type, bytes, sent_at), delete
  on hub.person_paper to hub_patient, hub_caregiver;

-- A file belongs to the links of one reader: a newer link of the same person attaches nothing that came by an older one.
do $$
declare
  r text;
  own constant text := 'org_id = hub.org() and kind = ''person-paper'' and link_id in (select l.id from hub.help_link l
    where l.patient_id = hub.subject() and l.care_org_id = hub.org() and l.related_person_id is not distinct from hub.relative())';
begin
  foreach r in array array['hub_patient', 'hub_caregiver'] loop
    execute format('grant select (id, org_id, kind, name, type, bytes, sha256, link_id, created_at, attached_at), update (attached_at) on hub.stored_file to %I', r);
    execute format('grant insert on hub.stored_file to %I', r);
    execute format('create policy %I on hub.stored_file for select to %I using (%s)', 'stored_file_' || r, r, own);
    execute format('create policy %I on hub.stored_file for insert to %I with check (%s and created_by is null and attached_at is null)',
      'stored_file_add_' || r, r, own);
    execute format('create policy %I on hub.stored_file for update to %I using (%s) with check (%s)', 'stored_file_attach_' || r, r, own, own);
  end loop;
end $$;

-- The same paper may be passed on to more than one agency: a proof of income opens several doors.
alter table hub.referral_file drop constraint referral_file_pkey;
alter table hub.referral_file add constraint referral_file_pkey primary key (file_id, message_id);
