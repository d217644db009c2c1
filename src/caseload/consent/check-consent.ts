import type { EntityManager } from '@mikro-orm/postgresql';
import { isSdohCategory, isSensitive, sensitivityOf, type Sensitivity } from '../../access/sensitivity.js';
import { Organization } from '../../identity/index.js';
import { RelatedPerson } from '../patient/around.entity.js';
import type { Patient } from '../patient/patient.entity.js';
import type { PersonFields } from '../patient/person-fields.js';
import type { RecordConsentInput } from './consent.inputs.js';

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

/** Who may receive: one organization, or the class of community agencies. */
export async function checkGrantee({ em, patient, input, check }: ConsentCheck): Promise<Organization | null> {
  const { problems } = check;
  const field = 'granteeOrganizationId';
  const id = input.granteeOrganizationId;
  if (Boolean(id) === Boolean(input.allAgencies)) {
    problems.add(field, 'REQUIRED', 'Choose one organization, or all community agencies.');
    return null;
  }
  if (!id) return null;
  const grantee = await em.findOne(Organization, { id, retiredAt: null });
  const fits = grantee && grantee.id !== patient.careOrgId && (grantee.kind === 'AGENCY' || grantee.kind === 'CARE');
  if (!fits) problems.add(field, 'UNKNOWN_ORGANIZATION', 'Choose an agency of the directory.');
  return grantee;
}

/** What may be shared. A sensitive category is covered only when its class is named too. */
export function checkScope({ input, check }: ConsentCheck): { categories: string[]; sensitivities: Sensitivity[] } {
  const { problems } = check;
  const categories = [...new Set(input.categories)];
  const sensitivities = [...new Set(input.sensitivities)].filter((one) => isSensitive(one));
  if (categories.length === 0) problems.add('categories', 'REQUIRED', 'Choose at least one kind of need.');
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
    if (!evidence) problems.add('evidence', 'REQUIRED', 'Say where and how it was noted down.');
  }
  if (!expiresOn && !expiryEvent) {
    problems.add('expiresOn', 'REQUIRED', 'Say until when it holds, or which event ends it.');
  }
  if (expiresOn && expiresOn < today) problems.add('expiresOn', 'IN_PAST', 'The last day cannot be in the past.');
  return { evidence, witness, expiryEvent, expiresOn };
}

/** What the law asks of the most sensitive: 42 CFR 2.31 for substance use, 34 USC 12291(b)(2) for violence at home. */
export function checkSensitive(sensitivities: readonly Sensitivity[], { input, check }: ConsentCheck): void {
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
    if (!input.expiresOn) {
      problems.add('expiresOn', 'REQUIRED', 'About violence at home, the consent needs a last day.');
    }
  }
}
