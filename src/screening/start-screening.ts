import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../access/index.js';
import { dayOf, Patient, personOf, recordAccess, yearsBetween } from '../caseload/index.js';
import { once } from '../platform/graphql/idempotency.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { activeInstruments } from './instruments.js';
import { Screening } from './screening.entity.js';
import type { StartScreeningInput } from './screening.inputs.js';

/** Begins a screening, or goes on with the one of the same instrument that is open. Returns its id. */
export async function startScreening(ctx: HubContext, input: StartScreeningInput): Promise<string> {
  // Locked, so that two who begin at once get the same screening.
  const patient = await load(ctx, Patient, input.patientId, 'screen', { lock: LockMode.PESSIMISTIC_WRITE });
  const startedById = personOf(ctx);
  if (patient.status !== 'ACTIVE') refuse('PATIENT_NOT_ACTIVE', 'This patient is no longer served.', 'patientId');
  const instrument = (await activeInstruments(ctx)).find(({ key }) => key === input.instrumentKey);
  if (!instrument) return refuse('UNKNOWN_INSTRUMENT', 'Choose one of the forms in use.', 'instrumentKey');
  const spoken = Object.hasOwn(instrument.languages, patient.language) ? patient.language : 'en';
  const language = input.language ?? spoken;
  if (!Object.hasOwn(instrument.languages, language)) {
    return refuse('NOT_IN_THIS_LANGUAGE', 'This form does not exist in that language.', 'language');
  }
  return once(ctx, input.idempotencyKey, 'startScreening', input, async () => {
    const em = await ctx.db.em();
    const { id: patientId, careOrgId } = patient;
    const same = { patientId, careOrgId, instrumentKey: instrument.key, status: 'IN_PROGRESS' as const };
    const open = await em.findOne(Screening, same, { orderBy: { startedAt: 'desc' } });
    if (open) {
      recordAccess(ctx, { action: 'screening.resume', patientId, entity: 'screening', entityId: open.id });
      return open.id;
    }
    const now = ctx.clock.now();
    const screening = em.create(Screening, {
      ...same,
      id: newId(),
      instrumentVersion: instrument.version,
      answeredBy: input.answeredBy ?? 'PATIENT',
      language,
      ageYears: yearsBetween(patient.birthDate, dayOf(now)),
      scores: [],
      startedById,
      startedAt: now,
      version: 1,
    });
    await em.flush();
    recordAccess(ctx, { action: 'screening.start', patientId, entity: 'screening', entityId: screening.id });
    return screening.id;
  });
}
