import type { EntityManager } from '@mikro-orm/postgresql';
import { DateTime } from 'luxon';
import { isSdohCategory, isSensitive, sensitivityOf, type Sensitivity } from '../../access/sensitivity.js';
import { Organization } from '../../identity/index.js';
import { RelatedPerson } from '../patient/around.entity.js';
import type { Patient } from '../patient/patient.entity.js';
import type { PersonFields } from '../patient/person-fields.js';
import type { RecordConsentInput } from './consent.inputs.js';
import { GRANTEE_CLASSES, type ConsentKind, type GranteeClass } from './words.js';

/** What every rule of a consent looks at. Problems go to `check.problems`, each under its field. */
export interface ConsentCheck {
  em: EntityManager;
  patient: Patient;
  input: RecordConsentInput;
  check: PersonFields;
  /** The day on which it is recorded, where the care organization is. */
  today: string;
}

/** Who agreed: the patient, or a related person whose authority holds today. */
export async function checkGrantor({ em, patient, input, check, today }: ConsentCheck): Promise<RelatedPerson | null> {
  const { problems } = check;
  const field = 'grantorRelatedPersonId';
  if (input.grantor === 'PATIENT') {
    if (input.grantorRelatedPersonId) problems.add(field, 'NOT_TAKEN', 'Leave this out when the patient agreed.');
    return null;
  }
  const id = input.grantorRelatedPersonId;
  const { careOrgId, id: patientId } = patient;
  const person = id ? await em.findOne(RelatedPerson, { id, careOrgId, patientId }) : null;
  if (!person) problems.add(field, 'REQUIRED', 'Choose who agreed for the patient.');
  else if (!person.mayDecide(today)) {
    problems.add(field, 'NO_AUTHORITY', 'This person has no authority to decide for the patient today.');
  }
  return person;
}

/** Who may receive: exactly one of an organization, a person and a class. */
export interface Grantee {
  name: string | null;
  organizationId?: string;
  relatedPersonId?: string;
  class?: GranteeClass;
}

/** Who may receive: one organization, one person around the patient, or a class of organizations. */
export async function checkGrantee(checked: ConsentCheck): Promise<Grantee | null> {
  const { input, check, patient, em } = checked;
  const field = 'granteeOrganizationId';
  const { granteeOrganizationId: id, granteeRelatedPersonId: personId, allAgencies, allCareProviders } = input;
  if (input.kind === 'SCREENING' && !id && !personId && !allAgencies && !allCareProviders) {
    // Answers stay with who asks.
    const own = await em.findOneOrFail(Organization, { id: patient.careOrgId });
    return { name: own.name, organizationId: own.id };
  }
  if ([id, personId, allAgencies, allCareProviders].filter(Boolean).length !== 1) {
    check.problems.add(field, 'REQUIRED', 'Choose one organization, or all community agencies.');
    return null;
  }
  if (allAgencies) return { name: null, class: GRANTEE_CLASSES.AGENCY };
  if (allCareProviders) return { name: null, class: GRANTEE_CLASSES.CARE };
  return personId ? namedPerson(checked, personId) : namedOrganization(checked, id ?? '');
}

async function namedOrganization({ em, patient, check }: ConsentCheck, id: string): Promise<Grantee | null> {
  const grantee = await em.findOne(Organization, { id, retiredAt: null });
  const fits = grantee && grantee.id !== patient.careOrgId && (grantee.kind === 'AGENCY' || grantee.kind === 'CARE');
  if (fits) return { name: grantee.name, organizationId: grantee.id };
  check.problems.add('granteeOrganizationId', 'UNKNOWN_ORGANIZATION', 'Choose an agency of the directory.');
  return null;
}

async function namedPerson({ em, patient, check }: ConsentCheck, id: string): Promise<Grantee | null> {
  const { careOrgId, id: patientId } = patient;
  const person = await em.findOne(RelatedPerson, { id, careOrgId, patientId, endedAt: null });
  if (person) return { name: `${person.name} (${person.relationship})`, relatedPersonId: person.id };
  check.problems.add('granteeRelatedPersonId', 'UNKNOWN_PERSON', 'Choose someone around the patient.');
  return null;
}

