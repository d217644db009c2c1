-- Organizations (the HSDS organization, and every care organization and plan), users, memberships, sessions, keys.
create table hub.import_source (
  id uuid primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);
grant select on hub.import_source to hub_app, hub_task;
grant insert, update on hub.import_source to hub_task;

create table hub.organization (
  id uuid primary key,
  kind text not null default 'AGENCY' check (kind in ('CARE', 'AGENCY', 'PLAN', 'STEWARD')),
  listed boolean not null default true,
  name text not null check (length(name) between 1 and 500),
  alternate_name text,
  description text not null default '',
  email text,
  website text,
  tax_status text,
  tax_id text,
  year_incorporated integer,
  legal_status text,
  logo text,
  uri text,
  parent_organization_id uuid references hub.organization on delete set null,
  time_zone text not null default 'America/New_York',
  referral_email text,
  claimed_at timestamptz,
  retired_at timestamptz,
  source_id uuid references hub.import_source,
  source_key text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index organization_name on hub.organization (name, id);
create index organization_kind on hub.organization (kind, name, id);
create index organization_parent on hub.organization (parent_organization_id);
create index organization_source on hub.organization (source_id, source_key);
create index organization_name_trgm on hub.organization using gin (hub.fold(name) gin_trgm_ops);
grant select, insert, update on hub.organization to hub_app, hub_task;
grant delete on hub.organization to hub_task;
grant select on hub.organization to hub_auth;

create table hub.user_account (
  id uuid primary key,
  email citext not null unique,
  name text not null check (length(name) between 1 and 200),
  password_hash text,
  totp_secret bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0,
  locale text not null default 'en' check (locale in ('en', 'es')),
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table hub.membership (
  id uuid primary key,
  user_id uuid not null references hub.user_account on delete cascade,
  organization_id uuid not null references hub.organization,
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['CARE_MANAGER', 'CARE_SUPERVISOR', 'AGENCY_STAFF', 'AGENCY_ADMIN', 'PLAN_ANALYST', 'CURATOR', 'PRIVACY_OFFICER', 'OPERATOR']),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (user_id, organization_id)
);
create index membership_organization on hub.membership (organization_id, id);

-- A colleague is a user with a membership in the caller's organization. Secrets are not granted to the app at all.
alter table hub.user_account enable row level security;
create policy user_account_app on hub.user_account for select to hub_app
  using (id = hub.actor() or id in (select user_id from hub.membership m where m.organization_id = hub.org()));
create policy user_account_self on hub.user_account for update to hub_app using (id = hub.actor()) with check (id = hub.actor());
create policy user_account_task on hub.user_account to hub_task using (true) with check (true);
create policy user_account_auth on hub.user_account to hub_auth using (true) with check (true);
grant select (id, email, name, locale, totp_confirmed_at, disabled_at, created_at, updated_at) on hub.user_account to hub_app, hub_task;
grant update (name, locale, updated_at) on hub.user_account to hub_app;
grant select, insert, update on hub.user_account to hub_auth;

alter table hub.membership enable row level security;
create policy membership_app on hub.membership to hub_app using (organization_id = hub.org()) with check (organization_id = hub.org());
create policy membership_self on hub.membership for select to hub_app using (user_id = hub.actor());
create policy membership_task on hub.membership to hub_task using (true) with check (true);
create policy membership_auth on hub.membership to hub_auth using (true) with check (true);
grant select, insert, update on hub.membership to hub_app, hub_task, hub_auth;

-- Only the SHA-256 of a token is ever stored.
create table hub.session (
  token_hash bytea primary key,
  id uuid not null unique,
  user_id uuid not null references hub.user_account on delete cascade,
  membership_id uuid references hub.membership on delete set null,
  mfa boolean not null default false,
  stage text not null default 'OPEN' check (stage in ('OPEN', 'TOTP')),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  idle interval not null default interval '15 minutes',
  expires_at timestamptz not null,
  ip inet,
  user_agent text
);
create index session_of_user on hub.session (user_id);
create index session_expiry on hub.session (expires_at);

create table hub.recovery_code (
  user_id uuid not null references hub.user_account on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
create table hub.password_reset (
  token_hash bytea primary key,
  user_id uuid not null references hub.user_account on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create table hub.oidc_link (
  issuer text not null,
  subject text not null,
  user_id uuid not null references hub.user_account on delete cascade,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create table hub.oidc_flow (
  state_hash bytea primary key,
  code_verifier text not null,
  nonce text not null,
  return_to text not null,
  expires_at timestamptz not null
);
-- Counters of a sliding rate limit; the key is a hash, so no address is kept.
create table hub.rate_limit (
  key_hash bytea not null,
  slot timestamptz not null,
  hits integer not null default 0,
  primary key (key_hash, slot)
);
do $$
declare t text;
begin
  foreach t in array array['session', 'recovery_code', 'password_reset', 'oidc_link', 'oidc_flow', 'rate_limit'] loop
    execute format('alter table hub.%I enable row level security', t);
    execute format('create policy %I on hub.%I to hub_auth using (true) with check (true)', t || '_auth', t);
    execute format('grant select, insert, update, delete on hub.%I to hub_auth', t);
    execute format('create policy %I on hub.%I for delete to hub_task using (true)', t || '_task', t);
  end loop;
end $$;
-- Ended rows are cleared by a nightly task that sees when, never whose token.
create policy session_task_read on hub.session for select to hub_task using (true);
grant delete on hub.session, hub.password_reset, hub.oidc_flow, hub.rate_limit to hub_task;
grant select (expires_at) on hub.session to hub_task;
grant select (expires_at) on hub.password_reset to hub_task;
grant select (expires_at) on hub.oidc_flow to hub_task;
grant select (slot) on hub.rate_limit to hub_task;
create policy password_reset_task_read on hub.password_reset for select to hub_task using (true);
create policy oidc_flow_task_read on hub.oidc_flow for select to hub_task using (true);
create policy rate_limit_task_read on hub.rate_limit for select to hub_task using (true);

create table hub.api_key (
  id uuid primary key,
  organization_id uuid not null references hub.organization,
  name text not null check (length(name) between 1 and 100),
  token_hash bytea not null unique,
  hint text not null,
  roles text[] not null,
  created_by uuid not null references hub.user_account,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_organization on hub.api_key (organization_id, id);
create table hub.invitation (
  id uuid primary key,
  organization_id uuid not null references hub.organization,
  email citext not null,
  roles text[] not null,
  token_hash bytea not null unique,
  invited_by uuid not null references hub.user_account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitation_organization on hub.invitation (organization_id, id);
call hub.fence('api_key', 'organization_id = hub.org()', 'select, insert, update');
call hub.fence('invitation', 'organization_id = hub.org()', 'select, insert, update');
create policy api_key_auth on hub.api_key to hub_auth using (true) with check (true);
create policy invitation_auth on hub.invitation to hub_auth using (true) with check (true);
grant select, insert, update on hub.api_key, hub.invitation to hub_auth;

-- Sign-in events are audited by the sign-in role, which has no caller yet.
create policy audit_auth on hub.audit for insert to hub_auth with check (true);
grant insert (id, org_id, actor_id, via, roles, action, outcome, entity, entity_id, request_id, detail) on hub.audit to hub_auth;
