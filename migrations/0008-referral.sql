-- The FHIR Task for referral management. Both sides' organizations stand in every row: plain equality on an indexed
-- column is the fence, and each list says its own side.
create table hub.referral (
  id uuid primary key,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  service_id uuid not null references hub.service,
  service_at_location_id uuid references hub.service_at_location on delete set null,
  status text not null check (status in ('DRAFT', 'REQUESTED', 'ACCEPTED', 'REJECTED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'FAILED', 'CANCELLED', 'ENTERED_IN_ERROR')),
  reason_code text,
  reason text,
  priority text not null default 'ROUTINE' check (priority in ('ROUTINE', 'URGENT')),
  categories text[] not null,
  sensitivity text not null default 'NONE',
  request text,
  consent_id uuid not null references hub.consent,
  -- what the agency may read about the person, copied when sent; shown to the sender before
  shared jsonb not null,
  patient_label text not null,
  sent_by uuid not null references hub.user_account,
  sent_by_name text not null,
  sent_at timestamptz,
  seen_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  answer_due_at timestamptz,
  assigned_to uuid references hub.user_account,
  outcome text check (outcome in ('HELP_RECEIVED', 'PARTLY_HELPED', 'REFERRED_ON', 'INFORMATION_GIVEN')),
  outcome_note text,
  enrollment text check (enrollment in ('ENROLLED', 'NOT_ENROLLED', 'WAITLIST')),
  patient_confirmation text check (patient_confirmation in ('HELPED', 'PARTLY', 'NOT_HELPED', 'COULD_NOT_ASK')),
  patient_confirmed_at timestamptz,
  patient_confirmed_by uuid references hub.user_account,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index referral_inbox on hub.referral (to_org_id, status, answer_due_at, id);
create index referral_inbox_recent on hub.referral (to_org_id, sent_at desc, id desc);
create index referral_sent on hub.referral (from_org_id, status, answer_due_at, id);
create index referral_sent_recent on hub.referral (from_org_id, sent_at desc, id desc);
create index referral_patient on hub.referral (patient_id, created_at desc, id desc);
create index referral_service on hub.referral (service_id, id);
call hub.fence('referral', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert, update');

create table hub.referral_need (
  referral_id uuid not null references hub.referral,
  need_id uuid not null references hub.need,
  from_org_id uuid not null references hub.organization,
  primary key (referral_id, need_id)
);
create index referral_need_need on hub.referral_need (need_id);
create index referral_need_owner on hub.referral_need (from_org_id, referral_id);
call hub.fence('referral_need', 'from_org_id = hub.org()', 'select, insert');

-- Every change of state, kept: append-only for the app.
create table hub.referral_transition (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  from_status text,
  to_status text not null,
  reason_code text,
  reason text,
  side text not null check (side in ('REQUESTER', 'TARGET')),
  by_user_id uuid references hub.user_account,
  by_name text not null,
  at timestamptz not null
);
create index referral_transition_referral on hub.referral_transition (referral_id, at, id);
create index referral_transition_from on hub.referral_transition (from_org_id, id);
create index referral_transition_to on hub.referral_transition (to_org_id, id);
call hub.fence('referral_transition', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert');

create table hub.referral_message (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  author_org_id uuid not null references hub.organization,
  author_user_id uuid references hub.user_account,
  author_name text not null,
  body text not null check (length(body) between 1 and 4000),
  at timestamptz not null
);
create index referral_message_referral on hub.referral_message (referral_id, at, id);
create index referral_message_from on hub.referral_message (from_org_id, id);
create index referral_message_to on hub.referral_message (to_org_id, id);
call hub.fence('referral_message', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert');

-- Each disclosure names the consent it relied on.
create table hub.disclosure (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  recipient_org_id uuid not null references hub.organization,
  referral_id uuid references hub.referral,
  consent_id uuid not null references hub.consent,
  categories text[] not null,
  fields text[] not null,
  purpose text not null,
  at timestamptz not null
);
create index disclosure_patient on hub.disclosure (patient_id, at desc);
create index disclosure_owner on hub.disclosure (care_org_id, id);
call hub.fence('disclosure', 'care_org_id = hub.org()', 'select, insert');
