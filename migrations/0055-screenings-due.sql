-- Who is due for a screening: found when it is asked, from what happened and the rules of the care organization. No date
-- is kept that could drift from them.

-- What happened to a patient that makes their needs change.
create table hub.patient_event (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  kind text not null check (kind in ('DISCHARGE', 'MOVED', 'LOST_JOB', 'NEW_CHILD', 'LOST_SOMEONE', 'SEPARATED', 'OTHER')),
  on_day date not null,
  recorded_by uuid references hub.user_account,
  created_at timestamptz not null,
  withdrawn_at timestamptz
);
create index patient_event_patient on hub.patient_event (patient_id, on_day desc) where withdrawn_at is null;
create index patient_event_owner on hub.patient_event (care_org_id, on_day) where withdrawn_at is null;
call hub.fence('patient_event', 'care_org_id = hub.org()', 'select, insert, update');

-- The rules of a care organization. One that has none follows the usual ones below.
create table hub.screening_rule (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  trigger text not null check (trigger in ('PERIOD', 'DISCHARGE', 'NEED', 'LIFE_EVENT')),
  -- Which form counts; null: any.
  instrument_key text,
  days integer not null check (days between 1 and 1095),
  active boolean not null default true,
  changed_by uuid references hub.user_account,
  changed_at timestamptz not null
);
create unique index screening_rule_one on hub.screening_rule (care_org_id, trigger, coalesce(instrument_key, ''));
call hub.fence('screening_rule', 'care_org_id = hub.org()', 'select, insert, update, delete');

-- Put off until a day, or declined this time: then what happened before counts no more.
create table hub.screening_pause (
  id uuid primary key,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null references hub.patient,
  kind text not null check (kind in ('SNOOZED', 'DECLINED')),
  reason text not null check (reason in ('NOT_REACHED', 'IN_HOSPITAL', 'TOO_MUCH_NOW', 'ASKED_TO_WAIT', 'DECLINED', 'OTHER')),
  note text check (length(note) <= 500),
  until timestamptz not null,
  created_by uuid references hub.user_account,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index screening_pause_open on hub.screening_pause (patient_id) where ended_at is null;
create index screening_pause_owner on hub.screening_pause (care_org_id, created_at);
call hub.fence('screening_pause', 'care_org_id = hub.org()', 'select, insert, update');

create index screening_completed on hub.screening (patient_id, completed_at desc) include (care_org_id, instrument_key) where status = 'COMPLETED';
create index need_confirmed on hub.need (care_org_id, confirmed_at) include (patient_id, status) where confirmed_at is not null;

-- Yearly, a week after a discharge, a month after a need was confirmed, two weeks after a change in life.
create function hub.screening_rules(org uuid) returns table (trigger text, instrument_key text, days integer)
  language sql stable parallel safe as $$
  select r.trigger, r.instrument_key, r.days from hub.screening_rule r where r.care_org_id = org and r.active
  union all
  select * from (values ('PERIOD', null::text, 365), ('DISCHARGE', null, 7), ('NEED', null, 30), ('LIFE_EVENT', null, 14)) usual
    where not exists (select from hub.screening_rule r where r.care_org_id = org)
$$;

-- For each active patient the screening that is due first: when, why, since what, and with which form (null: any). Plain
-- SQL, so that the planner sees through it and a list of twenty costs twenty look-ups.
create function hub.screenings_due(org uuid, at timestamptz)
  returns table (patient_id uuid, due_at timestamptz, reason text, since timestamptz, instrument_key text)
  language sql stable parallel safe as $$
  select distinct on (d.patient_id) d.patient_id, d.due_at, d.reason, d.since, d.instrument_key
  from (
    select p.id as patient_id, 'PERIOD' as reason, r.instrument_key, last.at as since,
      greatest(coalesce(last.at + make_interval(days => r.days), p.created_at),
        case when pause.kind = 'DECLINED' then pause.until end) as due_at, p.id as subject
    from hub.patient p
    join hub.screening_rules(org) r on r.trigger = 'PERIOD'
    left join lateral (select max(s.completed_at) as at from hub.screening s where s.patient_id = p.id and s.care_org_id = org
      and s.status = 'COMPLETED' and (r.instrument_key is null or s.instrument_key = r.instrument_key)) last on true
    left join hub.screening_pause pause on pause.patient_id = p.id and pause.ended_at is null
    where p.care_org_id = org and p.status = 'ACTIVE'
    union all
    select e.patient_id, r.trigger, r.instrument_key, e.on_day::timestamptz, e.on_day::timestamptz + make_interval(days => r.days), e.id
    from hub.patient_event e
    join hub.screening_rules(org) r on r.trigger = case when e.kind = 'DISCHARGE' then 'DISCHARGE' else 'LIFE_EVENT' end
    join hub.patient p on p.id = e.patient_id and p.status = 'ACTIVE'
    where e.care_org_id = org and e.withdrawn_at is null and e.on_day <= at::date and e.on_day > at::date - 365
    union all
    select n.patient_id, 'NEED', r.instrument_key, n.confirmed_at, n.confirmed_at + make_interval(days => r.days), n.id
    from hub.need n
    join hub.screening_rules(org) r on r.trigger = 'NEED'
    join hub.patient p on p.id = n.patient_id and p.status = 'ACTIVE'
    where n.care_org_id = org and n.status in ('CONFIRMED', 'BEING_ADDRESSED') and n.confirmed_at is not null
      and n.confirmed_at > at - interval '365 days'
  ) d
  where (d.reason = 'PERIOD' or (
      not exists (select from hub.screening s where s.patient_id = d.patient_id and s.care_org_id = org and s.status = 'COMPLETED'
        and s.completed_at > d.since and (d.instrument_key is null or s.instrument_key = d.instrument_key))
      and not exists (select from hub.screening_pause x where x.patient_id = d.patient_id and x.care_org_id = org
        and x.kind = 'DECLINED' and x.created_at >= d.since and (x.ended_at is null or x.ended_at >= x.until))))
    and not exists (select from hub.screening_pause x where x.patient_id = d.patient_id and x.care_org_id = org
      and x.kind = 'SNOOZED' and x.ended_at is null and x.until > at)
  order by d.patient_id, d.due_at, d.reason, d.subject
$$;
grant execute on function hub.screening_rules, hub.screenings_due to hub_app, hub_task;
