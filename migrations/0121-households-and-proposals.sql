-- Whom in the household an offer is for, so that each agency asked later is told the same as the first. Names stay here
-- until a consent lets one of them know.
alter table hub.referral_offer add column household jsonb not null default '[]' check (jsonb_typeof(household) = 'array');

-- An agency without an account proposes who fits better, by the link of its one referral.
grant select, insert, update (settled, settled_at) on hub.referral_transfer to hub_link;
create policy referral_transfer_link on hub.referral_transfer for select to hub_link using (referral_id = hub.linked());
create policy referral_transfer_link_add on hub.referral_transfer for insert to hub_link with check (
  referral_id = hub.linked() and to_org_id = hub.org()
  and exists (select from hub.referral r where r.id = referral_id
    and r.from_org_id = referral_transfer.from_org_id and r.to_org_id = referral_transfer.to_org_id));
create policy referral_transfer_link_settle on hub.referral_transfer for update to hub_link
  using (referral_id = hub.linked()) with check (referral_id = hub.linked() and settled = 'REPLACED');
