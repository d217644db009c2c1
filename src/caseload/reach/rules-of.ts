import type { EntityManager } from '@mikro-orm/postgresql';
import tzLookup from '@photostructure/tz-lookup';
import type { ReachRules } from './may-reach.js';
import type { PatientLetter } from './patient-letter.entity.js';

const PATIENT = `select p.contact_method as "contactMethod", p.phone, p.email, p.phone_safe as "phoneSafe", p.email_safe as "emailSafe",
    p.voicemail_ok as "voicemailOk", p.contact_windows as "contactWindows", p.contact_times as "contactTimes",
    p.time_zone as "ownZone", o.time_zone as "timeZone", z.latitude, z.longitude, p.language, p.status = 'ACTIVE' as active
  from hub.patient p join hub.organization o on o.id = p.care_org_id left join hub.zip_code z on z.zip = left(p.zip, 5) where p.id = ? and p.care_org_id = ?`;

/** Somebody around a patient said no hours: theirs are those of the day. A note on reaching them is for a person to follow. */
const RELATIVE = `select case when r.phone is not null then 'TEXT' when r.email is not null then 'EMAIL' else 'PHONE' end as "contactMethod",
    r.phone, r.email, true as "phoneSafe", true as "emailSafe", false as "voicemailOk", null as "contactWindows",
    r.contact_note as "contactTimes", p.time_zone as "ownZone", o.time_zone as "timeZone", z.latitude, z.longitude, r.language,
    p.status = 'ACTIVE' and r.ended_at is null as active
  from hub.related_person r join hub.patient p on p.id = r.patient_id join hub.organization o on o.id = p.care_org_id
  left join hub.zip_code z on z.zip = left(p.zip, 5) where r.id = ? and r.care_org_id = ?`;

interface Row extends ReachRules {
  ownZone: string | null;
  latitude: number | null;
  longitude: number | null;
}

type Addressee = Pick<PatientLetter, 'patientId' | 'relatedPersonId' | 'careOrgId'>;

/**
 * What is known about reaching the addressee of a letter; null when there is no such person. Their clock is the one that
 * was said, else that of their ZIP code, which a state does not tell: El Paso is not on Dallas time.
 */
export async function rulesOf(em: EntityManager, to: Addressee): Promise<ReachRules | null> {
  const [sql, id] = to.relatedPersonId ? [RELATIVE, to.relatedPersonId] : [PATIENT, to.patientId];
  const [row] = await em.execute<Row[]>(sql, [id, to.careOrgId]);
  if (!row) return null;
  const { ownZone, latitude, longitude, ...rules } = row;
  const there = latitude === null || longitude === null ? null : tzLookup(latitude, longitude);
  return { ...rules, timeZone: ownZone ?? there ?? rules.timeZone };
}
