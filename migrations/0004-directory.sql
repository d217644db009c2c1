-- HSDS 3.1.3, table by table in the standard's own names, and what the hub adds. Public data: no row security here
-- (a test keeps the list); writing goes through permissions. source_id + source_key say where an imported row came from.
create table hub.program (
  id uuid primary key,
  organization_id uuid not null references hub.organization on delete cascade,
  name text not null,
  alternate_name text,
  description text not null default '',
  source_id uuid references hub.import_source, source_key text
);
create index program_organization on hub.program (organization_id, id);

create table hub.organization_identifier (
  id uuid primary key,
  organization_id uuid not null references hub.organization on delete cascade,
  identifier_scheme text,
  identifier_type text not null,
  identifier text not null,
  source_id uuid references hub.import_source, source_key text
);
create index organization_identifier_organization on hub.organization_identifier (organization_id, id);

create table hub.service (
  id uuid primary key,
  organization_id uuid not null references hub.organization,
  program_id uuid references hub.program on delete set null,
  name text not null check (length(name) between 1 and 500),
  alternate_name text,
  description text,
  url text,
  email text,
  status text not null default 'active' check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
  interpretation_services text,
  application_process text,
  fees_description text,
  wait_time text,
  fees text,
  accreditations text,
  eligibility_description text,
  minimum_age numeric check (minimum_age >= 0),
  maximum_age numeric check (maximum_age >= 0),
  assured_date date,
  assurer_email text,
  licenses text,
  alert text,
  last_modified timestamptz not null default now(),
  -- the hub's own
  categories text[] not null default '{}',
  eligibility_rules jsonb not null default '[]',
  takes_referrals boolean not null default false,
  referral_email text,
  time_zone text,
  is_free boolean,
  capacity_status text check (capacity_status in ('CAPACITY', 'NO_CAPACITY', 'WAITLIST', 'ASSESSMENT_REQUIRED')),
  capacity_note text,
  capacity_updated_at timestamptz,
  sensitivity text not null default 'NONE' check (sensitivity in ('NONE', 'INTIMATE_PARTNER_VIOLENCE', 'SUBSTANCE_USE', 'BEHAVIORAL_HEALTH', 'HIV', 'IMMIGRATION_LEGAL')),
  verified_by_user_id uuid,
  verified_at timestamptz,
  next_verification_on date,
  source_id uuid references hub.import_source, source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index service_organization on hub.service (organization_id, id);
create index service_program on hub.service (program_id);
create index service_verification on hub.service (next_verification_on, id) where status = 'active';
create index service_name on hub.service (name, id);
create index service_source on hub.service (source_id, source_key);

create table hub.location (
  id uuid primary key,
  organization_id uuid references hub.organization on delete cascade,
  location_type text not null default 'physical' check (location_type in ('physical', 'postal', 'virtual')),
  url text,
  name text,
  alternate_name text,
  description text,
  transportation text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  external_identifier text,
  external_identifier_type text,
  source_id uuid references hub.import_source, source_key text
);
create index location_organization on hub.location (organization_id, id);

create table hub.service_at_location (
  id uuid primary key,
  service_id uuid not null references hub.service on delete cascade,
  location_id uuid not null references hub.location on delete cascade,
  description text,
  source_id uuid references hub.import_source, source_key text,
  unique (service_id, location_id)
);
create index service_at_location_location on hub.service_at_location (location_id);

create table hub.address (
  id uuid primary key,
  location_id uuid references hub.location on delete cascade,
  attention text,
  address_1 text not null,
  address_2 text,
  city text not null,
  region text,
  state_province text not null,
  postal_code text not null,
  country text not null default 'US',
  address_type text not null default 'physical' check (address_type in ('physical', 'postal', 'virtual')),
  source_id uuid references hub.import_source, source_key text
);
create index address_location on hub.address (location_id);
create index address_postal_code on hub.address (postal_code);

create table hub.contact (
  id uuid primary key,
  organization_id uuid references hub.organization on delete cascade,
  service_id uuid references hub.service on delete cascade,
  service_at_location_id uuid references hub.service_at_location on delete cascade,
  location_id uuid references hub.location on delete cascade,
  name text,
  title text,
  department text,
  email text,
  source_id uuid references hub.import_source, source_key text
);
create index contact_organization on hub.contact (organization_id);
create index contact_service on hub.contact (service_id);
create index contact_service_at_location on hub.contact (service_at_location_id);
create index contact_location on hub.contact (location_id);

create table hub.phone (
  id uuid primary key,
  location_id uuid references hub.location on delete cascade,
  service_id uuid references hub.service on delete cascade,
  organization_id uuid references hub.organization on delete cascade,
  contact_id uuid references hub.contact on delete cascade,
  service_at_location_id uuid references hub.service_at_location on delete cascade,
  number text not null,
  extension text,
  type text,
  description text,
  e164 text,
  source_id uuid references hub.import_source, source_key text
);
create index phone_location on hub.phone (location_id);
create index phone_service on hub.phone (service_id);
create index phone_organization on hub.phone (organization_id);
create index phone_contact on hub.phone (contact_id);
create index phone_service_at_location on hub.phone (service_at_location_id);

create table hub.schedule (
  id uuid primary key,
  service_id uuid references hub.service on delete cascade,
  location_id uuid references hub.location on delete cascade,
  service_at_location_id uuid references hub.service_at_location on delete cascade,
  valid_from date,
  valid_to date,
  dtstart date,
  timezone numeric,
  until date,
  count integer,
  wkst text check (wkst in ('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')),
  freq text check (freq in ('WEEKLY', 'MONTHLY')),
  interval integer check (interval > 0),
  byday text,
  byweekno text,
  bymonthday text,
  byyearday text,
  description text,
  opens_at text,
  closes_at text,
  schedule_link text,
  attending_type text,
  notes text,
  source_id uuid references hub.import_source, source_key text
);
create index schedule_service on hub.schedule (service_id);
create index schedule_location on hub.schedule (location_id);
create index schedule_service_at_location on hub.schedule (service_at_location_id);

create table hub.service_area (
  id uuid primary key,
  service_id uuid references hub.service on delete cascade,
  service_at_location_id uuid references hub.service_at_location on delete cascade,
  name text,
  description text,
  extent text,
  extent_type text,
  uri text,
  -- the hub's own: what the area covers, e.g. 'US', 'state:MD', 'county:MD/Howard', 'zip:21044'; empty when only prose
  covers text[] not null default '{}',
  source_id uuid references hub.import_source, source_key text
);
create index service_area_service on hub.service_area (service_id);
create index service_area_service_at_location on hub.service_area (service_at_location_id);

create table hub.cost_option (
  id uuid primary key,
  service_id uuid not null references hub.service on delete cascade,
  valid_from date,
  valid_to date,
  option text,
  currency text,
  amount numeric,
  amount_description text,
  source_id uuid references hub.import_source, source_key text
);
create index cost_option_service on hub.cost_option (service_id);

create table hub.required_document (
  id uuid primary key,
  service_id uuid references hub.service on delete cascade,
  document text,
  uri text,
  source_id uuid references hub.import_source, source_key text
);
create index required_document_service on hub.required_document (service_id);

create table hub.funding (
  id uuid primary key,
  organization_id uuid references hub.organization on delete cascade,
  service_id uuid references hub.service on delete cascade,
  source text,
  source_id uuid references hub.import_source, source_key text
);
create index funding_organization on hub.funding (organization_id);
create index funding_service on hub.funding (service_id);

create table hub.language (
  id uuid primary key,
  service_id uuid references hub.service on delete cascade,
  location_id uuid references hub.location on delete cascade,
  phone_id uuid references hub.phone on delete cascade,
  name text,
  code text,
  note text,
  source_id uuid references hub.import_source, source_key text
);
create index language_service on hub.language (service_id);
create index language_location on hub.language (location_id);
create index language_phone on hub.language (phone_id);

create table hub.accessibility (
  id uuid primary key,
  location_id uuid references hub.location on delete cascade,
  description text,
  details text,
  url text,
  source_id uuid references hub.import_source, source_key text
);
create index accessibility_location on hub.accessibility (location_id);

create table hub.unit (
  id uuid primary key,
  name text not null,
  scheme text,
  identifier text,
  uri text,
  source_id uuid references hub.import_source, source_key text
);
create table hub.service_capacity (
  id uuid primary key,
  service_id uuid not null references hub.service on delete cascade,
  unit_id uuid not null references hub.unit,
  available numeric not null,
  maximum numeric,
  description text,
  updated timestamptz not null,
  source_id uuid references hub.import_source, source_key text
);
create index service_capacity_service on hub.service_capacity (service_id);
create index service_capacity_unit on hub.service_capacity (unit_id);

create table hub.url (
  id uuid primary key,
  label text,
  url text not null,
  organization_id uuid references hub.organization on delete cascade,
  service_id uuid references hub.service on delete cascade,
  source_id uuid references hub.import_source, source_key text
);
create index url_organization on hub.url (organization_id);
create index url_service on hub.url (service_id);

create table hub.taxonomy (
  id uuid primary key,
  name text not null,
  description text not null default '',
  uri text,
  version text,
  licence text,
  source_id uuid references hub.import_source, source_key text
);
create table hub.taxonomy_term (
  id uuid primary key,
  code text,
  name text not null,
  description text not null default '',
  parent_id uuid references hub.taxonomy_term,
  taxonomy text,
  language text,
  taxonomy_id uuid references hub.taxonomy,
  term_uri text,
  source_id uuid references hub.import_source, source_key text
);
create index taxonomy_term_parent on hub.taxonomy_term (parent_id);
create index taxonomy_term_taxonomy on hub.taxonomy_term (taxonomy_id, code);

create table hub.attribute (
  id uuid primary key,
  link_id uuid not null,
  taxonomy_term_id uuid not null references hub.taxonomy_term on delete cascade,
  link_type text,
  link_entity text not null,
  value text,
  label text,
  source_id uuid references hub.import_source, source_key text
);
create index attribute_link on hub.attribute (link_id, link_entity);
create index attribute_term on hub.attribute (taxonomy_term_id);

-- One row per changed field, as HSDS wants it: the listing's history.
create table hub.metadata (
  id uuid primary key,
  resource_id uuid not null,
  resource_type text not null,
  last_action_date date not null,
  last_action_type text not null,
  field_name text not null,
  previous_value text not null,
  replacement_value text not null,
  updated_by text not null,
  at timestamptz not null default now(),
  source_id uuid references hub.import_source, source_key text
);
create index metadata_resource on hub.metadata (resource_id, at desc);

create table hub.meta_table_description (
  id uuid primary key,
  name text,
  language text,
  character_set text,
  source_id uuid references hub.import_source, source_key text
);

-- Who owns a field: an import may not overwrite what a curator or the agency has set.
create table hub.field_owner (
  entity text not null,
  entity_id uuid not null,
  field text not null,
  owner text not null check (owner in ('CURATOR', 'AGENCY')),
  set_by uuid,
  set_at timestamptz not null default now(),
  source_value text,
  primary key (entity_id, field, entity)
);

create table hub.import_run (
  id uuid primary key,
  source_id uuid not null references hub.import_source,
  format text not null,
  path text not null,
  dry_run boolean not null default false,
  status text not null check (status in ('RUNNING', 'DONE', 'FAILED')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  started_by uuid,
  counts jsonb not null default '{}',
  message text
);
create index import_run_started on hub.import_run (started_at desc, id desc);
create table hub.import_problem (
  id bigint generated always as identity primary key,
  run_id uuid not null references hub.import_run on delete cascade,
  severity text not null check (severity in ('ERROR', 'WARNING')),
  code text not null,
  file text not null,
  line integer,
  entity text,
  source_key text,
  field text,
  message text not null
);
create index import_problem_run on hub.import_problem (run_id, severity, id);

-- Centres of ZIP codes (GeoNames, CC BY 4.0; see NOTICE).
create table hub.zip_code (
  zip text primary key,
  city text not null,
  county text not null,
  state text not null,
  latitude double precision not null,
  longitude double precision not null
);
create index zip_code_city on hub.zip_code (hub.fold(city) text_pattern_ops, state);

do $$
declare t text;
begin
  foreach t in array array['program', 'organization_identifier', 'service', 'location', 'service_at_location', 'address', 'contact', 'phone',
    'schedule', 'service_area', 'cost_option', 'required_document', 'funding', 'language', 'accessibility', 'unit', 'service_capacity', 'url',
    'taxonomy', 'taxonomy_term', 'attribute', 'metadata', 'meta_table_description', 'field_owner', 'import_run', 'import_problem'] loop
    execute format('grant select, insert, update, delete on hub.%I to hub_app, hub_task', t);
  end loop;
end $$;
grant select on hub.zip_code to hub_app, hub_task;
