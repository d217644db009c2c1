-- Instruments are data; an answered screening keeps the version it was asked with.
create table hub.instrument (
  key text not null,
  version text not null,
  title text not null,
  panel_loinc text,
  body jsonb not null,
  active boolean not null default true,
  primary key (key, version)
);
grant select on hub.instrument to hub_app;
grant select, insert, update on hub.instrument to hub_task;

create table hub.screening (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  instrument_key text not null,
  instrument_version text not null,
  status text not null default 'IN_PROGRESS' check (status in ('IN_PROGRESS', 'COMPLETED', 'ENTERED_IN_ERROR')),
  answered_by text not null default 'PATIENT' check (answered_by in ('PATIENT', 'RELATED_PERSON')),
  language text not null default 'en',
  age_years integer not null,
  scores jsonb not null default '[]',
  started_by uuid not null references hub.user_account,
  started_at timestamptz not null,
  completed_by uuid references hub.user_account,
  completed_at timestamptz,
  version integer not null default 1,
  foreign key (instrument_key, instrument_version) references hub.instrument
);
create index screening_patient on hub.screening (patient_id, started_at desc, id desc);
create index screening_owner on hub.screening (care_org_id, started_at desc, id desc);
call hub.fence('screening', 'care_org_id = hub.org()', 'select, insert, update');

-- absent_reason follows FHIR's dataAbsentReason: declined and not asked are different facts.
create table hub.screening_answer (
  screening_id uuid not null references hub.screening,
  link_id text not null,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null,
  question_loinc text not null,
  answer_codes text[] not null default '{}',
  value_number numeric,
  value_text text,
  absent_reason text check (absent_reason in ('ASKED_DECLINED', 'NOT_ASKED')),
  absent_text text,
  answered_at timestamptz not null,
  primary key (screening_id, link_id)
);
create index screening_answer_owner on hub.screening_answer (care_org_id, screening_id);
call hub.fence('screening_answer', 'care_org_id = hub.org()', 'select, insert, update, delete');

create table hub.need (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  screening_id uuid references hub.screening,
  category text not null,
  sensitivity text not null default 'NONE' check (sensitivity in ('NONE', 'INTIMATE_PARTNER_VIOLENCE', 'SUBSTANCE_USE', 'BEHAVIORAL_HEALTH', 'HIV', 'IMMIGRATION_LEGAL')),
  label text not null,
  status text not null default 'POSSIBLE' check (status in ('POSSIBLE', 'CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED', 'REFUTED', 'ENTERED_IN_ERROR')),
  wants_help boolean,
  evidence jsonb not null default '[]',
  icd10cm text,
  snomed text,
  identified_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_by uuid references hub.user_account,
  resolved_at timestamptz,
  note text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index need_patient on hub.need (patient_id, identified_at desc, id desc);
create index need_owner on hub.need (care_org_id, status, id);
create index need_screening on hub.need (screening_id);
call hub.fence('need', 'care_org_id = hub.org()', 'select, insert, update');
