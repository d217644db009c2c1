-- What was told by phone goes out of an agency's sight with its referral.
alter policy phone_answer_app on hub.phone_answer using (from_org_id = hub.org()
  or (to_org_id = hub.org() and exists (select from hub.referral r where r.id = referral_id)));
