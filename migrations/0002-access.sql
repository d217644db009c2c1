-- Audit: append-only, by month. The app may insert and nothing else; the auditor role may read.
create table hub.audit (
  at timestamptz not null default now(),
  id uuid not null,
  org_id uuid not null default hub.org(),
  actor_id uuid default hub.actor(),
  via text not null check (via in ('SESSION', 'API_KEY', 'LINK', 'TASK')),
  roles text[] not null default '{}',
  action text not null,
  outcome text not null default 'ALLOWED' check (outcome in ('ALLOWED', 'REFUSED')),
  entity text,
  entity_id uuid,
  patient_id uuid,
  patient_org_id uuid,
  purpose text,
  consent_id uuid,
  request_id text,
  detail jsonb,
  txid xid8 not null default pg_current_xact_id(),
  primary key (at, id)
) partition by range (at);
create index audit_patient on hub.audit (patient_id, at desc);
create index audit_org on hub.audit (org_id, at desc);
create index audit_patient_org on hub.audit (patient_org_id, at desc);
alter table hub.audit enable row level security;
create policy audit_insert on hub.audit for insert to hub_app with check (org_id = hub.org());
create policy audit_task on hub.audit for insert to hub_task with check (true);
create policy audit_read on hub.audit for select to hub_auditor using (org_id = hub.org() or patient_org_id = hub.org());
grant insert (id, org_id, actor_id, via, roles, action, outcome, entity, entity_id, patient_id, patient_org_id, purpose, consent_id, request_id, detail)
  on hub.audit to hub_app, hub_task;
grant select on hub.audit to hub_auditor;

-- One partition a month, made ahead by a daily task. No default partition: a missing month must fail loudly.
create function hub.audit_partition(month date) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  first date := date_trunc('month', month);
  name text := 'audit_' || to_char(first, 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(hashtext('hub.audit_partition'));
  if to_regclass('hub.' || name) is null then
    execute format('create table hub.%I partition of hub.audit for values from (%L) to (%L)', name, first, first + interval '1 month');
  end if;
end $$;
revoke all on function hub.audit_partition from public;
grant execute on function hub.audit_partition to hub_task;
-- Three years back so that a seeded history has a place, and six months ahead.
select hub.audit_partition((date_trunc('month', now()) + make_interval(months => m))::date) from generate_series(-36, 6) m;

-- The answer of a mutation that was sent twice with the same key.
create table hub.idempotency_key (
  org_id uuid not null,
  user_id uuid not null,
  mutation text not null,
  key text not null check (length(key) between 8 and 100),
  input_hash bytea not null,
  result jsonb,
  created_at timestamptz not null default now(),
  primary key (org_id, user_id, mutation, key)
);
create index idempotency_key_age on hub.idempotency_key (created_at);
call hub.fence('idempotency_key', 'org_id = hub.org()');

-- Mail waiting to leave. Written and read by tasks only: it holds addresses.
create table hub.mail_outbox (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  body_text text not null,
  body_html text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  purpose text not null
);
create index mail_outbox_created on hub.mail_outbox (created_at desc);
alter table hub.mail_outbox enable row level security;
create policy mail_outbox_task on hub.mail_outbox to hub_task using (true) with check (true);
grant select, insert, update, delete on hub.mail_outbox to hub_task;
