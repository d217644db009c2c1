import { FAMILY } from '../life.js';
import { PERSON } from '../links.js';
import { FOUND, type Found, type Player, type Stage } from './stage.js';

/** Records that only the care team sees, and who opened one in an emergency: one waits for the officer, one is settled. */
export async function protectedRecords(
  stage: Stage,
  { care, supervisor, officer }: Record<'care' | 'supervisor' | 'officer', Player>,
): Promise<void> {
  const own = await patients(stage, care, 'a.user_id = $2', 1);
  const theirs = await patients(stage, care, 'a.user_id <> $2', 2);
  for (const [index, one] of [...own, ...theirs].entries()) {
    const at = stage.days(40 + index);
    await stage.rows('update hub.patient set restricted = $2, restricted_at = $3, restricted_by = $4 where id = $1', [
      one.id,
      index === 0 ? 'STAFF' : 'ASKED',
      at,
      one.manager,
    ]);
    for (const member of new Set([one.manager, supervisor.id])) {
      await stage.rows(
        'insert into hub.care_team_member (id, care_org_id, patient_id, user_id, added_by, added_at) values ($1, $2, $3, $4, $5, $6)',
        [stage.dice.id(at), care.org, one.id, member, one.manager, at],
      );
    }
  }
  for (const [index, one] of theirs.entries()) {
    const at = stage.hours(index === 0 ? 27 : 24 * 19);
    const id = stage.dice.id(at);
    await stage.rows(
      `insert into hub.emergency_access (id, care_org_id, patient_id, user_id, user_name, reason, words, opened_at, ends_at, reviewed_at, reviewed_by, verdict, review_note)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8::timestamptz + interval '1 hour', $9, $10, $11, $12)`,
      index === 0
        ? [id, care.org, one.id, care.id, care.name, 'HELP_TODAY', 'Called and has nothing to eat until Monday; the care manager is away.', at, null, null, null, null] // prettier-ignore
        : [id, care.org, one.id, care.id, care.name, 'DANGER', 'The heat went off in the night and nobody answers the door.', at, stage.days(18), officer.id, 'OK', 'The care manager was told the same day.'], // prettier-ignore
    );
    for (const [action, entity] of [
      ['emergency.open', 'emergency_access'],
      ['patient.read', 'patient'],
    ]) {
      await stage.rows(
        `insert into hub.audit (at, id, org_id, actor_id, via, roles, action, outcome, entity, entity_id, patient_id, patient_org_id, purpose)
         values ($1, $2, $3, $4, 'SESSION', array['CARE_MANAGER'], $5, 'ALLOWED', $6, $7, $8, $3, 'BREAK_GLASS')`,
        [at, stage.dice.id(at), care.org, care.id, action, entity, entity === 'patient' ? one.id : id, one.id],
      );
    }
  }
}

/** Patients of the organization with a need, who are on no page of those without an account. */
async function patients(
  stage: Stage,
  care: Player,
  whose: string,
  count: number,
): Promise<{ id: string; manager: string }[]> {
  return stage.rows(
    `select p.id, a.user_id as manager from hub.patient p join hub.assignment a on a.patient_id = p.id and a.ends_at is null
     where p.care_org_id = $1 and ${whose} and p.status = 'ACTIVE' and exists (select from hub.need n where n.patient_id = p.id)
       and not exists (select from hub.related_person r where r.patient_id = p.id)
       and not exists (select from hub.referral r where r.patient_id = p.id and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'))
     order by p.created_at desc, p.id limit ${count}`,
    [care.org, care.id],
  );
}

/** She works by day, an hour behind her parent. */
const AFTER_WORK = JSON.stringify([{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '17:00', to: '21:00' }]);

/**
 * A daughter who may hear of some of what is under way for a patient of the care manager: of a place on a waiting list, if
 * anybody has one. The pages without an account are of these two.
 */
