-- A referral, a draft or a place in an offer names the site where help is given. A site that is taken out of the directory lets
-- go of them (on delete set null); one that is brought back, as a removal that was undone, is named by them again. Ids alone,
-- which nobody reads: whoever may take a site out and put it back may not know who was sent there.
create table hub.site_link (
  site_id uuid not null,
  kept_in text not null check (kept_in in ('referral', 'referral_draft', 'offer_target')),
  row_id uuid not null,
  position integer not null default 0,
  let_go_at timestamptz not null default now(),
  primary key (site_id, kept_in, row_id, position)
);
comment on table hub.site_link is 'What named a site that was taken out, so that it does again when the site comes back.';
alter table hub.site_link enable row level security;

create function hub.let_go_of_site() returns trigger language plpgsql security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  insert into hub.site_link (site_id, kept_in, row_id, position)
    select old.id, 'referral', r.id, 0 from hub.referral r where r.service_at_location_id = old.id
    union all select old.id, 'referral_draft', d.id, 0 from hub.referral_draft d where d.service_at_location_id = old.id
    union all select old.id, 'offer_target', t.offer_id, t.position from hub.offer_target t where t.service_at_location_id = old.id
    on conflict do nothing;
  return old;
end $$;
create function hub.take_up_site() returns trigger language plpgsql security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  -- Almost always empty: then nothing of a large import is compared.
  if exists (select from hub.site_link) then
    update hub.referral r set service_at_location_id = l.site_id from hub.site_link l join made m on m.id = l.site_id
      where l.kept_in = 'referral' and r.id = l.row_id and r.service_id = m.service_id and r.service_at_location_id is null;
    update hub.referral_draft d set service_at_location_id = l.site_id from hub.site_link l join made m on m.id = l.site_id
      where l.kept_in = 'referral_draft' and d.id = l.row_id and d.service_id = m.service_id and d.service_at_location_id is null;
    update hub.offer_target t set service_at_location_id = l.site_id from hub.site_link l join made m on m.id = l.site_id
      where l.kept_in = 'offer_target' and t.offer_id = l.row_id and t.position = l.position and t.service_id = m.service_id
        and t.service_at_location_id is null;
    delete from hub.site_link l using made m where l.site_id = m.id;
  end if;
  return null;
end $$;
revoke all on function hub.let_go_of_site, hub.take_up_site from public;
create trigger site_let_go before delete on hub.service_at_location for each row execute function hub.let_go_of_site();
create trigger site_taken_up after insert on hub.service_at_location referencing new table as made for each statement
  execute function hub.take_up_site();
