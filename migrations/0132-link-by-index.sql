-- Which link a hash belongs to was looked for among all links there are: no index serves a condition that is `case … end`. Each
-- statement of somebody who answers by a link asks it, once to be planned and once to run, so an answer cost the more the more
-- links had ever been sent. Now the link is found by the index of its token or of its reply code; what makes it work is
-- unchanged, and stands in one place. Nobody may call that: it becomes a part of the three that may be called.
create function hub.working_link(hash bytea, by_reply boolean, at timestamptz)
  returns table (id uuid, referral_id uuid, from_org_id uuid, to_org_id uuid, token_hash bytea) language sql stable as $$
  select l.id, l.referral_id, l.from_org_id, l.to_org_id, l.token_hash
  from hub.referral_link l join hub.referral r on r.id = l.referral_id join hub.consent c on c.id = r.consent_id
  where l.id = case when by_reply then (select x.id from hub.referral_link x where x.reply_hash = hash)
      else (select x.id from hub.referral_link x where x.token_hash = hash) end
    and l.revoked_at is null and l.expires_at > at
    and r.to_org_id = l.to_org_id and r.status not in ('DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR')
    and (r.closed_at is null or r.closed_at > at - interval '14 days')
    and (r.consent_decision is not distinct from 'KEPT'
      or (c.status = 'ACTIVE' and r.consent_ended_at is null
        and (r.seen_at is not null or c.expires_at is null or c.expires_at > at))) $$;
revoke all on function hub.working_link from public;

create or replace function hub.referral_link_of(hash bytea, by_reply boolean, at timestamptz)
  returns table (id uuid, referral_id uuid, from_org_id uuid, to_org_id uuid, token_hash bytea)
  language plpgsql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
begin
  return query select l.id, l.referral_id, l.from_org_id, l.to_org_id, l.token_hash from hub.working_link(hash, by_reply, at) l;
end $$;

create or replace function hub.linked() returns uuid language plpgsql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
declare
  held uuid;
begin
  select l.referral_id into held from hub.working_link(decode(coalesce(current_setting('hub.link', true), ''), 'hex'), false,
    coalesce(nullif(current_setting('hub.link_at', true), '')::timestamptz, now())) l;
  return held;
end $$;

create or replace function hub.linked_by() returns uuid language plpgsql stable security definer set search_path = hub, pg_catalog, pg_temp as $$
declare
  held uuid;
begin
  select l.id into held from hub.working_link(decode(coalesce(current_setting('hub.link', true), ''), 'hex'), false,
    coalesce(nullif(current_setting('hub.link_at', true), '')::timestamptz, now())) l;
  return held;
end $$;

-- Whose a link is, is asked before anybody is known: by the role that looks sessions up.
grant execute on function hub.referral_link_of to hub_auth;
