-- Most requests read, and each of them asked first who calls, on a connection of the sign-in role. A transaction of
-- reads may now begin with the token instead: the same round trip looks the session up and tells row-level security
-- whose it is. Only who holds a token learns of its session, and only the roles that sign in may ask: once a
-- transaction has taken the role of the app, it cannot enter again as somebody else.

-- Answers with a live session and the memberships that have not ended, oldest first; null for none. The transaction is
-- that of the session's person in the organization they work in at the moment; that of nobody without an open session.
-- In plpgsql because its plan is kept: every request runs this.
create function hub.enter(token bytea, at timestamptz) returns json language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  session json;
  organization uuid;
  person uuid;
begin
  select json_build_object('id', s.id, 'userId', s.user_id, 'membershipId', s.membership_id, 'stage', s.stage, 'mfa', s.mfa,
      'seenAt', s.seen_at, 'locale', u.locale, 'memberships', coalesce(all_of.them, '[]')),
    case when s.stage = 'OPEN' then all_of.current end, s.user_id
  into session, organization, person
  from hub.session s join hub.user_account u on u.id = s.user_id and u.disabled_at is null
  cross join lateral (
    select json_agg(json_build_object('id', m.id, 'organizationId', m.organization_id, 'roles', m.roles) order by m.created_at, m.id) as them,
      (array_agg(m.organization_id) filter (where m.id = s.membership_id))[1] as current
    from hub.membership m join hub.organization o on o.id = m.organization_id and o.retired_at is null
    where m.user_id = s.user_id and m.ended_at is null) all_of
  where s.token_hash = token and s.expires_at > at and s.seen_at + s.idle > at;
  perform set_config('hub.org_id', coalesce(organization::text, ''), true),
    set_config('hub.user_id', case when organization is null then '' else person::text end, true);
  return session;
end $$;

revoke all on function hub.enter from public;
-- To find the function by its name; no table is granted with it.
grant usage on schema hub to hub_login;
grant execute on function hub.enter to hub_login, hub_auth;
