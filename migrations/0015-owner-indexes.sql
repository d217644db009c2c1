-- Columns by which rows are looked for when what they point to goes: without an index each deleted site reads all referrals.
create index referral_site on hub.referral (service_at_location_id) where service_at_location_id is not null;
create index session_membership on hub.session (membership_id);
create index password_reset_user on hub.password_reset (user_id);
create index oidc_link_user on hub.oidc_link (user_id);
