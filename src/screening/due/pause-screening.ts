import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { dayOf, Patient, recordAccess } from '../../caseload/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import type { DueTables } from './due.tables.js';
import type { SnoozeScreeningInput } from './due.types.js';

const LONGEST_NOTE = 500;
/** Longer than a year is no pause: the yearly screening would pass unseen. */
const LONGEST_DAYS = 366;

/** Puts a patient's screening off until a day, or notes that it was declined this time. What was put off before ends. */
export async function snoozeScreening(ctx: HubContext, input: SnoozeScreeningInput): Promise<string> {
  const { patientId, reason, until } = input;
  const note = input.note?.trim() || null;
  if (note && note.length > LONGEST_NOTE) refuse('TOO_LONG', `Use at most ${LONGEST_NOTE} characters.`, 'note');
  const now = ctx.clock.now();
  const latest = dayOf(new Date(now.getTime() + LONGEST_DAYS * 86_400_000));
  if (until <= dayOf(now) || until > latest) {
    refuse('UNTIL_OUT_OF_RANGE', 'Choose a day after today, at most a year ahead.', 'until');
  }
  const patient = await load(ctx, Patient, patientId, 'screen', { lock: LockMode.PESSIMISTIC_WRITE });
  const { careOrgId } = patient;
  await endPause(ctx, patientId);
  const em = await ctx.db.em();
  await em
    .getKysely<DueTables>()
    .insertInto('hub.screening_pause')
    .values({
      id: newId(),
      care_org_id: careOrgId,
      patient_id: patientId,
      kind: reason === 'DECLINED' ? 'DECLINED' : 'SNOOZED',
      reason,
      note,
      until: new Date(`${until}T00:00:00Z`),
      created_by: ctx.caller?.userId ?? null,
      created_at: now,
      ended_at: null,
    })
    .execute();
  recordAccess(ctx, {
    action: 'screening.snooze',
    patientId,
    entity: 'patient',
    entityId: patientId,
    detail: { reason },
  });
  return patientId;
}

/** Asks again after all. */
export async function resumeScreening(ctx: HubContext, patientId: string): Promise<string> {
  await load(ctx, Patient, patientId, 'screen', { lock: LockMode.PESSIMISTIC_WRITE });
  await endPause(ctx, patientId);
  recordAccess(ctx, { action: 'screening.resume-asking', patientId, entity: 'patient', entityId: patientId });
  return patientId;
}

async function endPause(ctx: HubContext, patientId: string): Promise<void> {
  const em = await ctx.db.em();
  await em
    .getKysely<DueTables>()
    .updateTable('hub.screening_pause')
    .set({ ended_at: ctx.clock.now() })
    .where('patient_id', '=', patientId)
    .where('ended_at', 'is', null)
    .execute();
}
