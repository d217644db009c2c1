-- What the public HSDS API reads beside the directory: what was taken out, what changed since, and which places are secret.

-- Listings that were deleted, not only retired: whoever keeps a copy learns of it by `modified_after`. Nothing but the id.
create table hub.hsds_tombstone (
  entity text not null check (entity in ('service', 'organization', 'service_at_location')),
  id uuid not null,
  organization_id uuid,
  deleted_at timestamptz not null default now(),
  primary key (id, entity)
);
create index hsds_tombstone_deleted on hub.hsds_tombstone (entity, deleted_at);
comment on table hub.hsds_tombstone is 'Directory rows that are no more, so that consumers of the HSDS API can drop their copies.';
grant select on hub.hsds_tombstone to hub_app, hub_task;
grant delete on hub.hsds_tombstone to hub_task;

-- Whoever may delete leaves the stone: a function, so that nobody writes here otherwise. A row that comes back takes it away.
create function hub.leave_tombstone() returns trigger language plpgsql security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  if tg_table_name = 'service' then
    insert into hub.hsds_tombstone (entity, id, organization_id) select 'service', d.id, d.organization_id from gone d
      on conflict (id, entity) do update set deleted_at = excluded.deleted_at;
  else
    insert into hub.hsds_tombstone (entity, id) select tg_table_name, d.id from gone d
      on conflict (id, entity) do update set deleted_at = excluded.deleted_at;
  end if;
  return null;
end $$;
create function hub.lift_tombstone() returns trigger language plpgsql security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  -- Almost always empty: then nothing of a large import is compared.
  if exists (select from hub.hsds_tombstone where entity = tg_table_name) then
    delete from hub.hsds_tombstone t using made m where t.id = m.id and t.entity = tg_table_name;
  end if;
  return null;
end $$;
revoke all on function hub.leave_tombstone, hub.lift_tombstone from public;
do $$
declare t text;
begin
  foreach t in array array['service', 'organization', 'service_at_location'] loop
    execute format('create trigger tombstone_left after delete on hub.%I referencing old table as gone for each statement execute function hub.leave_tombstone()', t);
    execute format('create trigger tombstone_lifted after insert on hub.%I referencing new table as made for each statement execute function hub.lift_tombstone()', t);
  end loop;
end $$;

-- An organization that leaves the directory, or comes back, takes its services along: they count as changed since then.
create function hub.note_listing_change() returns trigger language plpgsql as $$
begin
  new.updated_at := greatest(new.updated_at, now());
  return new;
end $$;
create trigger organization_listing before update of listed, retired_at on hub.organization for each row
  when (old.listed is distinct from new.listed or old.retired_at is distinct from new.retired_at) execute function hub.note_listing_change();

-- A first import brings rows that say themselves to be old: what counts as changed is the later of the two.
create index service_changed on hub.service (greatest(last_modified, updated_at), id);
create index organization_changed on hub.organization (updated_at, id);
-- Pages and counts of what is offered are read from this index alone; organizations that are not listed are few.
create index service_offered on hub.service (id) include (organization_id, last_modified) where status = 'active';
create index organization_unlisted on hub.organization (id) where not listed or retired_at is not null;
-- The few whose places are secret, found without reading the many.
create index service_confidential on hub.service (id) where hub.is_confidential(sensitivity, categories);
-- Terms by name.
create index taxonomy_term_name on hub.taxonomy_term (name, id);
