import { load, type HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { once } from '../../platform/graphql/idempotency.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient } from '../patient/patient.entity.js';
import { registerPatient } from '../patient/register-patient.js';
import { Problems } from '../problems.js';
import { recordAccess } from '../record-access.js';
import type { LinkOwnRecordInput } from './caregiver.inputs.js';

/** Both records say so: whoever reads who has seen one, learns that it was linked with the other. */
function note(ctx: HubContext, action: string, person: RelatedPerson, own: string): void {
  for (const patientId of [person.patientId, own]) {
    recordAccess(ctx, { action, patientId, entity: 'related_person', entityId: person.id });
  }
}

/** The record to link: one that the caller sees, or a new one from what is known of the person. */
async function recordFor(
  ctx: HubContext,
  person: RelatedPerson,
  input: LinkOwnRecordInput,
): Promise<string | Problems> {
  if (input.patientId) return (await load(ctx, Patient, input.patientId, 'update')).id;
  const { givenName, familyName, birthDate } = input;
  if (!givenName?.trim() || !familyName?.trim() || !birthDate) {
    return refuse('REQUIRED', 'Enter the whole name and the date of birth.', 'birthDate');
  }
  const { phone = null, email = null, language } = person;
  const assignToMe = ctx.caller?.roles.includes('CARE_MANAGER') === true;
  return registerPatient(ctx, {
    givenName,
    familyName,
    birthDate,
    phone,
    email,
    language,
    caregiver: true,
    assignToMe,
  });
}

/** Links somebody around a patient with a record of their own, so that their needs count too. */
export async function linkOwnRecord(ctx: HubContext, input: LinkOwnRecordInput): Promise<string | Problems> {
  const person = await load(ctx, RelatedPerson, input.relatedPersonId, 'update', { what: 'RelatedPerson' });
  await load(ctx, Patient, person.patientId, 'update');
  if (person.endedAt) refuse('ENDED', 'This person is no longer around the patient.', 'relatedPersonId');
  let problems: Problems | null = null;
  const id = await once(ctx, input.idempotencyKey, 'linkOwnRecord', input, async () => {
    if (person.ownPatientId) return refuse('LINKED_ALREADY', 'This person has a record already.', 'relatedPersonId');
    const own = await recordFor(ctx, person, input);
    if (own instanceof Problems) {
      problems = own;
      return '';
    }
    if (own === person.patientId) refuse('ONESELF', 'This is the record of the patient.', 'patientId');
    const em = await ctx.db.em();
    const taken = await em.count(RelatedPerson, { ownPatientId: own, patientId: person.patientId, endedAt: null });
    if (taken > 0) refuse('TAKEN', 'This record belongs to somebody else around the patient.', 'patientId');
    person.ownPatientId = own;
    await em.flush();
    await emit(em, 'patient.changed', { patientId: person.patientId });
    note(ctx, 'caregiver.link', person, own);
    return person.id;
  });
  return problems ?? id;
}

/** Takes the link back; both records stay. */
export async function unlinkOwnRecord(ctx: HubContext, id: string): Promise<RelatedPerson> {
  const person = await load(ctx, RelatedPerson, id, 'update', { what: 'RelatedPerson' });
  const own = person.ownPatientId;
  if (!own) return person;
  person.ownPatientId = null;
  await (await ctx.db.em()).flush();
  note(ctx, 'caregiver.unlink', person, own);
  return person;
}
