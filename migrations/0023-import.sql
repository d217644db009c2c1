-- What an import leaves for a curator to decide, imports that are started from the web page, and which category a term
-- of a foreign taxonomy stands for. All of it speaks of listings, none of people: public tables like 0004.

-- The column mapping that a source's plain tables are read with.
alter table hub.import_source add column mapping jsonb, add column mapping_by uuid, add column mapping_at timestamptz;
-- A curator names a source and keeps its mapping; renaming or deleting one stays with background work.
grant insert on hub.import_source to hub_app;
grant update (mapping, mapping_by, mapping_at) on hub.import_source to hub_app;

-- A file that waits in the data folder to be tried and imported; the row outlives the file.
create table hub.import_upload (
  id uuid primary key,
  file_name text not null check (length(file_name) between 1 and 255),
  kind text not null check (kind in ('zip', 'csv', 'json', 'ndjson', 'xml')),
  bytes bigint not null,
  sha256 text not null,
  uploaded_by uuid,
  uploaded_at timestamptz not null default now(),
  removed_at timestamptz
);
create index import_upload_waiting on hub.import_upload (uploaded_at) where removed_at is null;

alter table hub.import_run
  add column upload_id uuid references hub.import_upload,
  -- The trial that this run was confirmed from.
  add column trial_id uuid references hub.import_run on delete set null,
  add column progress jsonb,
  -- The columns of a plain table and what each was read as.
  add column mapping jsonb;
create index import_run_upload on hub.import_run (upload_id);
create index import_run_trial on hub.import_run (trial_id);
alter table hub.import_run drop constraint import_run_status_check;
alter table hub.import_run add constraint import_run_status_check check (status in ('WAITING', 'RUNNING', 'DONE', 'FAILED'));

-- A field, or a whole list of a service, that a curator or the agency keeps and the source has otherwise.
create table hub.import_conflict (
  id uuid primary key,
  source_id uuid not null references hub.import_source,
  -- The last run that saw it.
  run_id uuid not null references hub.import_run on delete cascade,
  entity text not null,
  entity_id uuid not null,
  field text not null,
  owner text not null check (owner in ('CURATOR', 'AGENCY')),
  source_value text,
  kept_value text,
  -- The source's rows where the field is a list: what is put in its place when the source is to be right.
  source_rows jsonb,
  noted_at timestamptz not null default now(),
  decision text check (decision in ('KEEP_OURS', 'TAKE_THEIRS', 'AGREED')),
  decided_at timestamptz,
  decided_by uuid
);
-- One open conflict for a field, and finding those that were decided before.
create unique index import_conflict_open on hub.import_conflict (entity_id, field, entity) where decision is null;
create index import_conflict_field on hub.import_conflict (entity_id, field, entity);
create index import_conflict_noted on hub.import_conflict (noted_at desc, id desc) where decision is null;
create index import_conflict_source on hub.import_conflict (source_id);
create index import_conflict_run on hub.import_conflict (run_id);

-- A listing that its source no longer has. It stays until somebody decides.
create table hub.retire_proposal (
  id uuid primary key,
  source_id uuid not null references hub.import_source,
  run_id uuid not null references hub.import_run on delete cascade,
  entity text not null,
  entity_id uuid not null,
  name text,
  source_key text,
  noted_at timestamptz not null default now(),
  decision text check (decision in ('RETIRE', 'KEEP', 'RETURNED')),
  decided_at timestamptz,
  decided_by uuid,
  -- The source had it again: what was decided counts no longer.
  returned_at timestamptz
);
create unique index retire_proposal_open on hub.retire_proposal (entity_id, entity) where decision is null;
create index retire_proposal_entity on hub.retire_proposal (entity_id, entity) where returned_at is null;
create index retire_proposal_noted on hub.retire_proposal (noted_at desc, id desc) where decision is null;
create index retire_proposal_source on hub.retire_proposal (source_id);
create index retire_proposal_run on hub.retire_proposal (run_id);

-- What a term of any taxonomy means in SDOH categories. It counts for the terms below it that have none of their own.
create table hub.term_category (
  taxonomy_term_id uuid not null references hub.taxonomy_term on delete cascade,
  category text not null,
  set_by uuid,
  set_at timestamptz not null default now(),
  primary key (taxonomy_term_id, category)
);

grant select, insert, update, delete on hub.import_upload, hub.import_conflict, hub.retire_proposal, hub.term_category to hub_app, hub_task;