export async function family(stage: Stage, care: Player): Promise<void> {
  const [found] = await stage.rows<{ id: string; family_name: string; language: string; created_at: Date }>(
    `select p.id, p.family_name, p.language, p.created_at from hub.referral r join hub.patient p on p.id = r.patient_id
     where r.sent_by = $1 and r.offer_id is null and r.status in ('ON_HOLD', 'IN_PROGRESS', 'ACCEPTED', 'REQUESTED') and r.categories && $2
       and p.status = 'ACTIVE' and p.birth_date < $3 and not exists (select from hub.related_person o where o.patient_id = p.id)
     order by array_position(array['ON_HOLD', 'IN_PROGRESS', 'ACCEPTED', 'REQUESTED'], r.status), r.sent_at desc, r.id limit 1`,
    [care.id, FAMILY, stage.days(45 * 365)],
  );
  if (!found) return;
  const at = found.created_at;
  const relative = stage.dice.id(at);
  await stage.rows(
    `insert into hub.related_person (id, care_org_id, patient_id, name, relationship, is_caregiver, authority, created_at,
       phone, contact_method, contact_windows, time_zone)
     values ($1, $2, $3, $4, 'daughter', true, 'NONE', $5, '+13125550147', 'TEXT', $6, 'America/Chicago')`,
    [relative, care.org, found.id, `Nadia ${found.family_name}`, at, AFTER_WORK],
  );
  await stage.rows(
    `insert into hub.consent (id, care_org_id, patient_id, kind, grantor, grantee_related_person_id, categories, purpose, method, evidence,
       language, starts_at, expires_at, recorded_by, created_at)
     values ($1, $2, $3, 'FAMILY', 'PATIENT', $4, $5, 'FAMILY_INVOLVEMENT', 'SIGNATURE', 'Signed form in the demo archive', $6, $7, $8, $9, $7)`,
    [stage.dice.id(at), care.org, found.id, relative, FAMILY, found.language, at, stage.days(-200), care.id],
  );
}

/**
 * Somebody who looks after a patient and has a record of her own: a caregiver with needs like any patient. It is the
 * patient whose page can be opened without an account.
 */
export async function caregiver(stage: Stage, care: Player): Promise<void> {
  const [around] = await stage.rows<{ relative_id: string; patient_id: string }>(PERSON);
  const [own] = await stage.rows<{ id: string; name: string; phone: string }>(
    `select p.id, p.given_name || ' ' || p.family_name as name, p.phone from hub.patient p
       join hub.assignment a on a.patient_id = p.id and a.user_id = $1
     where p.id is distinct from $2 and p.status = 'ACTIVE' and p.restricted is null and p.birth_date between $3 and $4
       and exists (select from hub.need n where n.patient_id = p.id and n.status in ('CONFIRMED', 'BEING_ADDRESSED'))
       and not exists (select from hub.related_person r where r.patient_id = p.id)
     order by (select count(*) from hub.referral r where r.patient_id = p.id) desc, p.id limit 1`,
    [care.id, around?.patient_id ?? null, stage.days(60 * 365), stage.days(30 * 365)],
  );
  if (!around || !own) return;
  await stage.rows('update hub.patient set is_caregiver = true where id = $1', [own.id]);
  await stage.rows(
    `update hub.related_person set own_patient_id = $2, name = $3, phone = $4, is_caregiver = true, relationship = 'daughter' where id = $1`,
    [around.relative_id, own.id, own.name, own.phone],
  );
}

/** Taken back before anybody accepted it, as soon as it was known that the need was met. */
export async function recalled(stage: Stage, care: Player): Promise<void> {
  const found = await stage.rows<Found>(
    `select ${FOUND} where r.sent_by = $1 and r.status = 'CANCELLED' and r.answered_at is null order by r.sent_at desc, r.id limit 2`,
    [care.id],
  );
  const why = ['NEED_MET', 'Her son brings the groceries now.'];
  for (const { id } of found) {
    await stage.rows('update hub.referral set reason_code = $2, reason = $3 where id = $1', [id, ...why]);
    await stage.rows(
      `update hub.referral_transition set reason_code = $2, reason = $3, side = 'REQUESTER', by_user_id = $4, by_name = $5
       where referral_id = $1 and to_status = 'CANCELLED'`,
      [id, ...why, care.id, care.name],
    );
  }
}
