import type { HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { once } from '../../platform/graphql/idempotency.js';
import { newId } from '../../platform/id.js';
import { Problems } from '../problems.js';
import { assign } from './assign-patient.js';
import { patientDetails, withoutNulls } from './keep-patient.js';
import { Patient } from './patient.entity.js';
import type { RegisterPatientInput } from './patient.inputs.js';
import { PersonFields } from './person-fields.js';
import { careOrganization, dayOf } from './scope.js';
import { recordAccess } from '../record-access.js';

const AT_FIRST = {
  language: 'en',
  interpreterNeeded: false,
  contactMethod: 'PHONE',
  voicemailOk: false,
  phoneSafe: true,
  emailSafe: true,
  risk: 'LOW',
  status: 'ACTIVE',
} as const;

/** Registers a patient of the caller's organization. Returns the id, or what is wrong with the input. */
export async function registerPatient(ctx: HubContext, input: RegisterPatientInput): Promise<string | Problems> {
  const em = await ctx.db.em();
  const careOrgId = careOrganization(ctx);
  const now = ctx.clock.now();
  const problems = new Problems();
  const check = new PersonFields(problems);
  const { givenName = '', familyName = '', ...details } = await patientDetails(em, withoutNulls(input), problems);
  const birthDate = check.birthDate('birthDate', input.birthDate, dayOf(now));
  const externalId = check.text('externalId', input.externalId, 100) ?? null;
  const toMe = input.assignToMe === true;
  if (toMe && !(ctx.caller?.userId && ctx.caller.roles.includes('CARE_MANAGER'))) {
    problems.add('assignToMe', 'NOT_A_CARE_MANAGER', 'Only a care manager can take a patient.');
  }
  if (problems.found || birthDate === undefined) return problems;
  const { id, taken } = await once(ctx, input.idempotencyKey, 'registerPatient', input, async () => {
    if (externalId !== null && (await em.count(Patient, { careOrgId, externalId })) > 0) return { id: '', taken: true };
    const who = { id: newId(), careOrgId, givenName, familyName, birthDate, externalId };
    const patient = em.create(Patient, { ...who, ...AT_FIRST, ...details, version: 1, createdAt: now, updatedAt: now });
    await em.flush();
    if (toMe && ctx.caller?.userId) await assign(ctx, patient, ctx.caller.userId);
    await emit(em, 'patient.registered', { patientId: patient.id });
    recordAccess(ctx, { action: 'patient.register', patientId: patient.id, entity: 'patient', entityId: patient.id });
    return { id: patient.id, taken: false };
  });
  if (taken) problems.add('externalId', 'TAKEN', 'A patient with this number is registered already.');
  return taken ? problems : id;
}
