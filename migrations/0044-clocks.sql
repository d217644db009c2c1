-- When an agency works and how much time it takes, of its own or of one service; what is null holds as for the whole
-- agency, and then as the hub has it (Monday to Friday, 9 to 5, federal holidays). Of no person; an agency writes its own.
create table hub.answering_times (
  id uuid primary key,
  organization_id uuid not null references hub.organization on delete cascade,
  service_id uuid references hub.service on delete cascade,
  -- [{"day": 0, "from": 540, "to": 1020}]: 0 is Monday, minutes after midnight; `to` may pass 1440
  week jsonb,
  federal_holidays boolean,
  closed_on date[] not null default '{}' check (cardinality(closed_on) <= 200),
  time_zone text,
  -- {"URGENT": {"ANSWER": {"amount": 0, "unit": "WORKING_DAYS"}}}
  targets jsonb not null default '{}',
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  unique nulls not distinct (organization_id, service_id)
);
create index answering_times_service on hub.answering_times (service_id) where service_id is not null;
grant select, insert, update, delete on hub.answering_times to hub_app, hub_task;

-- Clocks beside the one of the answer. next_clock_at: when somebody has to be told the next thing, or has to look again.
alter table hub.referral
  add column see_due_at timestamptz,
  add column contact_due_at timestamptz,
  add column outcome_due_at timestamptz,
  -- Clocks stand still: the agency waits for the sender, for the person, or for a place.
  add column clock_paused_at timestamptz,
  add column next_clock_at timestamptz,
  add column reminded_at timestamptz,
  add column escalated_at timestamptz,
  -- From when it is on the desk of who sent it: no answer, no contact or no outcome in spite of reminders.
  add column stalled_at timestamptz;
grant update (see_due_at, answer_due_at, contact_due_at, outcome_due_at, clock_paused_at, next_clock_at, stalled_at) on hub.referral to hub_app;
create index referral_next_clock on hub.referral (next_clock_at) where next_clock_at is not null;
create index referral_stalled on hub.referral (from_org_id, stalled_at, id) include (to_org_id, status, patient_id, sent_by)
  where stalled_at is not null;

-- What a clock did: each step once for each referral, whatever runs twice.
create table hub.referral_clock_step (
  referral_id uuid not null references hub.referral,
  step text not null check (step in ('REMIND_SEE', 'REMIND_ANSWER', 'ESCALATE_ANSWER', 'HAND_OVER', 'REMIND_CONTACT',
    'ESCALATE_CONTACT', 'REMIND_OUTCOME', 'ESCALATE_OUTCOME')),
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  at timestamptz not null,
  -- when the letter about it left, or was found to say nothing any more
  told_at timestamptz,
  primary key (referral_id, step)
);
create index referral_clock_step_untold on hub.referral_clock_step (to_org_id, step) include (referral_id) where told_at is null;
create index referral_clock_step_from on hub.referral_clock_step (from_org_id, referral_id);
create index referral_clock_step_to on hub.referral_clock_step (to_org_id, referral_id);
call hub.fence('referral_clock_step', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select');

-- Whoever answers by a link (a role of its own, see the migration of the links) moves the clocks too.
do $$
begin
  perform pg_advisory_xact_lock(hashtext('hub.roles'));
  if not exists (select from pg_roles where rolname = 'hub_link') then create role hub_link nologin; end if;
end $$;
grant usage on schema hub to hub_link;
grant select on hub.answering_times to hub_link;
grant update (see_due_at, answer_due_at, contact_due_at, outcome_due_at, clock_paused_at, next_clock_at, stalled_at) on hub.referral to hub_link;
