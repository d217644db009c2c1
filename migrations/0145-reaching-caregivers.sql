-- Somebody around a patient is reached by their own way, in their own hours and by their own clock, and changes that on
-- their own page.
alter table hub.related_person
  -- Null when nobody said: by text where there is a number, else by mail.
  add column contact_method text check (contact_method in ('PHONE', 'TEXT', 'EMAIL', 'MAIL', 'NONE')),
  add column contact_windows jsonb check (jsonb_typeof(contact_windows) = 'array'),
  add column time_zone text,
  add column phone_safe boolean not null default true,
  add column email_safe boolean not null default true,
  add column voicemail_ok boolean not null default false;

grant select (phone, email, language, contact_method, contact_windows, time_zone, phone_safe, email_safe, voicemail_ok, version, ended_at)
  on hub.related_person to hub_caregiver;
grant update (language, contact_method, contact_windows, phone_safe, email_safe, voicemail_ok, version) on hub.related_person to hub_caregiver;
create policy related_person_own_contact on hub.related_person for update to hub_caregiver
  using (id = hub.relative() and patient_id = hub.subject() and care_org_id = hub.org())
  with check (id = hub.relative() and patient_id = hub.subject() and care_org_id = hub.org());
