-- What a patient wants to reach, after SDOHCC-Goal, and who agreed that a need is there.
alter table hub.need add column agreed_by text check (agreed_by in ('PATIENT', 'RELATED_PERSON'));

create table hub.goal (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  -- Which need it addresses; it is of the same patient.
  need_id uuid not null references hub.need,
  category text not null,
  description text not null check (length(description) between 1 and 300),
  -- SNOMED CT of the description, LOINC of the measure and its answer, where the guide has them.
  description_snomed text,
  measure_loinc text,
  measure_detail text,
  target_on date,
  lifecycle text not null check (lifecycle in ('PROPOSED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CANCELLED', 'ENTERED_IN_ERROR')),
  achievement text not null check (achievement in ('IN_PROGRESS', 'IMPROVING', 'WORSENING', 'NO_CHANGE', 'ACHIEVED', 'SUSTAINING', 'NOT_ACHIEVED', 'NO_PROGRESS', 'NOT_ATTAINABLE')),
  achievement_on timestamptz not null,
  started_at timestamptz not null,
  created_by uuid references hub.user_account,
  version integer not null default 1,
  updated_at timestamptz not null
);
create index goal_patient on hub.goal (patient_id, started_at desc, id desc);
create index goal_owner on hub.goal (care_org_id, lifecycle);
create index goal_need on hub.goal (need_id);
call hub.fence('goal', 'care_org_id = hub.org()', 'select, insert, update');
