import { IANAZone } from 'luxon';
import { categoryLabel, sensitivityOf } from '../../access/sensitivity.js';
import type { HubContext } from '../../access/index.js';
import { Consent, Patient } from '../../caseload/index.js';
import { newId } from '../../platform/id.js';
import { Need } from '../../screening/index.js';
import { keptText } from '../answered.js';
import type { SelfRequest } from './self-request.entity.js';
import { WINDOWS, type SelfWay } from './self.enums.js';
import type { SendSelfReferralInput } from './self.inputs.js';
import { SELF_ORG } from './self-org.js';
import type { selfStatement } from './self-statement.js';

const METHODS = { EMAIL: 'EMAIL', TEXT: 'TEXT', CALL: 'PHONE' } as const;

export type Said = Awaited<ReturnType<typeof selfStatement>>;

/**
 * The person, with the one way to reach them that they proved, and no other: beside a mail address a number on which
 * they want to be called, such as that of a landline.
 */
export async function keepPerson(
  as: HubContext,
  input: SendSelfReferralInput,
  said: Said,
  request: SelfRequest,
  callNumber: string | null,
): Promise<Patient> {
  const em = await as.db.em();
  const now = as.clock.now();
  const byMail = request.way === 'EMAIL';
  const phone = byMail ? callNumber : (request.address ?? null);
  const mayCall = request.way === 'CALL' || Boolean(phone && (byMail || input.mayCall));
  const zone = input.timeZone && IANAZone.isValidZone(input.timeZone) ? input.timeZone : null;
  const patient = em.create(Patient, {
    id: newId(),
    careOrgId: SELF_ORG,
    givenName: input.givenName,
    familyName: input.familyName,
    birthDate: null,
    language: said.language,
    interpreterNeeded: false,
    phone,
    email: byMail ? (request.address ?? null) : null,
    contactMethod: METHODS[request.way],
    voicemailOk: Boolean(mayCall && input.mayVoicemail),
    contactWindows: WINDOWS[input.hours],
    contactNote: keptText(input.contactNote, 300, 'contactNote'),
    timeZone: zone,
    phoneSafe: phone !== null,
    emailSafe: byMail,
    risk: 'LOW',
    status: 'ACTIVE',
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await em.flush();
  as.audit.record({ action: 'patient.register', patientId: patient.id, entity: 'patient', entityId: patient.id });
  return patient;
}

export async function keepNeeds(as: HubContext, patientId: string, categories: readonly string[]): Promise<string[]> {
  const em = await as.db.em();
  const now = as.clock.now();
  const needs = categories.map((category) =>
    em.create(Need, {
      id: newId(),
      careOrgId: SELF_ORG,
      patientId,
      category,
      sensitivity: sensitivityOf(category),
      label: categoryLabel(category).en,
      status: 'CONFIRMED',
      wantsHelp: true,
      evidence: [],
      identifiedAt: now,
      confirmedAt: now,
      confirmedBy: as.caller?.userId ?? null,
      agreedBy: 'PATIENT',
      version: 1,
      createdAt: now,
      updatedAt: now,
    }),
  );
  await em.flush();
  return needs.map((need) => need.id);
}

/** The consent in the words that were shown, for this agency alone. */
export async function keepConsent(as: HubContext, patientId: string, said: Said, way: SelfWay): Promise<void> {
  const em = await as.db.em();
  const now = as.clock.now();
  const consent = em.create(Consent, {
    id: newId(),
    careOrgId: SELF_ORG,
    patientId,
    status: 'ACTIVE',
    kind: 'AGENCY',
    grantor: 'PATIENT',
    granteeOrganizationId: said.to.id,
    categories: said.categories,
    sensitivities: said.sensitivities,
    purpose: 'REFERRAL',
    method: 'SIGNATURE',
    evidence: `Agreed on the page, ${way === 'CALL' ? 'nothing proved the number' : 'proved by a code'}; text ${said.version}`,
    statement: said.text,
    readAloud: false,
    language: said.language,
    startsAt: now,
    expiresAt: said.expiresAt,
    recordedById: as.caller?.userId ?? '',
    createdAt: now,
    version: 1,
  });
  await em.flush();
  as.audit.record({
    action: 'consent.record',
    patientId,
    entity: 'consent',
    entityId: consent.id,
    consentId: consent.id,
  });
}
