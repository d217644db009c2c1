// Sending a referral by hand: the same rows as the hub writes, in two statements of one transaction. What is plain
// arithmetic and text (due hour, what is shared) comes from the hub's own functions.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { answerDueAt } from '../../dist/referral/answer-due.js';
import { labelOf, shareOf } from '../../dist/referral/shared-information.js';
import { pool } from './listen.mjs';

const ROLES = new Set(['CARE_MANAGER', 'CARE_SUPERVISOR']);

const gatherSql = `
  with lock as materialized (
    select pg_advisory_xact_lock(hashtextextended($1::text || '|' || $5::text || '|sendReferral|' || $6, 0))
  ), p as materialized (
    select p.* from hub.patient p, lock where p.id = $2 and p.care_org_id = $1::uuid and p.status = 'ACTIVE'
  ), n as materialized (
    select n.* from hub.need n join p on n.patient_id = p.id where n.id = any ($3::uuid[]) and n.care_org_id = $1::uuid
      and n.status in ('CONFIRMED', 'BEING_ADDRESSED') and n.wants_help order by n.id for update of n
  ), s as materialized (
    select s.*, o.name as to_name, o.time_zone as to_zone from hub.service s join hub.organization o on o.id = s.organization_id
    where s.id = $4 and s.status = 'active' and s.takes_referrals and o.retired_at is null and o.kind = 'AGENCY' and o.id <> $1::uuid
  ), c as materialized (
    select c.* from hub.consent c join p on c.patient_id = p.id, s where c.status = 'ACTIVE' and c.purpose = 'REFERRAL'
      and c.starts_at <= now() and (c.expires_at is null or c.expires_at > now())
      and (c.grantee_organization_id = s.organization_id or c.grantee_class = 'COMMUNITY_AGENCIES')
      and c.categories @> (select array_agg(distinct category) from n)
      and s.sensitivity = 'NONE' and not exists (select from n where sensitivity <> 'NONE')
    order by c.created_at desc, c.id desc limit 1 for share of c
  )
  select (select to_json(p) from p) as patient, (select json_agg(n) from n) as needs, (select to_json(s) from s) as service,
    (select id from c) as consent, (select a.id from hub.service_at_location a, s where a.id = $7 and a.service_id = s.id) as site,
    (select result from hub.idempotency_key where org_id = $1::uuid and user_id = $5::uuid and mutation = 'sendReferral' and key = $6) as known`;

const writeSql = `
  with sent as (
    insert into hub.referral (id, from_org_id, to_org_id, patient_id, service_id, service_at_location_id, status, priority, categories,
      sensitivity, request, consent_id, shared, patient_label, sent_by, sent_by_name, sent_at, answer_due_at, version, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, 'REQUESTED', 'ROUTINE', $7, 'NONE', $8, $9, $10, $11, $12, $13, $14, $15, 1, $14, $14) returning *
  ), step as (
    insert into hub.referral_transition (id, referral_id, from_org_id, to_org_id, to_status, side, by_user_id, by_name, at)
    select $16, id, from_org_id, to_org_id, 'REQUESTED', 'REQUESTER', sent_by, sent_by_name, sent_at from sent
  ), links as (
    insert into hub.referral_need (referral_id, need_id, from_org_id) select id, unnest($17::uuid[]), from_org_id from sent
  ), addressed as (
    update hub.need set status = 'BEING_ADDRESSED', version = version + 1, updated_at = $14
    where id = any ($17::uuid[]) and status = 'CONFIRMED'
  ), told as (
    insert into hub.disclosure (id, care_org_id, patient_id, recipient_org_id, referral_id, consent_id, categories, fields, purpose, at)
    select $18, from_org_id, patient_id, to_org_id, id, consent_id, categories, $19::text[], 'REFERRAL', $14 from sent
  ), trace as (
    insert into hub.audit (id, org_id, actor_id, via, roles, action, entity, entity_id, patient_id, patient_org_id, purpose, consent_id)
    select $20, from_org_id, sent_by, 'SESSION', $21::text[], 'referral.send', 'referral', id, patient_id, from_org_id, 'REFERRAL', consent_id
    from sent
  ), kept as (
    insert into hub.idempotency_key (org_id, user_id, mutation, key, input_hash, result)
    select from_org_id, sent_by, 'sendReferral', $22, $23, to_jsonb(id) from sent
  )
  select pg_notify('hub_live', json_build_array('inbox', to_org_id, id)::text), pg_notify('hub_live', json_build_array('sent', from_org_id, id)::text),
    (select count(hub.enqueue(task, json_build_object('referralId', id, 'patientId', patient_id, 'to', 'REQUESTED', 'side', 'REQUESTER')))
      from unnest($24::text[]) task) from sent`;

const shareable = (row) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/_(\w)/g, (_, c) => c.toUpperCase()), value]),
  );

export async function send(caller, input) {
  if (!caller.roles.some((role) => ROLES.has(role))) return undefined;
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { patientId, serviceId, siteId = null, needIds, request, idempotencyKey, tasks } = input;
    const values = [caller.organizationId, patientId, needIds, serviceId, caller.userId, idempotencyKey, siteId];
    const { patient, needs, service, consent, site, known } = (
      await client.query({ name: 'gather', text: gatherSql, values })
    ).rows[0];
    if (known) throw new Error('A retry: not part of the benchmark');
    if (!patient || needs?.length !== needIds.length || !service || !consent) throw new Error('Nothing to send');
    const now = new Date();
    const shared = shareOf(
      shareable(patient),
      needs.map((need) => need.label),
      [],
    );
    const categories = [...new Set(needs.map((need) => need.category))];
    const [id, stepId, disclosureId, auditId] = [newId(), newId(), newId(), newId()];
    const patientLabel = labelOf(shareable(patient));
    const hash = createHash('sha256').update(JSON.stringify({ patientId, serviceId, needIds, request })).digest();
    const due = answerDueAt(now, service.time_zone ?? service.to_zone, 'ROUTINE');
    await client.query({
      name: 'write',
      text: writeSql,
      values: [
        id,
        caller.organizationId,
        service.organization_id,
        patientId,
        serviceId,
        site,
        categories,
        request,
        consent,
        JSON.stringify(shared),
        patientLabel,
        caller.userId,
        caller.name,
        now,
        due,
        stepId,
        needIds,
        disclosureId,
        [...shared.map((item) => item.key), ...(request ? ['request'] : [])],
        auditId,
        caller.roles,
        idempotencyKey,
        hash,
        tasks,
      ],
    });
    await client.query('commit');
    const answer = {
      id,
      status: 'REQUESTED',
      patientLabel,
      answerDueAt: due,
      service: service.name,
      to: service.to_name,
    };
    return JSON.stringify(answer);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
