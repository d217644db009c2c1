import { timingSafeEqual } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import { IANAZone } from 'luxon';
import { sensitivityOf } from '../../access/sensitivity.js';
import type { HubContext } from '../../access/index.js';
import { Consent, makeHelpLink, Patient, PersonFields, Problems } from '../../caseload/index.js';
import { beforeSelf } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { categoryLabel } from '../../access/sensitivity.js';
import { Need } from '../../screening/index.js';
import { keptText } from '../answered.js';
import { sendReferral } from '../send-referral.js';
import { SelfRequest } from './self-request.entity.js';
import { WINDOWS } from './self.enums.js';
import type { SendSelfReferralInput } from './self.inputs.js';
import { asThemselves, SELF_ORG } from './self-org.js';
import { selfStatement } from './self-statement.js';
import { codeOf } from './self.tasks.js';

const MOST_WRONG = 5;
/** Nobody was asked for it, no age is reckoned from it and it is shown nowhere. */
const NO_BIRTH_DATE = '1900-01-01';

type Proved = { state: 'RIGHT'; request: SelfRequest } | { state: 'WRONG' | 'ENDED' };

/** Whether this is the code of the request; a wrong one is counted, and after five the request is over. */
async function prove(as: HubContext, { ticket, code }: SendSelfReferralInput): Promise<Proved> {
  const em = await as.db.em();
  const request = await em.findOne(
    SelfRequest,
    { id: ticket, orgId: SELF_ORG },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!request || request.wrong >= MOST_WRONG || request.expiresAt <= as.clock.now()) return { state: 'ENDED' };
  const given = Buffer.from(code.replace(/\D/g, '').padStart(6, '0').slice(0, 6));
  if (
    code.replace(/\D/g, '').length === 6 &&
    timingSafeEqual(given, Buffer.from(codeOf(as.platform.config.secret, request.id)))
  ) {
    return { state: 'RIGHT', request };
  }
  request.wrong += 1;
  await em.flush();
  return { state: 'WRONG' };
}

/** Names as a person may be called. */
function namesOf(input: SendSelfReferralInput): { givenName: string; familyName: string } {
  const problems = new Problems();
  const check = new PersonFields(problems);
  const givenName = check.name('givenName', input.givenName);
  const familyName = check.name('familyName', input.familyName);
  const [wrong] = problems.userErrors;
  if (wrong) return refuse(wrong.code, wrong.message, wrong.field ?? undefined);
  return { givenName: givenName ?? '', familyName: familyName ?? '' };
}

/**
 * Sends what somebody asks for themselves. The text they agreed to is made anew and must be the one they saw. Sending
 * the same request again answers the same and does nothing.
 */
export async function sendSelf(ctx: HubContext, input: SendSelfReferralInput): Promise<void> {
  await beforeSelf(ctx, input.ticket);
  const names = namesOf(input);
  const said = await selfStatement(ctx, { ...input, ...names });
  await ctx.db.end();
  if (said.version !== input.statementVersion) {
    refuse('TEXT_CHANGED', 'What you agree to has changed. Please read it again.', 'statementVersion');
  }
  const state = await asThemselves(ctx, input.ticket, async (as) => {
    const proved = await prove(as, input);
    if (proved.state === 'RIGHT' && !proved.request.referralId) {
      await write(as, { ...input, ...names }, said, proved.request);
    }
    return proved.state;
  });
  if (state === 'WRONG') refuse('WRONG_CODE', 'This is not the code. Look again at what we sent.', 'code');
  if (state === 'ENDED') refuse('CODE_ENDED', 'This code does not work any more. Ask for a new one.', 'code');
}

type Said = Awaited<ReturnType<typeof selfStatement>>;

async function write(as: HubContext, input: SendSelfReferralInput, said: Said, request: SelfRequest): Promise<void> {
  if (request.serviceId !== said.service.id) {
    refuse('CODE_ENDED', 'This code does not work any more. Ask for a new one.', 'code');
  }
  const patient = await keepPerson(as, input, said, request);
  const needIds = await keepNeeds(as, patient.id, said.categories);
  await keepConsent(as, patient.id, said);
  const { request: words, priority, household } = input;
  const referral = await sendReferral(as, {
    patientId: patient.id,
    serviceId: said.service.id,
    needIds,
    request: words,
    priority,
    household,
    idempotencyKey: request.id,
  });
  Object.assign(request, { referralId: referral.id, address: null });
  const em = await as.db.em();
  await em.flush();
  if (input.wantsLink) await makeHelpLink(as, { patientId: patient.id, way: request.way, asksBirthYear: false });
}

/** The person, with the one way to reach them that they proved, and no other. */
async function keepPerson(
  as: HubContext,
  input: SendSelfReferralInput,
  said: Said,
  request: SelfRequest,
): Promise<Patient> {
  const em = await as.db.em();
  const now = as.clock.now();
  const byText = request.way === 'TEXT';
  const zone = input.timeZone && IANAZone.isValidZone(input.timeZone) ? input.timeZone : null;
  const patient = em.create(Patient, {
    id: newId(),
    careOrgId: SELF_ORG,
    givenName: input.givenName,
    familyName: input.familyName,
    birthDate: NO_BIRTH_DATE,
    language: said.language,
    interpreterNeeded: false,
    phone: byText ? (request.address ?? null) : null,
    email: byText ? null : (request.address ?? null),
    contactMethod: byText ? (input.mayCall ? 'PHONE' : 'TEXT') : 'EMAIL',
    voicemailOk: Boolean(byText && input.mayCall && input.mayVoicemail),
    contactWindows: WINDOWS[input.hours],
    contactNote: keptText(input.contactNote, 300, 'contactNote'),
    timeZone: zone,
    phoneSafe: byText,
    emailSafe: !byText,
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

async function keepNeeds(as: HubContext, patientId: string, categories: readonly string[]): Promise<string[]> {
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
async function keepConsent(as: HubContext, patientId: string, said: Said): Promise<void> {
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
    evidence: `Agreed on the page, proved by a code; text ${said.version}`,
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
