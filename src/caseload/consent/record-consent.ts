import { DateTime } from 'luxon';
import { load, type HubContext } from '../../access/index.js';
import { Organization } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { once } from '../../platform/graphql/idempotency.js';
import type { UserError } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { categoriesOf } from '../categories.js';
import { Patient } from '../patient/patient.entity.js';
import { PersonFields } from '../patient/person-fields.js';
import { personOf } from '../patient/scope.js';
import { Problems } from '../problems.js';
import { recordAccess } from '../record-access.js';
import {
  checkForm,
  checkGrantee,
  checkGrantor,
  checkKind,
  checkScope,
  checkSensitive,
  type ConsentCheck,
  type Grantee,
} from './check-consent.js';
import { Consent } from './consent.entity.js';
import { attachEvidence } from './evidence.js';
import type { RecordConsentInput } from './consent.inputs.js';
import type { Part2Elements } from './part2.js';
import { statementOf, type StatementFacts } from './statement.js';

const nameOf = (patient: Patient): string => `${patient.givenName} ${patient.familyName}`;

/** What a consent would say and hold, with everything that is wrong with it in `problems`. */
async function drawUp(ctx: HubContext, input: RecordConsentInput) {
  const patient = await load(ctx, Patient, input.patientId, 'consent');
  const em = await ctx.db.em();
  const own = await em.findOneOrFail(Organization, { id: patient.careOrgId });
  const now = ctx.clock.now();
  const today = DateTime.fromJSDate(now, { zone: own.timeZone }).toISODate() ?? '';
  const check = new PersonFields(new Problems());
  const checked: ConsentCheck = { em, patient, input, check, today };
  const person = await checkGrantor(checked);
  const grantee = await checkGrantee(checked);
  const { categories, sensitivities } = checkScope(checked);
  const kind = checkKind(checked, sensitivities);
  const { expiresOn, ...form } = checkForm(checked);
  const language = check.language('language', input.language ?? undefined) ?? patient.language;
  checkSensitive(sensitivities, checked);
  const facts: StatementFacts = {
    kind,
    purpose: input.purpose,
    patient: nameOf(patient),
    grantor: person?.name ?? null,
    discloser: own.name,
    recipient: grantee?.name ?? null,
    recipientClass: grantee?.class ?? null,
    categories,
    sensitivities,
    expiresOn,
    expiryEvent: form.expiryEvent,
  };
  return { patient, em, own, now, today, person, grantee, facts, form, language, problems: check.problems };
}

/** The text of a consent before anybody agrees to it, however much of the input is still missing. */
export async function previewStatement(ctx: HubContext, input: RecordConsentInput): Promise<string> {
  const { facts, language } = await drawUp(ctx, input);
  return statementOf(facts, language);
}

/** How it was given: said after the text was read. */
const GIVEN: ReadonlySet<string> = new Set(['method', 'witness', 'evidence', 'evidenceFileId']);

/** What is wrong with what a consent says, before it is read aloud or signed. */
export async function previewProblems(ctx: HubContext, input: RecordConsentInput): Promise<UserError[]> {
  const { problems } = await drawUp(ctx, input);
  return problems.userErrors.filter(({ field }) => !field || !GIVEN.has(field));
}

/** Records a consent. Returns its id, or everything that is wrong with it. */
export async function recordConsent(ctx: HubContext, input: RecordConsentInput): Promise<string | Problems> {
  const recordedById = personOf(ctx);
  const drawn = await drawUp(ctx, input);
  const { patient, em, own, now, today, person, grantee, facts, form, language, problems } = drawn;
  if (patient.status === 'DECEASED') {
    problems.add('patientId', 'PERSON_DIED', 'This person has died: nobody can agree for them.');
  }
  if (problems.found) return problems;
  const { kind, categories, sensitivities, expiresOn } = facts;
  // It holds to the end of its last day, where the care organization is.
  const expiresAt = expiresOn && DateTime.fromISO(expiresOn, { zone: own.timeZone }).plus({ days: 1 }).toJSDate();
  const authority = person && person.authority !== 'NONE' ? person.authority : null;
  return once(ctx, input.idempotencyKey, 'recordConsent', input, async () => {
    await attachEvidence(ctx, input.evidenceFileId ?? null);
    const consent = em.create(Consent, {
      id: newId(),
      careOrgId: patient.careOrgId,
      patientId: patient.id,
      status: 'ACTIVE',
      kind,
      grantor: input.grantor,
      grantorRelatedPersonId: person?.id ?? null,
      grantorAuthority: authority,
      grantorAuthorityFrom: authority ? (person?.authorityFrom ?? null) : null,
      grantorAuthorityTo: authority ? (person?.authorityTo ?? null) : null,
      ...granteeColumns(grantee),
      categories: [...categories],
      sensitivities: [...sensitivities],
      purpose: input.purpose,
      method: input.method,
      ...form,
      evidenceFileId: input.evidenceFileId ?? null,
      statement: statementOf(facts, language),
      readAloud: input.readAloud ?? false,
      language,
      startsAt: now,
      expiresAt: expiresAt || null,
      part2: sensitivities.includes('SUBSTANCE_USE') ? part2Of(facts, person?.name ?? facts.patient, today) : null,
      recordedById,
      createdAt: now,
      version: 1,
    });
    await em.flush();
    await emit(em, 'consent.recorded', { consentId: consent.id, patientId: patient.id });
    recordAccess(ctx, {
      action: 'consent.record',
      patientId: patient.id,
      entity: 'consent',
      entityId: consent.id,
      consentId: consent.id,
      detail: { categories, sensitivities, method: input.method },
    });
    return consent.id;
  });
}

function granteeColumns(grantee: Grantee | null) {
  return {
    granteeOrganizationId: grantee?.organizationId ?? null,
    granteeClass: grantee?.class ?? null,
    granteeRelatedPersonId: grantee?.relatedPersonId ?? null,
  };
}

const PURPOSES: Record<StatementFacts['purpose'], string> = {
  REFERRAL: 'Asking for help and hearing what became of it',
  CARE_COORDINATION: 'Coordinating care',
  FAMILY_INVOLVEMENT: 'Involving someone around the patient',
  SCREENING: 'Asking about social needs',
};

/** The elements of 42 CFR 2.31 as the signed form says them. */
function part2Of(facts: StatementFacts, signedBy: string, signedOn: string): Part2Elements {
  const { discloser, recipient, patient } = facts;
  const labels = categoriesOf(facts.categories).map((category) => category.display);
  return {
    patient,
    discloser,
    recipient: recipient ?? '',
    description: `Needs and referrals about: ${labels.join(', ')}; including what they say about substance use.`,
    purpose: PURPOSES[facts.purpose],
    expires: facts.expiresOn ?? facts.expiryEvent ?? '',
    revocation: `May be revoked at any time, in writing or by telling ${discloser}, except for what was shared before.`,
    redisclosure: `What ${recipient ?? ''} receives could be passed on and then no longer be protected by 42 CFR part 2. Care does not depend on signing.`,
    signedBy,
    signedOn,
  };
}
