-- A consent that is about to end is said to the care team before it does, once.
alter table hub.consent add end_told_at timestamptz;
create index consent_ending on hub.consent (care_org_id, expires_at) where status = 'ACTIVE';
