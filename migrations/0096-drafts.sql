-- What somebody typed on the way to a referral and has not sent. A table of its own: a referral names a consent, what is
-- shared and an agency that may read it, and a draft has none of these yet. So no agency, clock, link, letter, figure or
-- page of a patient can meet one, whatever they forget.
create table hub.referral_draft (
  id uuid primary key,
  from_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  service_id uuid not null references hub.service,
  service_at_location_id uuid references hub.service_at_location on delete set null,
  need_ids uuid[] not null,
  share text[],
  household jsonb not null,
  kind text not null check (kind in ('SERVICE', 'ASSESSMENT')),
  priority text not null check (priority in ('ROUTINE', 'URGENT')),
  request text check (length(request) <= 2000),
  follows_id uuid references hub.referral,
  follows_how text check (follows_how in ('REOPENED', 'TRANSFERRED')),
  made_by uuid not null references hub.user_account,
  made_by_name text not null,
  made_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);
-- One for each service: whoever goes on in another tab goes on with the same.
create unique index referral_draft_one on hub.referral_draft (patient_id, service_id, made_by);
create index referral_draft_owner on hub.referral_draft (from_org_id, made_by, updated_at desc, id desc);
create index referral_draft_site on hub.referral_draft (service_at_location_id) where service_at_location_id is not null;
create index referral_draft_age on hub.referral_draft (updated_at);
call hub.fence('referral_draft', 'from_org_id = hub.org()', 'select, insert, update, delete');
