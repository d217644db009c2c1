-- Whose a referral is is asked once for each statement and not for each row: a count of an inbox of 6,635 takes half as long.
-- The rule itself is that of 0172.
alter policy referral_read on hub.referral
  using (case when from_org_id = (select hub.org()) then true
    else to_org_id = (select hub.org()) and status <> 'DRAFT'
      and hub.in_sight(answered_at, consent_ended_at, consent_until, (select hub.moment())) end);
