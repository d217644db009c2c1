-- Somebody who asks for themselves is not asked when they were born. What is not known is null: no age is reckoned from it.
alter table hub.patient alter column birth_date drop not null;
update hub.patient set birth_date = null where care_org_id = hub.self_org();
alter table hub.patient add constraint patient_birth_date_known check (birth_date is not null or care_org_id = hub.self_org());
alter table hub.screening alter column age_years drop not null;

-- A number that takes no text messages: the agency calls it.
alter table hub.self_request drop constraint self_request_way_check;
alter table hub.self_request add constraint self_request_way_check check (way in ('EMAIL', 'TEXT', 'CALL'));

-- Exchanges a link for an open page. A wrong answer is counted, which is why nothing is raised; where no birth date is
-- known, no year is the right one.
create or replace function hub.open_help(token bytea, at timestamptz, birth_year integer, session bytea, session_id uuid, until timestamptz)
returns json language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  l hub.help_link;
  holder json;
  born integer;
begin
  select * into l from hub.help_link where token_hash = token for update;
  holder := hub.help_holder(l.id, at);
  if holder is null then return json_build_object('state', 'ENDED'); end if;
  if l.asks_birth_year then
    if birth_year is null then return json_build_object('state', 'ASKS'); end if;
    select extract(year from p.birth_date) into born from hub.patient p where p.id = l.patient_id;
    if born is distinct from birth_year then
      update hub.help_link set wrong = wrong + 1 where id = l.id;
      return json_build_object('state', case when l.wrong + 1 < 5 then 'WRONG' else 'ENDED' end);
    end if;
  end if;
  update hub.help_link set wrong = 0, first_opened_at = coalesce(first_opened_at, at), last_opened_at = at where id = l.id;
  insert into hub.help_session (token_hash, id, link_id, created_at, seen_at, expires_at) values (session, session_id, l.id, at, at, until);
  if l.related_person_id is not null then
    insert into hub.disclosure (id, care_org_id, patient_id, recipient_related_person_id, consent_id, categories, fields, purpose, at)
    select session_id, l.care_org_id, l.patient_id, l.related_person_id, (holder ->> 'consentId')::uuid,
      array(select json_array_elements_text(holder -> 'categories')), array['needs', 'referrals'], 'FAMILY_INVOLVEMENT', at;
  end if;
  return (holder::jsonb || jsonb_build_object('state', 'OPEN'))::json;
end $$;
