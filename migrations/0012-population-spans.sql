-- When a plan covered a member, cut where the product line or the age band changes: whoever counts members by age counts
-- them as old as they were, as the facts beside them do. What ends is written as the last day; what runs, as infinity.
create table hub.population_span (
  plan_org_id uuid not null,
  person_key uuid not null,
  covered_from date not null,
  covered_to date not null,
  age_band text not null,
  county text not null,
  product_line text not null,
  primary key (plan_org_id, person_key, covered_from, product_line)
);
insert into hub.population_span (plan_org_id, person_key, covered_from, covered_to, age_band, county, product_line)
  select plan_org_id, person_key, covered_from, coalesce(covered_to, 'infinity'), age_band, county, product_line
  from hub.population_member;
call hub.fence('population_span', 'plan_org_id = hub.org()', 'select');

-- Beside the key a member keeps only the link to the patient, which is the task's alone.
revoke select on hub.population_member from hub_app;
alter table hub.population_member
  drop column age_band, drop column county, drop column state, drop column product_line, drop column covered_from, drop column covered_to;
grant select (plan_org_id, person_key) on hub.population_member to hub_app;
