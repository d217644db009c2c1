-- The person reads on their page that an answer came by phone, as their care team does.
grant select (via) on hub.referral_transition to hub_patient;
