-- The patient answers alone: on a device that was handed over, or by a link. A pass opens one screening and nothing else,
-- and only writes: it never tells what was answered before.
create table hub.screening_pass (
  id uuid primary key,
  screening_id uuid not null references hub.screening,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  kind text not null check (kind in ('KIOSK', 'LINK')),
  token_hash bytea not null unique,
  -- How the link went out; null: shown once to be passed on by hand.
  sent_by text check (sent_by in ('EMAIL', 'TEXT')),
  sent_at timestamptz,
  check_birth_date boolean not null default false,
  created_by uuid not null references hub.user_account,
  -- Of the session that a handed-over device had, so that it can be taken back.
  membership_id uuid references hub.membership,
  mfa boolean not null default false,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  ended_at timestamptz,
  revoked_at timestamptz
);
create index screening_pass_screening on hub.screening_pass (screening_id, created_at desc);
create index screening_pass_owner on hub.screening_pass (care_org_id, created_at desc);
call hub.fence('screening_pass', 'care_org_id = hub.org()', 'select, insert, update');

-- Whom a token lets in: asked by nobody in particular, so no table is read but through this.
create function hub.find_screening_pass(token bytea)
  returns table (id uuid, screening_id uuid, care_org_id uuid, kind text, check_birth_date boolean, created_at timestamptz, expires_at timestamptz, ended_at timestamptz, revoked_at timestamptz)
  language sql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
  select p.id, p.screening_id, p.care_org_id, p.kind, p.check_birth_date, p.created_at, p.expires_at, p.ended_at, p.revoked_at
  from hub.screening_pass p where p.token_hash = token
$$;
revoke all on function hub.find_screening_pass from public;
grant execute on function hub.find_screening_pass to hub_app;
