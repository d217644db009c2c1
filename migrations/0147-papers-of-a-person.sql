-- A paper of a message that the care team lets the person see on their own page, until it is taken off again.
alter table hub.referral_file
  add column shown_at timestamptz,
  add column shown_by uuid references hub.user_account;
grant update (shown_at, shown_by) on hub.referral_file to hub_app;
create policy referral_file_show on hub.referral_file for update to hub_app
  using (from_org_id = hub.org()) with check (from_org_id = hub.org());

-- The person sees what was shown to them of their own referrals; somebody around them has no right to the table at all.
grant select (file_id, message_id, referral_id, from_org_id, author_org_id, name, type, bytes, position, shown_at) on hub.referral_file to hub_patient;
create policy referral_file_own on hub.referral_file for select to hub_patient
  using (from_org_id = hub.org() and shown_at is not null and exists (select from hub.referral r where r.id = referral_id));
