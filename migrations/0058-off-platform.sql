-- Help that was asked for outside the hub: by phone, in person, on a website. Rows of their own, so that no agency can
-- ever see them, no clock, link or letter starts from them, and they are counted apart.
create table hub.off_platform_referral (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  service_id uuid references hub.service,
  -- Who was asked, when the directory does not know them.
  agency_name text check (length(agency_name) between 1 and 200),
  how text not null check (how in ('PHONE', 'IN_PERSON', 'EMAIL', 'FAX', 'WEBSITE', 'PERSON_ASKS')),
  status text not null check (status in ('ASKED', 'ACCEPTED', 'WAITLIST', 'DECLINED', 'HELPED', 'NOT_HELPED', 'ENTERED_IN_ERROR')),
  reason_code text,
  note text check (length(note) <= 1000),
  -- What the agency was told of the person, and by whom.
  told text not null check (told in ('NOTHING', 'WITH_CONSENT', 'PERSON_SPOKE')),
  consent_id uuid references hub.consent,
  categories text[] not null,
  sensitivity text not null default 'NONE',
  patient_confirmation text check (patient_confirmation in ('HELPED', 'PARTLY', 'NOT_HELPED', 'COULD_NOT_ASK')),
  patient_confirmed_at timestamptz,
  made_by uuid not null references hub.user_account,
  made_by_name text not null,
  made_at timestamptz not null,
  answered_at timestamptz,
  closed_at timestamptz,
  version integer not null default 1,
  updated_at timestamptz not null,
  check ((service_id is null) <> (agency_name is null)),
  check ((told = 'WITH_CONSENT') = (consent_id is not null))
);
create index off_platform_referral_patient on hub.off_platform_referral (patient_id, made_at desc, id desc);
create index off_platform_referral_owner on hub.off_platform_referral (care_org_id, made_at desc, id desc);
create index off_platform_referral_service on hub.off_platform_referral (service_id);
call hub.fence('off_platform_referral', 'care_org_id = hub.org()', 'select, insert, update');

create table hub.off_platform_need (
  referral_id uuid not null references hub.off_platform_referral,
  need_id uuid not null references hub.need,
  care_org_id uuid not null references hub.organization,
  primary key (referral_id, need_id)
);
create index off_platform_need_need on hub.off_platform_need (need_id);
create index off_platform_need_owner on hub.off_platform_need (care_org_id, referral_id);
call hub.fence('off_platform_need', 'care_org_id = hub.org()', 'select, insert');

-- Every change of state, kept.
create table hub.off_platform_step (
  id uuid primary key,
  referral_id uuid not null references hub.off_platform_referral,
  care_org_id uuid not null references hub.organization,
  status text not null,
  reason_code text,
  note text,
  by_user_id uuid references hub.user_account,
  by_name text not null,
  at timestamptz not null
);
create index off_platform_step_referral on hub.off_platform_step (referral_id, at, id);
create index off_platform_step_owner on hub.off_platform_step (care_org_id, id);
call hub.fence('off_platform_step', 'care_org_id = hub.org()', 'select, insert');

alter table hub.disclosure add column off_platform_id uuid references hub.off_platform_referral;
create index disclosure_off_platform on hub.disclosure (off_platform_id) where off_platform_id is not null;

-- What somebody has set themselves to do about a patient by a day: call the agency again, ask the patient.
create table hub.follow_up (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  referral_id uuid references hub.referral,
  off_platform_id uuid references hub.off_platform_referral,
  kind text not null check (kind in ('CALL_AGENCY', 'CHECK_IN', 'OTHER')),
  due_on date not null,
  assigned_to uuid references hub.user_account,
  note text check (length(note) <= 1000),
  made_by uuid not null references hub.user_account,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references hub.user_account,
  result text check (result in ('DONE', 'REACHED', 'NOT_REACHED', 'NO_LONGER_NEEDED')),
  result_note text check (length(result_note) <= 1000),
  version integer not null default 1,
  check (referral_id is null or off_platform_id is null),
  check ((done_at is null) = (result is null))
);
create index follow_up_open on hub.follow_up (care_org_id, due_on, id) include (assigned_to, patient_id) where done_at is null;
create index follow_up_mine on hub.follow_up (assigned_to, due_on, id) where done_at is null;
create index follow_up_patient on hub.follow_up (patient_id, due_on desc, id desc);
create index follow_up_off_platform on hub.follow_up (off_platform_id) where off_platform_id is not null;
create index follow_up_referral on hub.follow_up (referral_id) where referral_id is not null;
call hub.fence('follow_up', 'care_org_id = hub.org()', 'select, insert, update');