/** What kind it is; what somebody around the patient may see never includes sensitive matters. */
export function checkKind({ input, check }: ConsentCheck, sensitivities: readonly Sensitivity[]): ConsentKind {
  const { problems } = check;
  const family = Boolean(input.granteeRelatedPersonId);
  if (family && sensitivities.length > 0) {
    problems.add('sensitivities', 'NOT_FOR_FAMILY', 'Sensitive matters are never shown to someone around the patient.');
  }
  if (family !== (input.purpose === 'FAMILY_INVOLVEMENT')) {
    problems.add('purpose', 'NOT_THIS_PURPOSE', 'This purpose does not fit who may receive.');
  }
  if (family) return 'FAMILY';
  if (input.kind === 'SCREENING' || input.purpose === 'SCREENING') return 'SCREENING';
  return sensitivities.includes('SUBSTANCE_USE') ? 'SUBSTANCE_USE' : 'AGENCY';
}

/** What may be shared. A sensitive category is covered only when its class is named too. */
export function checkScope({ input, check }: ConsentCheck): { categories: string[]; sensitivities: Sensitivity[] } {
  const { problems } = check;
  const categories = [...new Set(input.categories)];
  const sensitivities = [...new Set(input.sensitivities)].filter((one) => isSensitive(one));
  if (categories.length === 0 && input.kind !== 'SCREENING') {
    problems.add('categories', 'REQUIRED', 'Choose at least one kind of need.');
  }
  for (const [index, code] of input.categories.entries()) {
    if (!isSdohCategory(code)) problems.add(`categories[${index}]`, 'UNKNOWN_CATEGORY', 'Choose a kind of need.');
  }
  const unnamed = categories.some((code) => {
    const sensitivity = sensitivityOf(code);
    return isSensitive(sensitivity) && !sensitivities.includes(sensitivity);
  });
  if (unnamed) {
    problems.add(
      'sensitivities',
      'NOT_NAMED',
      'Some of this is sensitive: name what it reveals, or leave that kind of need out.',
    );
  }
  return { categories, sensitivities };
}

/** A spoken consent needs its witness, and every consent an end. */
export function checkForm({ input, check, today }: ConsentCheck) {
  const { problems } = check;
  const evidence = check.text('evidence', input.evidence) ?? null;
  const witness = check.text('witness', input.witness, 200) ?? null;
  const expiryEvent = check.text('expiryEvent', input.expiryEvent, 200) ?? null;
  const expiresOn = input.expiresOn ?? null;
  if (input.method === 'VERBAL_WITNESSED') {
    if (!witness) problems.add('witness', 'REQUIRED', 'Name who witnessed it.');
    if (!evidence && !input.readAloud) {
      problems.add(
        'evidence',
        'REQUIRED',
        'Read the text aloud word for word, or say where and how it was noted down.',
      );
    }
  }
  if (input.method !== 'VERBAL_WITNESSED' && !evidence && !input.evidenceFileId) {
    problems.add('evidence', 'REQUIRED', 'Keep the signature or the scan, or say where the signed form is.');
  }
  if (!expiresOn && !expiryEvent) {
    problems.add('expiresOn', 'REQUIRED', 'Say until when it holds, or which event ends it.');
  }
  if (expiresOn && expiresOn < today) problems.add('expiresOn', 'IN_PAST', 'The last day cannot be in the past.');
  return { evidence, witness, expiryEvent, expiresOn };
}

/** "Reasonably time-limited": victim advocates advise weeks; half a year is the most that a long case takes. */
const LONGEST_ABOUT_VIOLENCE_DAYS = 180;

/** What the law asks of the most sensitive: 42 CFR 2.31 for substance use, 34 USC 12291(b)(2) for violence at home. */
export function checkSensitive(sensitivities: readonly Sensitivity[], { input, check, today }: ConsentCheck): void {
  const { problems } = check;
  const spoken = input.method === 'VERBAL_WITNESSED';
  if (sensitivities.includes('SUBSTANCE_USE')) {
    if (!input.granteeOrganizationId) {
      problems.add(
        'granteeOrganizationId',
        'PART2_RECIPIENT',
        'For substance use, name the organization that receives it.',
      );
    }
    if (spoken) problems.add('method', 'PART2_SIGNATURE', 'For substance use, the consent must be signed.');
  }
  if (sensitivities.includes('INTIMATE_PARTNER_VIOLENCE')) {
    if (spoken) problems.add('method', 'SIGNATURE_NEEDED', 'About violence at home, the consent must be signed.');
    const latest = DateTime.fromISO(today).plus({ days: LONGEST_ABOUT_VIOLENCE_DAYS }).toISODate() ?? '';
    if (!input.expiresOn) {
      problems.add('expiresOn', 'REQUIRED', 'About violence at home, the consent needs a last day.');
    } else if (input.expiresOn > latest) {
      problems.add('expiresOn', 'TOO_LONG', 'About violence at home, the consent may last at most 180 days.');
    }
  }
}
