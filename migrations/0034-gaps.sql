-- What people were sent for and did not get, by month, place and need: counts of people, counted once when a month is
-- over and never again. What could point to somebody is left out before it is written, so that nobody can read it here.
create table hub.gap_month (
  month date primary key,
  counted_at timestamptz not null
);
create table hub.gap_count (
  month date not null references hub.gap_month on delete cascade,
  state text not null,
  -- '' for the whole state.
  county text not null,
  category text not null,
  reason text not null,
  people integer not null check (people > 10),
  primary key (month, state, county, category, reason)
);
grant select on hub.gap_month, hub.gap_count to hub_app;
grant select, insert, update, delete on hub.gap_month, hub.gap_count to hub_task;
