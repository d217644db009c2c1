-- Who may write what of a referral, and the indexes its queues walk.

-- The sender writes it; both sides read it and change only how it stands. Where it goes, whom it is about, the consent
-- and what was shared stay as they were sent: row-level security alone would let a sender hand the row to another agency.
drop policy referral_app on hub.referral;
create policy referral_read on hub.referral for select to hub_app
  using (from_org_id = hub.org() or (to_org_id = hub.org() and status <> 'DRAFT'));
create policy referral_send on hub.referral for insert to hub_app with check (from_org_id = hub.org());
create policy referral_step on hub.referral for update to hub_app
  using (from_org_id = hub.org() or (to_org_id = hub.org() and status <> 'DRAFT'))
  with check (from_org_id = hub.org() or (to_org_id = hub.org() and status <> 'DRAFT'));
revoke update on hub.referral from hub_app;
grant update (status, reason_code, reason, seen_at, answered_at, closed_at, assigned_to, outcome, outcome_note, enrollment,
  patient_confirmation, patient_confirmed_at, patient_confirmed_by, version, updated_at) on hub.referral to hub_app;

-- A line of the history names the two organizations of its referral, and the side that writes it is the caller's own.
drop policy referral_transition_app on hub.referral_transition;
create policy referral_transition_read on hub.referral_transition for select to hub_app
  using (from_org_id = hub.org() or to_org_id = hub.org());
create policy referral_transition_add on hub.referral_transition for insert to hub_app with check (
  hub.org() = case side when 'REQUESTER' then from_org_id else to_org_id end
  and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_transition.from_org_id and r.to_org_id = referral_transition.to_org_id));

drop policy referral_message_app on hub.referral_message;
create policy referral_message_read on hub.referral_message for select to hub_app
  using (from_org_id = hub.org() or to_org_id = hub.org());
create policy referral_message_add on hub.referral_message for insert to hub_app with check (
  author_org_id = hub.org()
  and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_message.from_org_id and r.to_org_id = referral_message.to_org_id));

-- Drafts apart, a referral has been sent and has a due hour: the queues' orders rely on it.
alter table hub.referral add constraint referral_sent check (status = 'DRAFT' or (sent_at is not null and answer_due_at is not null)) not valid;
alter table hub.referral validate constraint referral_sent;
