-- The directory kept true by many hands: suggestions with their evidence, field by field assurance, letters that ask an
-- agency to check its listing, claims, and a history that can be undone.

-- The history stays HSDS metadata; the hub keeps beside its words what is needed to put a value back. An address never
-- stands in the words (the history is public, and a place may have to become secret later): only in the data.
alter table hub.metadata
  add column previous_data jsonb,
  add column replacement_data jsonb,
  add column via text check (via in ('CURATOR', 'AGENCY', 'LINK', 'MERGE')),
  add column by_user_id uuid,
  add column undoes uuid references hub.metadata on delete set null;
create index metadata_undoes on hub.metadata (undoes) where undoes is not null;
create index metadata_field on hub.metadata (resource_id, field_name, at desc, id desc);

-- A listing that was found to be the same as another one stays as a row: referrals and links keep their id, and reads
-- are answered by the one it was merged into. Never a chain: a merge points earlier ones on.
alter table hub.service
  add column merged_into uuid references hub.service on delete set null check (merged_into <> id),
  -- Open reports of problems, and how much the listing was used in 90 days (referral 20, opened 3, shown 1): for the queue.
  add column complaints integer not null default 0,
  add column use_weight integer not null default 0;
create index service_merged_into on hub.service (merged_into) where merged_into is not null;
create index service_complaints on hub.service (complaints desc, id desc) where status = 'active' and complaints > 0;
create index service_use on hub.service (use_weight desc, id desc) where status = 'active';
create index address_zip on hub.address (left(postal_code, 5));

-- Curators and operators work for the steward of the directory.
create function hub.steward() returns boolean language sql stable parallel safe as
  $$ select exists (select from hub.organization where id = hub.org() and kind = 'STEWARD') $$;

