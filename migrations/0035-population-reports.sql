-- What a plan may read is published: once for each half-year, never changed, with the small counts taken out before it is
-- stored. The facts it is counted from are collected for that and deleted in the same transaction.
create table hub.population_report (
  id uuid primary key,
  plan_org_id uuid not null references hub.organization,
  first_day date not null,
  last_day date not null check (last_day > first_day),
  published_at timestamptz not null,
  figures jsonb not null,
  unique (plan_org_id, first_day)
);
call hub.fence('population_report', 'plan_org_id = hub.org()', 'select');
revoke update, delete on hub.population_report from hub_task;

-- Which half-years are published, for all plans at once: a plan that comes later begins with the next one, so that a person
-- whom two plans covered is never counted in both.
create table hub.population_period (
  first_day date primary key,
  last_day date not null unique check (last_day > first_day),
  published_at timestamptz not null
);
grant select on hub.population_period to hub_app;
grant select, insert on hub.population_period to hub_task;

-- Nobody but the task reads facts about single members any more.
revoke select on hub.population_member, hub.population_span, hub.population_screening, hub.population_need,
  hub.population_referral, hub.population_refresh from hub_app;
