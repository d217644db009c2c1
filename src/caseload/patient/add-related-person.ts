import { load, type HubContext } from '../../access/index.js';
import { newId } from '../../platform/id.js';
import { Problems } from '../problems.js';
import { relativeReach } from '../reach/relative-reach.js';
import { RelatedPerson } from './around.entity.js';
import { Patient } from './patient.entity.js';
import { checkAuthority } from './check-authority.js';
import type { AddRelatedPersonInput } from './patient.inputs.js';
import { PersonFields } from './person-fields.js';
import { recordAccess } from '../record-access.js';

/** Adds someone around a patient, or says what is wrong with the input. */
export async function addRelatedPerson(
  ctx: HubContext,
  input: AddRelatedPersonInput,
): Promise<RelatedPerson | Problems> {
  const patient = await load(ctx, Patient, input.patientId, 'update');
  const problems = new Problems();
  const check = new PersonFields(problems);
  const name = check.name('name', input.name, 200);
  const relationship = check.name('relationship', input.relationship);
  const reach = relativeReach(check, input);
  const { authorityFrom = null, authorityTo = null } = input;
  const authority = input.authority ?? 'NONE';
  checkAuthority(problems, authority, authorityFrom, authorityTo);
  if (problems.found || name === undefined || relationship === undefined) return problems;
  const em = await ctx.db.em();
  const person = em.create(RelatedPerson, {
    id: newId(),
    careOrgId: patient.careOrgId,
    patientId: patient.id,
    name,
    relationship,
    ...reach,
    language: reach.language ?? 'en',
    phoneSafe: reach.phoneSafe ?? true,
    emailSafe: reach.emailSafe ?? true,
    voicemailOk: reach.voicemailOk ?? false,
    isCaregiver: input.isCaregiver ?? false,
    authority,
    authorityFrom,
    authorityTo,
    version: 1,
    createdAt: ctx.clock.now(),
  });
  await em.flush();
  recordAccess(ctx, {
    action: 'patient.add-related-person',
    patientId: patient.id,
    entity: 'related_person',
    entityId: person.id,
  });
  return person;
}
