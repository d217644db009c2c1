import type { EntityManager } from '@mikro-orm/postgresql';
import tzLookup from '@photostructure/tz-lookup';
import type { ReachRules } from './may-reach.js';
import type { PatientLetter } from './patient-letter.entity.js';

const PATIENT = `select p.contact_method as "contactMethod", p.phone, p.email, p.phone_safe as "phoneSafe", p.email_safe as "emailSafe",
    p.voicemail_ok as "voicemailOk", p.contact_windows as "contactWindows", p.contact_times as "contactTimes",
    p.time_zone as "ownZone", null as "nearZone", true as home, o.time_zone as "timeZone", z.latitude, z.longitude, p.language, p.status = 'ACTIVE' as active, p.status = 'DECEASED' as died
  from hub.patient p join hub.organization o on o.id = p.care_org_id left join hub.zip_code z on z.zip = left(p.zip, 5) where p.id = ? and p.care_org_id = ?`;

/**
 * Somebody around a patient is reached as was said of them. Where they have a record of their own, what it forbids is
 * forbidden here too, and it tells the hours and the clock that nobody said here. A note is for a person to follow.
 */
const RELATIVE = `select case when own.contact_method = 'NONE' then 'NONE' else coalesce(r.contact_method,
      case when r.phone is not null then 'TEXT' when r.email is not null then 'EMAIL' else 'PHONE' end) end as "contactMethod",
    r.phone, r.email, r.phone_safe and (own.phone_safe or own.phone is distinct from r.phone) is not false as "phoneSafe",
    r.email_safe and (own.email_safe or own.email is distinct from r.email) is not false as "emailSafe", r.voicemail_ok as "voicemailOk",
    coalesce(r.contact_windows, own.contact_windows) as "contactWindows", coalesce(r.contact_note, own.contact_times) as "contactTimes",
    coalesce(r.time_zone, own.time_zone) as "ownZone", p.time_zone as "nearZone", o.time_zone as "timeZone",
    coalesce(home.latitude, near.latitude) as latitude, coalesce(home.longitude, near.longitude) as longitude, home.zip is not null as home,
    r.language, p.status = 'ACTIVE' and r.ended_at is null and own.status is distinct from 'DECEASED' as active,
    p.status = 'DECEASED' as died
  from hub.related_person r join hub.patient p on p.id = r.patient_id join hub.organization o on o.id = p.care_org_id
  left join hub.patient own on own.id = r.own_patient_id left join hub.zip_code home on home.zip = left(own.zip, 5)
  left join hub.zip_code near on near.zip = left(p.zip, 5) where r.id = ? and r.care_org_id = ?`;

interface Row extends ReachRules {
  ownZone: string | null;
  /** That of the patient, for somebody around them of whom nobody said where they live. */
  nearZone: string | null;
  /** Whether the place is that of their own ZIP code. */
  home: boolean;
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
  const { ownZone, nearZone, home, latitude, longitude, ...rules } = row;
  const there = latitude === null || longitude === null ? null : tzLookup(latitude, longitude);
  const near = home ? (there ?? nearZone) : (nearZone ?? there);
  return { ...rules, timeZone: ownZone ?? near ?? rules.timeZone };
}