-- What somebody thinks should change. Either values for fields (`changes`, in the words of the API, with what stood
-- there then in `base`), or a signal such as a wrong number, joined by everyone who says the same. Not fenced for the
-- sake of people, but because it may hold the address of a shelter.
create table hub.suggestion (
  id uuid primary key,
  service_id uuid not null references hub.service on delete cascade,
  organization_id uuid not null references hub.organization,
  proposer_org_id uuid references hub.organization,
  source text not null check (source in ('PUBLIC', 'CARE', 'AGENCY', 'LINK', 'REFERRAL', 'CURATOR')),
  signal text check (signal in ('WRONG_NUMBER', 'CLOSED', 'NO_LONGER_OFFERED', 'NO_ROOM', 'WRONG_ELIGIBILITY', 'WRONG_AREA', 'OTHER')),
  changes jsonb not null default '{}',
  base jsonb not null default '{}',
  base_version integer not null,
  note text check (length(note) <= 1000),
  evidence integer not null default 0,
  status text not null default 'OPEN' check (status in ('OPEN', 'ACCEPTED', 'REJECTED')),
  decided_at timestamptz,
  decided_by uuid,
  decision_note text,
  decided_fields text[],
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index suggestion_signal on hub.suggestion (service_id, signal) where status = 'OPEN' and signal is not null;
create index suggestion_open on hub.suggestion (updated_at desc, id desc) where status = 'OPEN';
create index suggestion_service on hub.suggestion (service_id, updated_at desc);
create index suggestion_organization on hub.suggestion (organization_id);
create index suggestion_proposer on hub.suggestion (proposer_org_id);
call hub.fence('suggestion', 'hub.steward() or organization_id = hub.org() or proposer_org_id = hub.org()', 'select, insert, update');

-- Who said so, counted once each: `source_key` is a keyed hash of the network and the month, or of the referral. A day,
-- no time, so that nobody can be found by it.
create table hub.suggestion_evidence (
  id uuid primary key,
  suggestion_id uuid not null references hub.suggestion on delete cascade,
  source text not null check (source in ('PUBLIC', 'CARE', 'AGENCY', 'LINK', 'DECLINED', 'FAILED', 'CURATOR')),
  source_key bytea not null,
  note text check (length(note) <= 500),
  on_day date not null,
  unique (suggestion_id, source_key)
);
call hub.fence('suggestion_evidence', 'hub.steward()', 'select');

-- The one door for reports: opens or joins the one open suggestion of this signal. Anyone may knock, so it is a function
-- and not a grant.
create function hub.report_listing(service uuid, said text, said_by text, key bytea, words text, proposer uuid, at timestamptz, new_id uuid, evidence_id uuid)
  returns uuid language plpgsql volatile security definer set search_path = hub, pg_catalog, pg_temp as $$
declare
  listing hub.service;
  opened uuid;
begin
  select * into listing from hub.service s
    where s.id = (select coalesce(m.merged_into, m.id) from hub.service m where m.id = report_listing.service);
  if listing.id is null then return null; end if;
  insert into hub.suggestion (id, service_id, organization_id, proposer_org_id, source, signal, base_version, created_at, updated_at)
    values (new_id, listing.id, listing.organization_id, proposer,
      case when said_by in ('DECLINED', 'FAILED') then 'REFERRAL' else said_by end, said, listing.version, at, at)
    on conflict (service_id, signal) where status = 'OPEN' and signal is not null do update set updated_at = excluded.updated_at
    returning id into opened;
  insert into hub.suggestion_evidence (id, suggestion_id, source, source_key, note, on_day)
    values (evidence_id, opened, said_by, key, words, (at at time zone 'UTC')::date) on conflict (suggestion_id, source_key) do nothing;
  if found then
    update hub.suggestion set evidence = evidence + 1 where id = opened;
    update hub.service set complaints = complaints + 1 where id = listing.id;
  end if;
  return opened;
end $$;
revoke all on function hub.report_listing from public;
grant execute on function hub.report_listing to hub_app, hub_task;

-- When each group of fields was last known to be right, and by whose word. Hours age faster than a name.
create table hub.field_assurance (
  service_id uuid not null references hub.service on delete cascade,
  field_group text not null check (field_group in ('HOURS', 'CONTACT', 'ELIGIBILITY', 'PLACE', 'NAME')),
  assured_on date not null,
  assured_by text not null,
  via text not null check (via in ('CURATOR', 'AGENCY', 'LINK')),
  primary key (service_id, field_group)
);

-- How often a listing was shown in a search, opened, and sent to: numbers alone, by day.
create table hub.listing_use (
  service_id uuid not null references hub.service on delete cascade,
  day date not null,
  shown integer not null default 0,
  opened integer not null default 0,
  sent integer not null default 0,
  primary key (day, service_id)
);
create index listing_use_service on hub.listing_use (service_id);

-- A letter that asks an agency to check one listing. Only the hash of its token is kept.
create table hub.verification_request (
  id uuid primary key,
  service_id uuid not null references hub.service on delete cascade,
  organization_id uuid not null references hub.organization,
  email text not null,
  token_hash bytea not null unique,
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  answered_at timestamptz,
  revoked_at timestamptz,
  answers jsonb not null default '{}'
);
create index verification_request_service on hub.verification_request (service_id, created_at desc);
create index verification_request_organization on hub.verification_request (organization_id, created_at desc);
call hub.fence('verification_request', 'hub.steward() or organization_id = hub.org()', 'select, insert, update');

-- Whose link this is, as long as it works: asked before anybody is known.
create function hub.verification_link(hash bytea, at timestamptz) returns table (id uuid, service_id uuid, organization_id uuid)
  language sql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
  select r.id, coalesce(s.merged_into, s.id), r.organization_id from hub.verification_request r join hub.service s on s.id = r.service_id
  where r.token_hash = hash and r.revoked_at is null and r.expires_at > at
    and (r.answered_at is null or r.answered_at > at - interval '1 day') $$;
revoke all on function hub.verification_link from public;
grant execute on function hub.verification_link to hub_app;

-- An agency says that a listing is its own. A curator decides, on evidence: the mail domain, a call back.
create table hub.listing_claim (
  id uuid primary key,
  service_id uuid not null references hub.service on delete cascade,
  organization_id uuid not null references hub.organization,
  claimant_org_id uuid references hub.organization,
  claimant_user_id uuid,
  name text not null check (length(name) between 1 and 200),
  email citext not null,
  phone text check (length(phone) <= 50),
  position text check (length(position) <= 200),
  note text check (length(note) <= 1000),
  -- Which of the listing's own addresses have the domain of the claimant's: 'website', 'email'; 'link' came by a letter of ours.
  matches text[] not null default '{}',
  status text not null default 'OPEN' check (status in ('OPEN', 'APPROVED', 'REJECTED')),
  callback_note text,
  decided_at timestamptz,
  decided_by uuid,
  decision_note text,
  version integer not null default 1,
  created_at timestamptz not null default now()
);
create index listing_claim_open on hub.listing_claim (created_at, id) where status = 'OPEN';
create index listing_claim_service on hub.listing_claim (service_id);
create index listing_claim_organization on hub.listing_claim (organization_id);
create index listing_claim_claimant on hub.listing_claim (claimant_org_id);
call hub.fence('listing_claim', 'hub.steward() or claimant_org_id = hub.org()', 'select, insert, update');
-- Somebody without an account may ask too, and sees nothing of it afterwards.
create policy listing_claim_ask on hub.listing_claim for insert to hub_app with check (claimant_org_id is null and status = 'OPEN');

grant select, insert, update, delete on hub.field_assurance, hub.listing_use to hub_app, hub_task;
