-- What became of help, on the page of the person it is for: steps and attempts to reach them without anybody's words, and
-- what the care team asked for by phone. Somebody around the person has no right to these tables.
create policy referral_transition_own on hub.referral_transition for select to hub_patient
  using (from_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id));
grant select (id, referral_id, from_org_id, to_status, reason_code, at) on hub.referral_transition to hub_patient;
create policy referral_contact_own on hub.referral_contact for select to hub_patient
  using (from_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id));
grant select (id, referral_id, from_org_id, how, reached, at) on hub.referral_contact to hub_patient;
create policy off_platform_referral_own on hub.off_platform_referral for select to hub_patient
  using (patient_id = hub.subject() and care_org_id = hub.org() and status <> 'ENTERED_IN_ERROR');
grant select (id, care_org_id, patient_id, service_id, agency_name, how, status, sensitivity, categories, made_at) on hub.off_platform_referral to hub_patient;
create policy off_platform_step_own on hub.off_platform_step for select to hub_patient
  using (care_org_id = hub.org() and exists (select from hub.off_platform_referral o where o.id = referral_id));
grant select (id, referral_id, care_org_id, status, reason_code, at) on hub.off_platform_step to hub_patient;
