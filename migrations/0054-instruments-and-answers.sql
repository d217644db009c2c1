-- Instruments that somebody uploads beside those that come with the hub, and answers that say who gave and who wrote them.

-- A version never changes: what was answered with it keeps its meaning. Everybody reads, the steward's people add.
alter table hub.instrument
  add column source text not null default 'HUB' check (source in ('HUB', 'UPLOAD')),
  add column uploaded_by uuid references hub.user_account,
  add column uploaded_at timestamptz;
create unique index instrument_active on hub.instrument (key) where active;

-- The one door for uploads. A new version is in use at once, in place of the one before.
create function hub.upload_instrument(key text, version text, title text, panel text, body jsonb, by_user uuid, at timestamptz)
  returns void language plpgsql volatile security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  if not hub.steward() then raise exception using errcode = '42501', message = 'permission denied for instruments'; end if;
  update hub.instrument i set active = false where i.key = upload_instrument.key and i.active;
  insert into hub.instrument (key, version, title, panel_loinc, body, active, source, uploaded_by, uploaded_at)
    values (upload_instrument.key, upload_instrument.version, upload_instrument.title, panel, upload_instrument.body, true, 'UPLOAD', by_user, at);
end $$;
-- Puts one version of a form in use, or (version null) takes the form out of use. False when there is no such version.
create function hub.use_instrument(key text, version text)
  returns boolean language plpgsql volatile security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  if not hub.steward() then raise exception using errcode = '42501', message = 'permission denied for instruments'; end if;
  update hub.instrument i set active = false where i.key = use_instrument.key and i.active;
  if use_instrument.version is null then return found; end if;
  update hub.instrument i set active = true where i.key = use_instrument.key and i.version = use_instrument.version;
  return found;
end $$;
revoke all on function hub.upload_instrument, hub.use_instrument from public;
grant execute on function hub.upload_instrument, hub.use_instrument to hub_app;

-- A form of its own has questions without a LOINC code. `via`: through whose hands the answer came, the care team's, or
-- the patient's own on a device that was handed over or by a link.
alter table hub.screening_answer
  alter column question_loinc drop not null,
  add column recorded_by uuid references hub.user_account,
  add column via text not null default 'CARE_TEAM' check (via in ('CARE_TEAM', 'KIOSK', 'LINK'));
alter table hub.screening
  add column completed_via text check (completed_via in ('CARE_TEAM', 'KIOSK', 'LINK'));

-- What was answered before an answer took its place: two devices at once, or a change of mind. Nothing is lost.
create table hub.screening_answer_past (
  id uuid primary key,
  screening_id uuid not null references hub.screening,
  link_id text not null,
  care_org_id uuid not null references hub.organization,
  patient_id uuid not null,
  answer_codes text[] not null,
  value_number numeric,
  value_text text,
  absent_reason text,
  absent_text text,
  answered_at timestamptz not null,
  recorded_by uuid,
  via text not null,
  replaced_at timestamptz not null
);
create index screening_answer_past_owner on hub.screening_answer_past (care_org_id, screening_id, replaced_at);
call hub.fence('screening_answer_past', 'care_org_id = hub.org()', 'select, insert');
