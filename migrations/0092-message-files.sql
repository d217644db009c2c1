-- Which files were sent with which message. Names and sizes are kept here too: the other side never reads what lies in
-- hub.stored_file, which belongs to who sent it.
create table hub.referral_file (
  file_id uuid primary key references hub.stored_file,
  message_id uuid not null references hub.referral_message,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  author_org_id uuid not null references hub.organization,
  name text not null check (length(name) between 1 and 200),
  type text not null check (length(type) between 3 and 100),
  bytes integer not null check (bytes > 0),
  position smallint not null
);
create index referral_file_message on hub.referral_file (message_id, position);
create index referral_file_referral on hub.referral_file (referral_id);
create index referral_file_from on hub.referral_file (from_org_id, file_id);
create index referral_file_to on hub.referral_file (to_org_id, file_id);
call hub.fence('referral_file', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert');
drop policy referral_file_app on hub.referral_file;
-- As long as the referral itself is seen: not by an agency that never answered before the person stopped sharing.
create policy referral_file_read on hub.referral_file for select to hub_app using (
  from_org_id = hub.org()
  or (to_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id)));
create policy referral_file_add on hub.referral_file for insert to hub_app with check (
  author_org_id = hub.org() and hub.org() in (from_org_id, to_org_id)
  and exists (select from hub.referral_message m where m.id = message_id and m.referral_id = referral_file.referral_id
    and m.author_org_id = hub.org() and m.from_org_id = referral_file.from_org_id and m.to_org_id = referral_file.to_org_id)
  and exists (select from hub.stored_file f where f.id = file_id and f.org_id = hub.org() and f.attached_at is not null));

-- Whoever acts by a link sends files of its own and reads those of its one referral. A file of another link, or of an
-- account of the same agency, does not exist for it.
create function hub.linked_by() returns uuid language sql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
  select l.id from hub.referral_link_of(decode(coalesce(current_setting('hub.link', true), ''), 'hex'), false,
    coalesce(nullif(current_setting('hub.link_at', true), '')::timestamptz, now())) l $$;
revoke all on function hub.linked_by from public;
grant execute on function hub.linked_by to hub_link;

grant select (id, org_id, kind, name, type, bytes, sha256, link_id, created_at, attached_at), update (attached_at) on hub.stored_file to hub_link;
grant insert on hub.stored_file to hub_link;
create policy stored_file_link on hub.stored_file for select to hub_link using (org_id = hub.org() and link_id = hub.linked_by());
create policy stored_file_link_add on hub.stored_file for insert to hub_link
  with check (org_id = hub.org() and link_id = hub.linked_by() and created_by is null and attached_at is null);
create policy stored_file_link_attach on hub.stored_file for update to hub_link
  using (org_id = hub.org() and link_id = hub.linked_by()) with check (org_id = hub.org() and link_id = hub.linked_by());

grant select, insert on hub.referral_file to hub_link;
create policy referral_file_link on hub.referral_file for select to hub_link using (referral_id = hub.linked());
create policy referral_file_link_add on hub.referral_file for insert to hub_link with check (
  referral_id = hub.linked() and author_org_id = hub.org() and to_org_id = hub.org()
  and exists (select from hub.referral_message m where m.id = message_id and m.referral_id = referral_file.referral_id)
  and exists (select from hub.stored_file f where f.id = file_id));
