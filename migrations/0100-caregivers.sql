-- Somebody around a patient may be served too: their own record, in the same organization, linked both ways.
alter table hub.related_person
  add column own_patient_id uuid references hub.patient,
  add column version integer not null default 1,
  add constraint related_person_not_oneself check (own_patient_id <> patient_id);
create unique index related_person_own on hub.related_person (own_patient_id, patient_id) where own_patient_id is not null and ended_at is null;

-- Both records belong to the same organization, and neither is hidden from whoever links them.
create function hub.link_own_record() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from hub.patient p where p.id = new.own_patient_id and p.care_org_id = new.care_org_id) then
    raise exception using errcode = '42501', message = 'permission denied for this record';
  end if;
  return new;
end $$;
create trigger link_own_record before insert or update of own_patient_id on hub.related_person
  for each row when (new.own_patient_id is not null) execute function hub.link_own_record();
