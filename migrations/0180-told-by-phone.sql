-- What an agency said by phone of a referral that it was sent, as the care team wrote it down. It moves the referral like an answer
-- and is never the agency's own word: the agency reads it, and may say that it is not right.
create table hub.phone_answer (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  from_org_id uuid not null references hub.organization,
  to_org_id uuid not null references hub.organization,
  answer text not null check (answer in ('ACCEPT', 'DECLINE', 'WAITLIST', 'APPOINTMENT', 'START', 'HELPED', 'NOT_HELPED')),
  said_by text not null check (length(said_by) between 1 and 100),
  said_at timestamptz not null,
  note text check (length(note) between 1 and 1000),
  recorded_by uuid not null references hub.user_account,
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  contradicted_at timestamptz,
  contradicted_by uuid references hub.user_account,
  contradicted_by_name text,
  contradiction text check (length(contradiction) between 1 and 1000),
  check (said_at <= recorded_at),
  check ((contradicted_at is null) = (contradicted_by_name is null) and (contradicted_at is null) = (contradiction is null))
);
create index phone_answer_referral on hub.phone_answer (referral_id, recorded_at, id);
create index phone_answer_from on hub.phone_answer (from_org_id, id);
create index phone_answer_to on hub.phone_answer (to_org_id, id);
create index phone_answer_recorder on hub.phone_answer (recorded_by);
create index phone_answer_contradicter on hub.phone_answer (contradicted_by) where contradicted_by is not null;
call hub.fence('phone_answer', 'from_org_id = hub.org() or to_org_id = hub.org()', 'select, insert');
call hub.protect();
grant update (contradicted_at, contradicted_by, contradicted_by_name, contradiction) on hub.phone_answer to hub_app;
-- Only the side that sent it writes down what it was told, as whoever was told; only the other side contradicts, once.
create policy phone_answer_sender on hub.phone_answer as restrictive for insert to hub_app with check (
  from_org_id = hub.org() and recorded_by = hub.actor() and contradicted_at is null
  and exists (select from hub.referral r where r.id = referral_id and r.from_org_id = phone_answer.from_org_id and r.to_org_id = phone_answer.to_org_id));
create policy phone_answer_agency on hub.phone_answer as restrictive for update to hub_app
  using (to_org_id = hub.org() and contradicted_at is null) with check (to_org_id = hub.org());

grant select, update (contradicted_at, contradicted_by, contradicted_by_name, contradiction) on hub.phone_answer to hub_link;
create policy phone_answer_link on hub.phone_answer for select to hub_link using (referral_id = hub.linked());
create policy phone_answer_link_contradict on hub.phone_answer for update to hub_link
  using (referral_id = hub.linked() and to_org_id = hub.org() and contradicted_at is null)
  with check (referral_id = hub.linked() and to_org_id = hub.org() and contradicted_by is null);

-- Its step in the history is the agency's, said by phone and written by the side that was told.
alter table hub.referral_transition drop constraint referral_transition_via_check;
alter table hub.referral_transition add constraint referral_transition_via_check
  check (via in ('ACCOUNT', 'LINK', 'MAIL') or (via = 'PHONE' and side = 'TARGET')) not valid;
alter table hub.referral_transition validate constraint referral_transition_via_check;
drop policy referral_transition_add on hub.referral_transition;
create policy referral_transition_add on hub.referral_transition for insert to hub_app with check (
  hub.org() = case when side = 'REQUESTER' or via = 'PHONE' then from_org_id else to_org_id end
  and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_transition.from_org_id and r.to_org_id = referral_transition.to_org_id));
