-- Extensions, roles, the caller's context, and the maker of policies.
-- Roles are cluster-wide: created once, whoever comes first. Passwords are set by the hub at every start.
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists cube with schema public;
create extension if not exists earthdistance with schema public;
create extension if not exists citext with schema public;
create extension if not exists btree_gin with schema public;

create schema if not exists hub;

do $$
declare r text;
begin
  perform pg_advisory_xact_lock(hashtext('hub.roles'));
  foreach r in array array['hub_app', 'hub_task', 'hub_auditor'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
  end loop;
  foreach r in array array['hub_login', 'hub_auth', 'hub_worker'] loop
    if not exists (select from pg_roles where rolname = r) then execute format('create role %I login noinherit', r); end if;
    execute format('alter role %I set search_path = hub, public', r);
  end loop;
  execute 'grant hub_app, hub_task, hub_auditor to hub_login';
end $$;

grant usage on schema hub to hub_app, hub_task, hub_auditor, hub_auth, hub_worker;

-- Who is calling. Bare STABLE functions on purpose: the planner evaluates them for its estimate, while
-- `(select hub.org())` would hide the value and cost 300 times as much on a large organization's inbox.
create function hub.org() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('hub.org_id', true), '')::uuid $$;
create function hub.actor() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('hub.user_id', true), '')::uuid $$;

-- Text folded for comparison: lower case, no accents. Immutable so that it can be indexed.
create function hub.fold(value text) returns text language sql immutable parallel safe strict as
  $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

-- Puts a table that holds people behind row-level security: the app sees what `rule` admits, tasks see all.
create procedure hub.fence(tbl text, rule text, verbs text default 'select, insert, update, delete') language plpgsql as $$
begin
  execute format('alter table hub.%I enable row level security', tbl);
  execute format('create policy %I on hub.%I to hub_app using (%s) with check (%s)', tbl || '_app', tbl, rule, rule);
  execute format('create policy %I on hub.%I to hub_task using (true) with check (true)', tbl || '_task', tbl);
  execute format('grant %s on hub.%I to hub_app', verbs, tbl);
  execute format('grant select, insert, update, delete on hub.%I to hub_task', tbl);
end $$;
revoke all on procedure hub.fence from public;
