import { load, type HubContext } from '../../access/index.js';
import { dayOf, Patient, recordAccess } from '../../caseload/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import type { DueTables } from './due.tables.js';
import type { RecordLifeEventInput } from './due.types.js';

/** Notes what happened to a patient. Returns the patient's id. */
export async function recordLifeEvent(ctx: HubContext, input: RecordLifeEventInput): Promise<string> {
  const { patientId, kind, onDay } = input;
  const now = ctx.clock.now();
  // West of Greenwich it is still yesterday: nobody is kept from noting today there.
  const [earliest, latest] = [-365, 1].map((days) => dayOf(new Date(now.getTime() + days * 86_400_000))) as [
    string,
    string,
  ];
  if (onDay < earliest || onDay > latest) {
    refuse('DAY_OUT_OF_RANGE', 'Choose a day within the last year.', 'onDay');
  }
  const patient = await load(ctx, Patient, patientId, 'screen');
  return once(ctx, input.idempotencyKey, 'recordLifeEvent', input, async () => {
    const em = await ctx.db.em();
    const id = newId();
    await em
      .getKysely<DueTables>()
      .insertInto('hub.patient_event')
      .values({
        id,
        care_org_id: patient.careOrgId,
        patient_id: patientId,
        kind,
        on_day: onDay,
        recorded_by: ctx.caller?.userId ?? null,
        created_at: now,
        withdrawn_at: null,
      })
      .execute();
    recordAccess(ctx, { action: 'life-event.record', patientId, entity: 'patient_event', entityId: id });
    return patientId;
  });
}

/** Takes back what was noted by mistake. Returns the patient's id. */
export async function withdrawLifeEvent(ctx: HubContext, id: string): Promise<string> {
  const em = await ctx.db.em();
  const db = em.getKysely<DueTables>();
  const event = await db
    .selectFrom('hub.patient_event')
    .select('patient_id')
    .where('id', '=', id)
    .where('care_org_id', '=', ctx.caller?.organizationId ?? null)
    .executeTakeFirst();
  const patientId = event?.patient_id ?? fail.notFound('LifeEvent');
  await load(ctx, Patient, patientId, 'screen');
  await db
    .updateTable('hub.patient_event')
    .set({ withdrawn_at: ctx.clock.now() })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute();
  recordAccess(ctx, { action: 'life-event.withdraw', patientId, entity: 'patient_event', entityId: id });
  return patientId;
}
