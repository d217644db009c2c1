-- How to reach a person safely, so that a machine can obey it.
alter table hub.patient
  -- [{"days": ["MO", …], "from": "09:00", "to": "17:00"}] in the patient's own time; null for any time.
  add contact_windows jsonb check (jsonb_typeof(contact_windows) = 'array'),
  add time_zone text,
  -- Not this number, not this address: others read or hear what comes there.
  add phone_safe boolean not null default true,
  add email_safe boolean not null default true;
grant update (contact_windows, time_zone, phone_safe, email_safe) on hub.patient to hub_patient;

-- Letters and texts to patients and the people around them: each waits here until it may go, or until somebody decides.
create table hub.patient_letter (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  related_person_id uuid references hub.related_person,
  kind text not null,
  -- What it is about, such as a link; never whom.
  about_id uuid,
  way text check (way in ('EMAIL', 'TEXT')),
  state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'HELD', 'DROPPED')),
  why text,
  not_before timestamptz,
  created_by uuid references hub.user_account,
  created_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid references hub.user_account
);
create index patient_letter_patient on hub.patient_letter (patient_id, id);
create index patient_letter_held on hub.patient_letter (care_org_id, id) where state = 'HELD';
create index patient_letter_owner on hub.patient_letter (care_org_id, id);
call hub.fence('patient_letter', 'care_org_id = hub.org()', 'select, insert, update');
