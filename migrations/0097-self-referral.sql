-- Somebody asks a service for help themselves. They belong to no care organization: their rows stand under one of the
-- hub's own, in which nobody works and nobody ever can. So every fence that keeps organizations apart keeps them apart
-- from all, and the agency answers a referral like any other.
alter table hub.referral add column asked_by text not null default 'CARE_TEAM' check (asked_by in ('CARE_TEAM', 'SELF'));

create function hub.self_org() returns uuid language sql immutable parallel safe as
  $$ select '00000000-0000-7000-8000-5e1f00000001'::uuid $$;
create function hub.self_user() returns uuid language sql immutable parallel safe as
  $$ select '00000000-0000-7000-8000-5e1f00000002'::uuid $$;
-- Made when the first person asks: a new hub is empty until somebody fills it. The account is closed from the beginning.
create function hub.begin_self() returns void language sql volatile security definer set search_path = hub, pg_catalog, pg_temp as $$
  insert into hub.organization (id, kind, listed, name, description)
    values (hub.self_org(), 'CARE', false, 'Community Referral Hub', 'People who ask for help themselves.') on conflict do nothing;
  insert into hub.user_account (id, email, name, disabled_at)
    values (hub.self_user(), 'nobody@self.invalid', 'The person themselves', now()) on conflict do nothing;
$$;
revoke all on function hub.begin_self from public;
grant execute on function hub.begin_self to hub_app;

alter table hub.membership add constraint membership_not_self check (organization_id <> hub.self_org() and user_id <> hub.self_user());
alter table hub.invitation add constraint invitation_not_self check (organization_id <> hub.self_org());
alter table hub.api_key add constraint api_key_not_self check (organization_id <> hub.self_org());

-- A request on its way: a code goes to the one way that the person said is safe, and only who has it can ask. What was
-- typed is not kept here. The address goes as soon as the request is used, or after a day.
create table hub.self_request (
  id uuid primary key,
  org_id uuid not null references hub.organization,
  service_id uuid not null references hub.service,
  way text not null check (way in ('EMAIL', 'TEXT')),
  address text check (length(address) between 3 and 254),
  language text not null check (language in ('en', 'es')),
  wrong integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  referral_id uuid references hub.referral
);
create index self_request_owner on hub.self_request (org_id, id);
create index self_request_age on hub.self_request (created_at);
call hub.fence('self_request', 'org_id = hub.org()', 'select, insert, update');
