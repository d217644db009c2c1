-- Names folded once when written. A trigram index is of no use here: row-level security lets only leakproof operators
-- reach an index, so a search reads the organization's patients, and folding each name anew was what it cost.
alter table hub.patient add column name_folded text
  generated always as (hub.fold(given_name || ' ' || coalesce(preferred_name || ' ', '') || family_name)) stored;
drop index hub.patient_name_trgm;
create index patient_recent on hub.patient (care_org_id, updated_at desc, id desc);
