-- What a referral follows: a new try after one that ended, or one that was passed on to another agency. The older one
-- stays as it was; nothing of its history is rewritten. And what it asks for: help, or that somebody looks first.
alter table hub.referral
  add column follows_id uuid references hub.referral,
  add column follows_how text check (follows_how in ('REOPENED', 'TRANSFERRED')),
  add column kind text not null default 'SERVICE' check (kind in ('SERVICE', 'ASSESSMENT')),
  add column finding text check (finding in ('NEEDS_THIS', 'NEEDS_OTHER', 'NOT_ELIGIBLE', 'NO_NEED')),
  add constraint referral_follows check ((follows_id is null) = (follows_how is null)),
  add constraint referral_finding check (finding is null or kind = 'ASSESSMENT');
-- One line of tries and no tree; what was sent by mistake follows nothing.
create unique index referral_followed on hub.referral (follows_id) where follows_id is not null and status <> 'ENTERED_IN_ERROR';
alter table hub.referral drop constraint referral_outcome_check;
alter table hub.referral add constraint referral_outcome_check
  check (outcome in ('HELP_RECEIVED', 'PARTLY_HELPED', 'REFERRED_ON', 'INFORMATION_GIVEN', 'ASSESSED')) not valid;
alter table hub.referral validate constraint referral_outcome_check;
grant update (finding) on hub.referral to hub_app, hub_link;

-- An agency names another one that fits better. It sends nothing: whether the person agrees is for the sender to say.
create table hub.referral_transfer (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  service_id uuid not null references hub.service,
  note text check (length(note) between 1 and 1000),
  proposed_by uuid references hub.user_account,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  settled text check (settled in ('SENT', 'LEFT', 'REPLACED')),
  settled_at timestamptz,
  check ((settled is null) = (settled_at is null))
);
create unique index referral_transfer_open on hub.referral_transfer (referral_id) where settled is null;
create index referral_transfer_referral on hub.referral_transfer (referral_id, proposed_at, id);
create index referral_transfer_from on hub.referral_transfer (from_org_id, id);
create index referral_transfer_to on hub.referral_transfer (to_org_id, id);
call hub.fence('referral_transfer', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert, update');
drop policy referral_transfer_app on hub.referral_transfer;
create policy referral_transfer_read on hub.referral_transfer for select to hub_app
  using (from_org_id = hub.org() or to_org_id = hub.org());
-- The agency that has the referral proposes, and only while it may see it.
create policy referral_transfer_add on hub.referral_transfer for insert to hub_app with check (
  to_org_id = hub.org()
  and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_transfer.from_org_id and r.to_org_id = referral_transfer.to_org_id));
create policy referral_transfer_settle on hub.referral_transfer for update to hub_app
  using (from_org_id = hub.org() or to_org_id = hub.org()) with check (from_org_id = hub.org() or (to_org_id = hub.org() and settled = 'REPLACED'));
revoke update on hub.referral_transfer from hub_app;
grant update (settled, settled_at) on hub.referral_transfer to hub_app;
