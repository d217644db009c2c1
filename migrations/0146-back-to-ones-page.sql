-- Somebody who asked for themselves and lost the link of their page: a code goes to the address or number they gave
-- before. Such a request names no service.
alter table hub.self_request alter column service_id drop not null;
-- The few people of this one organization, by how they were reached.
create index patient_self_email on hub.patient (lower(email)) where care_org_id = '00000000-0000-7000-8000-5e1f00000001';
create index patient_self_phone on hub.patient (phone) where care_org_id = '00000000-0000-7000-8000-5e1f00000001';

-- Until when the link works by which a page is open: its reader is told.
create policy help_link_own on hub.help_link for select to hub_patient
  using (patient_id = hub.subject() and care_org_id = hub.org() and related_person_id is null);
create policy help_link_near on hub.help_link for select to hub_caregiver
  using (patient_id = hub.subject() and care_org_id = hub.org() and related_person_id = hub.relative());
grant select (id, care_org_id, patient_id, related_person_id, expires_at) on hub.help_link to hub_patient, hub_caregiver;
