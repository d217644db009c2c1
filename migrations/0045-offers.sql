-- One request to several agencies: to all at once (GROUP), or to one after another (CASCADE). The agencies' referrals are
-- rows of their own; what they have in common, and who else was asked, only the sender reads.
create table hub.referral_offer (
  id uuid primary key,
  from_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  kind text not null check (kind in ('GROUP', 'CASCADE')),
  status text not null check (status in ('OPEN', 'TAKEN', 'STOPPED', 'EXHAUSTED')),
  need_ids uuid[] not null,
  share text[] not null,
  priority text not null check (priority in ('ROUTINE', 'URGENT')),
  request text,
  -- when its own agencies are through, the hub may go on to those that fit best
  send_on boolean not null default false,
  sent_by uuid not null references hub.user_account,
  sent_by_name text not null,
  taken_by uuid references hub.referral,
  created_at timestamptz not null,
  closed_at timestamptz,
  version integer not null default 1
);
create index referral_offer_owner on hub.referral_offer (from_org_id, id);
create index referral_offer_patient on hub.referral_offer (patient_id, id);
call hub.fence('referral_offer', 'from_org_id = hub.org()', 'select, insert, update');

create table hub.offer_target (
  offer_id uuid not null references hub.referral_offer,
  position integer not null,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  service_id uuid not null references hub.service,
  service_at_location_id uuid references hub.service_at_location on delete set null,
  state text not null check (state in ('WAITING', 'SENT', 'SKIPPED')),
  skipped_for text,
  chosen_by text not null check (chosen_by in ('SENDER', 'HUB')),
  referral_id uuid references hub.referral,
  at timestamptz,
  primary key (offer_id, position)
);
create index offer_target_owner on hub.offer_target (from_org_id, offer_id);
create index offer_target_referral on hub.offer_target (referral_id) where referral_id is not null;
create index offer_target_site on hub.offer_target (service_at_location_id) where service_at_location_id is not null;
call hub.fence('offer_target', 'from_org_id = hub.org()', 'select, insert, update');

alter table hub.referral add column offer_id uuid references hub.referral_offer;
create index referral_offer_of on hub.referral (offer_id) where offer_id is not null;

-- Takes an offer for the agency that accepts a referral of it: false when another agency has taken it. Of two at the same
-- moment one waits for the other here. The agency learns no more than that: it may not read the offer itself.
create function hub.take_offer(accepted uuid, at timestamptz) returns boolean
  language plpgsql security definer set search_path = hub, pg_catalog, pg_temp as $$
declare offer record;
begin
  select f.id, f.status, f.taken_by into offer from hub.referral_offer f join hub.referral r on r.offer_id = f.id
    where r.id = accepted and r.to_org_id = hub.org() for update of f;
  if not found then return true; end if;
  if offer.taken_by is not null then return offer.taken_by = accepted; end if;
  update hub.referral_offer set status = 'TAKEN', taken_by = accepted, closed_at = at, version = version + 1 where id = offer.id;
  return true;
end $$;
revoke all on function hub.take_offer from public;
grant execute on function hub.take_offer to hub_app, hub_task, hub_link;

-- What waits for somebody stands still wherever it waits: a referral on hold since before there were clocks too.
update hub.referral set clock_paused_at = updated_at where status = 'ON_HOLD' and clock_paused_at is null;

-- Queues by the clock: what waits for an answer, and what waits for somebody.
create index referral_unanswered on hub.referral (to_org_id, answer_due_at, id) include (from_org_id, status)
  where status = 'REQUESTED' and clock_paused_at is null;
create index referral_late on hub.referral (from_org_id, answer_due_at, id) include (to_org_id, status, patient_id, sent_by)
  where status = 'REQUESTED' and clock_paused_at is null;
create index referral_waiting on hub.referral (to_org_id, answer_due_at, id) include (from_org_id, status)
  where clock_paused_at is not null;
