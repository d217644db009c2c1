-- People who are served. care_org_id, the owner, is in every table, leads every index that matters and is the fence.
create table hub.patient (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  given_name text not null check (length(given_name) between 1 and 100),
  family_name text not null check (length(family_name) between 1 and 100),
  preferred_name text,
  birth_date date not null,
  gender text,
  pronouns text,
  language text not null default 'en',
  interpreter_needed boolean not null default false,
  phone text,
  email text,
  address_1 text,
  address_2 text,
  city text,
  state text,
  zip text,
  county text,
  -- how to reach them safely
  contact_method text not null default 'PHONE' check (contact_method in ('PHONE', 'TEXT', 'EMAIL', 'MAIL', 'NONE')),
  voicemail_ok boolean not null default false,
  contact_times text,
  contact_note text,
  what_matters text,
  -- facts that eligibility rules ask for; null = not known
  household_size integer check (household_size between 1 and 30),
  annual_income_cents bigint check (annual_income_cents >= 0),
  is_veteran boolean,
  has_disability boolean,
  is_caregiver boolean,
  child_birth_dates date[],
  insurance text[],
  risk text not null default 'LOW' check (risk in ('LOW', 'RISING', 'HIGH')),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE', 'DECEASED')),
  external_id text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (care_org_id, external_id)
);
create index patient_panel on hub.patient (care_org_id, family_name, given_name, id);
create index patient_name_trgm on hub.patient using gin (care_org_id, hub.fold(given_name || ' ' || family_name) gin_trgm_ops);
call hub.fence('patient', 'care_org_id = hub.org()', 'select, insert, update');

create table hub.related_person (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  name text not null,
  relationship text not null,
  phone text,
  email text,
  language text not null default 'en',
  is_caregiver boolean not null default false,
  authority text not null default 'NONE' check (authority in ('NONE', 'PERSONAL_REPRESENTATIVE', 'HEALTH_CARE_PROXY', 'GUARDIAN')),
  authority_from date,
  authority_to date,
  contact_note text,
  ended_at timestamptz,
  created_at timestamptz not null default now()
);
create index related_person_patient on hub.related_person (patient_id, id);
create index related_person_owner on hub.related_person (care_org_id, id);
call hub.fence('related_person', 'care_org_id = hub.org()', 'select, insert, update');

create table hub.assignment (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  user_id uuid not null references hub.user_account,
  starts_at timestamptz not null default now(),
  ends_at timestamptz
);
create unique index assignment_current on hub.assignment (patient_id) where ends_at is null;
create index assignment_user on hub.assignment (care_org_id, user_id, patient_id) where ends_at is null;
call hub.fence('assignment', 'care_org_id = hub.org()', 'select, insert, update');

create table hub.coverage (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  plan_org_id uuid not null references hub.organization,
  member_id text not null,
  product_line text not null check (product_line in ('COMMERCIAL', 'MEDICAID', 'MEDICARE', 'EXCHANGE')),
  starts_on date not null,
  ends_on date,
  check (ends_on is null or ends_on >= starts_on)
);
create index coverage_patient on hub.coverage (patient_id, starts_on);
create index coverage_plan on hub.coverage (plan_org_id, patient_id);
create index coverage_owner on hub.coverage (care_org_id, id);
call hub.fence('coverage', 'care_org_id = hub.org()', 'select, insert, update');

create table hub.consent (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'REVOKED', 'ENTERED_IN_ERROR')),
  grantor text not null check (grantor in ('PATIENT', 'PERSONAL_REPRESENTATIVE')),
  grantor_related_person_id uuid references hub.related_person,
  grantee_organization_id uuid references hub.organization,
  grantee_class text check (grantee_class in ('COMMUNITY_AGENCIES')),
  categories text[] not null,
  sensitivities text[] not null default '{}',
  purpose text not null check (purpose in ('REFERRAL', 'CARE_COORDINATION')),
  method text not null check (method in ('SIGNATURE', 'PAPER', 'VERBAL_WITNESSED')),
  evidence text,
  witness text,
  language text not null default 'en',
  starts_at timestamptz not null,
  expires_at timestamptz,
  expiry_event text,
  part2 jsonb,
  recorded_by uuid not null references hub.user_account,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid references hub.user_account,
  revoke_reason text,
  version integer not null default 1,
  check ((grantee_organization_id is null) <> (grantee_class is null)),
  check (expires_at is not null or expiry_event is not null)
);
create index consent_patient on hub.consent (patient_id, created_at desc);
create index consent_owner on hub.consent (care_org_id, id);
call hub.fence('consent', 'care_org_id = hub.org()', 'select, insert, update');
