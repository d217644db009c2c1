-- Read models for plans, kept by tasks: flat facts per member without names, notes or answers. person_key is a random
-- key of its own, so that a plan's rows lead back to no patient record.
create table hub.population_member (
  plan_org_id uuid not null references hub.organization,
  person_key uuid not null default gen_random_uuid(),
  patient_id uuid not null,
  age_band text not null,
  county text not null default '',
  state text not null default '',
  product_line text not null,
  covered_from date not null,
  covered_to date,
  primary key (plan_org_id, person_key)
);
create unique index population_member_patient on hub.population_member (patient_id, plan_org_id);
create table hub.population_screening (
  plan_org_id uuid not null,
  person_key uuid not null,
  screening_id uuid not null,
  completed_on date not null,
  age_band text not null,
  county text not null,
  product_line text not null,
  primary key (plan_org_id, screening_id)
);
create index population_screening_time on hub.population_screening (plan_org_id, completed_on, person_key);
create table hub.population_need (
  plan_org_id uuid not null,
  person_key uuid not null,
  need_id uuid not null,
  category text not null,
  status text not null,
  identified_on date not null,
  age_band text not null,
  county text not null,
  product_line text not null,
  primary key (plan_org_id, need_id)
);
create index population_need_time on hub.population_need (plan_org_id, identified_on, category, person_key);
create table hub.population_referral (
  plan_org_id uuid not null,
  person_key uuid not null,
  referral_id uuid not null,
  category text not null,
  sent_on date not null,
  answered boolean not null,
  accepted boolean not null,
  closed_by_agency boolean not null,
  help_received boolean not null,
  patient_asked boolean not null,
  confirmed_by_patient boolean not null,
  age_band text not null,
  county text not null,
  product_line text not null,
  primary key (plan_org_id, referral_id, category)
);
create index population_referral_time on hub.population_referral (plan_org_id, sent_on, category, person_key);
do $$
declare t text;
begin
  foreach t in array array['population_member', 'population_screening', 'population_need', 'population_referral'] loop
    execute format('call hub.fence(%L, %L, %L)', t, 'plan_org_id = hub.org()', 'select');
  end loop;
end $$;
-- The link to the patient is the task's alone.
revoke select on hub.population_member from hub_app;
grant select (plan_org_id, person_key, age_band, county, state, product_line, covered_from, covered_to) on hub.population_member to hub_app;

-- When a plan's facts were last brought up to date.
create table hub.population_refresh (
  plan_org_id uuid primary key references hub.organization,
  refreshed_at timestamptz not null
);
call hub.fence('population_refresh', 'plan_org_id = hub.org()', 'select');
