-- Whom a list showed: one line of the audit for a page, with everybody on it whose record one organization keeps.
alter table hub.audit add column patient_ids uuid[];
create index audit_patients on hub.audit using gin (patient_ids) where patient_ids is not null;
grant insert (patient_ids) on hub.audit to hub_app, hub_task;

-- Who has seen a person. Containment of arrays is not leakproof, so under a policy it would not reach the index: this
-- function is the owner's and says the rule of the policy itself. Nobody learns who else stood in a list. Views of lists are
-- counted together: by day (where the organization is), person, action and outcome.
create function hub.accesses_of(person uuid)
returns table (at timestamptz, id uuid, actor_id uuid, org_id uuid, via text, roles text[], action text, purpose text,
  outcome text, entity text, detail jsonb, times int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.at, a.id, a.actor_id, a.org_id, a.via, a.roles, a.action, a.purpose, a.outcome, a.entity, a.detail, 1
  from hub.audit a
  where a.patient_id = person and (a.org_id = hub.org() or a.patient_org_id = hub.org())
  union all
  select max(a.at), (array_agg(a.id order by a.at desc, a.id desc))[1], a.actor_id, a.org_id, a.via, a.roles, a.action, a.purpose,
    a.outcome, a.entity, null, count(*)::int
  from hub.audit a
  where a.patient_ids @> array[person] and (a.org_id = hub.org() or a.patient_org_id = hub.org())
  group by a.actor_id, a.org_id, a.via, a.roles, a.action, a.purpose, a.outcome, a.entity,
    (a.at at time zone coalesce((select o.time_zone from hub.organization o where o.id = hub.org()), 'UTC'))::date
$$;
revoke all on function hub.accesses_of from public;
grant execute on function hub.accesses_of to hub_auditor;
