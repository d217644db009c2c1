import { load, type HubContext } from '../../access/index.js';
import { colleagueById } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { Patient } from '../patient/patient.entity.js';
import { careManagerIdOf } from '../patient/patient.loaders.js';
import { personOf } from '../patient/scope.js';
import { recordAccess } from '../record-access.js';
import type { RestrictPatientInput } from './emergency.inputs.js';

const MOST = 50;

/**
 * Protects a record, or ends that. Whoever does it belongs to the care team from then on, but for a privacy officer, who
 * must leave somebody in it.
 */
export async function restrictPatient(ctx: HubContext, input: RestrictPatientInput): Promise<string> {
  personOf(ctx);
  const patient = await load(ctx, Patient, input.patientId, 'restrict');
  const team = [...new Set(input.teamUserIds ?? [])];
  if (team.length > MOST) fail.badInput('input.teamUserIds', `at most ${MOST} are expected`);
  const colleagues = await Promise.all(team.map((id) => colleagueById(ctx, id)));
  const fit = colleagues.every((one) =>
    one?.roles.some((role) => role === 'CARE_MANAGER' || role === 'CARE_SUPERVISOR'),
  );
  if (!fit) refuse('NOT_IN_CARE', 'Choose colleagues who are care managers or supervisors.', 'teamUserIds');
  const restricted = input.restricted ?? null;
  const officer = !ctx.caller?.permissions.has('patient.write');
  const led = (await careManagerIdOf(ctx, patient.id)).length > 0;
  if (restricted && officer && team.length === 0 && !led) {
    refuse('NO_CARE_TEAM', 'Choose at least one colleague who sees the record.', 'teamUserIds');
  }
  const [done] = await ctx.db.query<{ done: boolean }>('select hub.restrict_patient($1, $2, $3::uuid[], $4) as done', [
    patient.id,
    restricted,
    team,
    ctx.clock.now(),
  ]);
  if (!done?.done) fail.forbidden();
  const em = await ctx.db.em();
  await emit(em, 'patient.changed', { patientId: patient.id });
  const action = restricted ? 'patient.protect' : 'patient.unprotect';
  recordAccess(ctx, {
    action,
    patientId: patient.id,
    entity: 'patient',
    entityId: patient.id,
    detail: { count: team.length },
  });
  return patient.id;
}
