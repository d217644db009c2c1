import { load, type HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { Problems } from '../problems.js';
import { patientDetails } from './keep-patient.js';
import { Patient } from './patient.entity.js';
import type { UpdatePatientInput } from './patient.inputs.js';
import { recordAccess } from '../record-access.js';

/** Changes a patient's details: what is left out stays, null clears. Returns what is wrong with the input instead. */
export async function updatePatient(ctx: HubContext, input: UpdatePatientInput): Promise<Patient | Problems> {
  const { id, expectedVersion, ...rest } = input;
  const patient = await load(ctx, Patient, id, 'update');
  if (patient.version !== expectedVersion) fail.conflict();
  const em = await ctx.db.em();
  const problems = new Problems();
  const zipOnly = rest.zip && rest.city === undefined && patient.zip === rest.zip.trim().slice(0, 5);
  const details = await patientDetails(em, zipOnly ? { ...rest, city: patient.city } : rest, problems);
  if (problems.found) return problems;
  const changed = Object.keys(details);
  const lived = patient.status !== 'DECEASED';
  Object.assign(patient, details, { updatedAt: ctx.clock.now() });
  await em.flush();
  await emit(em, 'patient.changed', { patientId: id });
  if (lived !== (patient.status !== 'DECEASED')) await emit(em, 'patient.died', { patientId: id });
  recordAccess(ctx, {
    action: 'patient.update',
    patientId: id,
    entity: 'patient',
    entityId: id,
    detail: { fields: changed },
  });
  return patient;
}
