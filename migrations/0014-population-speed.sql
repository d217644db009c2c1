-- What the summary reads, in the order it reads it: at 100,000 members these are index-only scans without a sort.
alter table hub.population_span drop constraint population_span_pkey;
alter table hub.population_span add primary key (plan_org_id, person_key, covered_from, product_line) include (covered_to, age_band, county);
create index population_need_person on hub.population_need (plan_org_id, person_key, category, identified_on) include (age_band, county, product_line);

-- A referral about several categories has a row for each; in totals one of them stands for it.
alter table hub.population_referral add column stands boolean not null default true;
update hub.population_referral f set stands = false
  where exists (select from hub.population_referral o where o.plan_org_id = f.plan_org_id and o.referral_id = f.referral_id and o.category < f.category);
alter table hub.population_referral alter column stands drop default;
