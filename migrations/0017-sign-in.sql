-- A health plan manages its own members: until now no role of a plan could invite anybody.
alter table hub.membership drop constraint membership_roles_check;
alter table hub.membership add constraint membership_roles_check check (
  cardinality(roles) > 0 and roles <@ array['CARE_MANAGER', 'CARE_SUPERVISOR', 'AGENCY_STAFF', 'AGENCY_ADMIN', 'PLAN_ANALYST', 'PLAN_ADMIN', 'CURATOR', 'PRIVACY_OFFICER', 'OPERATOR']);

-- An organization is claimed from its first member on, whoever makes the membership: an accepted invitation (as the
-- sign-in role, which may not write organizations), an operator, a seed. A trigger's function cannot be called by
-- itself, so no role gains a way to claim an organization without a member. The version stays: nobody edits this field,
-- and a curator who has the organization open must not be told that it changed.
create function hub.claim_organization() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hub.organization set claimed_at = new.created_at where id = new.organization_id and claimed_at is null;
  return null;
end $$;
revoke all on function hub.claim_organization from public;
create trigger membership_claims after insert or update of ended_at on hub.membership
  for each row when (new.ended_at is null) execute function hub.claim_organization();

update hub.organization o set claimed_at = m.first
  from (select organization_id, min(created_at) as first from hub.membership where ended_at is null group by 1) m
 where o.id = m.organization_id and o.claimed_at is null;

-- SETUP: the password was right, and a role asks for an authenticator app that is still to be set up.
alter table hub.session drop constraint session_stage_check;
alter table hub.session add constraint session_stage_check check (stage in ('OPEN', 'TOTP', 'SETUP'));
