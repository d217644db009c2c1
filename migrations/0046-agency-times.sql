-- How long agencies take, of the last year: to open, to answer, to reach the person, to say what came of it. Numbers of
-- many and of nobody, made anew each night; fewer than ten people give no row. An agency sees its own at once, senders
-- only when it has been able to see them for thirty days.
create table hub.agency_times (
  organization_id uuid not null references hub.organization on delete cascade,
  clock text not null check (clock in ('SEE', 'ANSWER', 'CONTACT', 'OUTCOME')),
  counted integer not null,
  median_hours real not null,
  p90_hours real not null,
  shown_since timestamptz not null,
  renewed_at timestamptz not null,
  primary key (organization_id, clock)
);
grant select on hub.agency_times to hub_app;
grant select, insert, update, delete on hub.agency_times to hub_task;
