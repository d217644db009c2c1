// An agency accepts a referral by the link of its letter, by hand: the same rows as the hub writes, in two statements of
// one transaction. When something is due next comes from the hub's own arithmetic.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { clocksAfter } from '../../dist/referral/clock/keep-clocks.js';
import { answeringClock } from '../../dist/referral/clock/times-of-service.js';
import { pool } from './listen.mjs';

const gatherSql = `
  select l.id as link, r.id, r.version, r.priority, r.answer_due_at as "answerDueAt", r.patient_label as "patientLabel", r.from_org_id as "from",
    r.to_org_id as "to", r.patient_id as patient, r.consent_id as consent, s.name as service, f.name as "fromName", t.name as agency,
    s.time_zone as "serviceZone", t.time_zone as zone,
    (select coalesce(json_agg(json_build_object('toStatus', x.to_status, 'side', x.side, 'byName', x.by_name) order by x.at, x.id), '[]')
      from hub.referral_transition x where x.referral_id = r.id) as transitions
  from hub.referral_link l join hub.referral r on r.id = l.referral_id and r.to_org_id = l.to_org_id join hub.service s on s.id = r.service_id
  join hub.organization f on f.id = r.from_org_id join hub.organization t on t.id = r.to_org_id
  where l.token_hash = $1 and l.revoked_at is null and l.expires_at > now() and r.status = 'REQUESTED' for update of r`;

const writeSql = `
  with moved as (
    update hub.referral set status = 'ACCEPTED', seen_at = coalesce(seen_at, $2), answered_at = $2, contact_due_at = $3, outcome_due_at = $4,
      next_clock_at = $3, updated_at = $2, version = version + 1 where id = $1 returning *
  ), step as (
    insert into hub.referral_transition (id, referral_id, from_org_id, to_org_id, from_status, to_status, side, via, by_name, at)
    select $5, id, from_org_id, to_org_id, 'REQUESTED', 'ACCEPTED', 'TARGET', 'LINK', $6, $2 from moved
  ), used as (
    update hub.referral_link set answered_at = coalesce(answered_at, $2) where id = $7
  ), trace as (
    insert into hub.audit (id, org_id, actor_id, via, roles, action, entity, entity_id, patient_id, patient_org_id, purpose, consent_id)
    select $8, to_org_id, null, 'LINK', '{}', 'referral.accept', 'referral', id, patient_id, from_org_id, 'REFERRAL', consent_id from moved
  )
  select version, pg_notify('hub_live', json_build_array('inbox', to_org_id, id)::text), pg_notify('hub_live', json_build_array('sent', from_org_id, id)::text),
    (select count(hub.enqueue(task, json_build_object('referralId', id, 'patientId', patient_id, 'to', 'ACCEPTED', 'side', 'TARGET')))
      from unnest($9::text[]) task) from moved`;

export async function acceptByLink({ token, tasks }) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const hash = createHash('sha256').update(token).digest();
    const [row] = (await client.query({ name: 'gather-link', text: gatherSql, values: [hash] })).rows;
    if (!row) throw new Error('No such link');
    const now = new Date();
    const clock = answeringClock({ service: row.serviceZone, organization: row.zone }, null, null);
    const { contactDueAt, outcomeDueAt } = clocksAfter(clock, row, 'ACCEPTED', now);
    const values = [row.id, now, contactDueAt, outcomeDueAt, newId(), row.agency, row.link, newId(), tasks];
    const [{ version }] = (await client.query({ name: 'write-link', text: writeSql, values })).rows;
    await client.query('commit');
    const step = { toStatus: 'ACCEPTED', side: 'TARGET', byName: row.agency };
    const { agency, service, patientLabel } = row;
    const answer = { agency, from: row.fromName, service, status: 'ACCEPTED', version, patientLabel };
    return JSON.stringify({ ...answer, transitions: [...row.transitions, step] });
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
