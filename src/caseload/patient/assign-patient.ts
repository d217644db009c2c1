import { load, type HubContext } from '../../access/index.js';
import { colleagueById } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { Assignment } from './around.entity.js';
import { Patient } from './patient.entity.js';
import type { AssignPatientInput } from './patient.inputs.js';
import { recordAccess } from '../record-access.js';

/** Gives a patient to a care manager of the organization; whoever had them before has them until now. */
export async function assignPatient(ctx: HubContext, input: AssignPatientInput): Promise<Patient> {
  const patient = await load(ctx, Patient, input.patientId, 'assign');
  const colleague = await colleagueById(ctx, input.userId);
  if (!colleague?.roles.includes('CARE_MANAGER')) {
    return refuse('NOT_A_CARE_MANAGER', 'Choose a colleague who is a care manager.', 'userId');
  }
  await assign(ctx, patient, input.userId);
  return patient;
}

/** Ends the open assignment and begins another; nothing when it is theirs already. */
export async function assign(ctx: HubContext, patient: Patient, userId: string): Promise<void> {
  const em = await ctx.db.em();
  const { id: patientId, careOrgId } = patient;
  const now = ctx.clock.now();
  const open = await em.findOne(Assignment, { patientId, careOrgId, endsAt: null });
  if (open?.userId === userId) return;
  if (open) {
    open.endsAt = now;
    await em.flush(); // One may be open at a time.
  }
  em.create(Assignment, { id: newId(), careOrgId, patientId, userId, startsAt: now });
  await em.flush();
  recordAccess(ctx, { action: 'patient.assign', patientId, entity: 'user', entityId: userId });
}
