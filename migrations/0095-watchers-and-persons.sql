-- A colleague of the sender who follows a referral: it stands in their list and its letters go to them too. It gives no
-- sight that they do not have: whoever leaves the organization or its care team reads nothing and gets no letter.
create table hub.referral_watcher (
  referral_id uuid not null references hub.referral,
  user_id uuid not null references hub.user_account,
  from_org_id uuid not null references hub.organization,
  added_by uuid references hub.user_account,
  added_at timestamptz not null,
  primary key (referral_id, user_id)
);
create index referral_watcher_user on hub.referral_watcher (from_org_id, user_id, referral_id);
call hub.fence('referral_watcher', 'from_org_id = hub.org()', 'select, insert, delete');
drop policy referral_watcher_app on hub.referral_watcher;
create policy referral_watcher_read on hub.referral_watcher for select to hub_app using (from_org_id = hub.org());
create policy referral_watcher_add on hub.referral_watcher for insert to hub_app with check (
  from_org_id = hub.org()
  and exists (select from hub.referral r where r.id = referral_id and r.from_org_id = referral_watcher.from_org_id)
  and exists (select from hub.membership m where m.user_id = referral_watcher.user_id and m.organization_id = hub.org() and m.ended_at is null));
create policy referral_watcher_remove on hub.referral_watcher for delete to hub_app using (from_org_id = hub.org());

-- Whom in the household the help is for: no more than the agency may read, so that nothing else can ever be shown to it.
create table hub.referral_person (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  position integer not null,
  relation text not null check (relation in ('PARTNER', 'CHILD', 'PARENT', 'GRANDPARENT', 'SIBLING', 'RELATIVE', 'CAREGIVER', 'OTHER')),
  age integer check (age between 0 and 120),
  -- A first name, and only to an agency that the patient named in the consent.
  given_name text check (length(given_name) between 1 and 100),
  -- Who it is in the record; never for the agency.
  related_person_id uuid references hub.related_person
);
create index referral_person_referral on hub.referral_person (referral_id, position);
create index referral_person_from on hub.referral_person (from_org_id, id);
create index referral_person_to on hub.referral_person (to_org_id, id);
create index referral_person_related on hub.referral_person (related_person_id) where related_person_id is not null;
call hub.fence('referral_person', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert');
drop policy referral_person_app on hub.referral_person;
-- The agency sees them as long as it sees the referral, and not once it has declined or it was taken back.
create policy referral_person_read on hub.referral_person for select to hub_app using (
  from_org_id = hub.org() or (to_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id
    and r.status not in ('REJECTED', 'ENTERED_IN_ERROR') and (r.status <> 'CANCELLED' or r.answered_at is not null))));
create policy referral_person_add on hub.referral_person for insert to hub_app with check (
  from_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_person.from_org_id and r.to_org_id = referral_person.to_org_id));
revoke select on hub.referral_person from hub_app;
grant select (id, referral_id, from_org_id, to_org_id, position, relation, age, given_name) on hub.referral_person to hub_app;
