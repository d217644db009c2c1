import { byId, manyBy, ofPatients, where, type HubContext } from '../../access/index.js';
import { Coverage, RelatedPerson } from './around.entity.js';
import type { Patient } from './patient.entity.js';
import { patientsByIds } from './patient.queries.js';
import type { CaseloadTables } from '../tables.js';
import { recordAccess } from '../record-access.js';

/** A patient of the caller's own organization, batched and audited; null for everyone else's. */
export const patientById: (ctx: HubContext, id: string) => Promise<Patient | null> = byId(async (ctx, ids) => {
  const rows = await patientsByIds(ctx, ids);
  const people = ofPatients(rows.map(({ id }) => id));
  if (rows.length === 1) recordAccess(ctx, { action: 'patient.read', ...people, entity: 'patient' });
  if (rows.length > 1) recordAccess(ctx, { action: 'patient.list', ...people, entity: 'patient', detail: { count: rows.length } }); // prettier-ignore
  return rows;
});

/** Who looks after a patient now. */
export const careManagerIdOf = manyBy(
  async (ctx, patientIds) =>
    (await ctx.db.em())
      .getKysely<CaseloadTables>()
      .selectFrom('hub.assignment')
      .select(['patient_id as patientId', 'user_id as userId'])
      .where('patient_id', 'in', patientIds)
      .where('care_org_id', '=', ctx.caller?.organizationId ?? null)
      .where('ends_at', 'is', null)
      .execute(),
  (row) => row.patientId,
);

/** A patient's plans, the newest span first. */
export const coveragesOf = manyBy(
  async (ctx, patientIds) => {
    const em = await ctx.db.em();
    const mine = { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, Coverage)] };
    return em.find(Coverage, mine, { orderBy: { startsOn: 'desc', id: 'asc' } });
  },
  (coverage) => coverage.patientId,
);

/** The people around a patient, in the order in which they were added. */
export const relatedPersonsOf = manyBy(
  async (ctx, patientIds) => {
    const em = await ctx.db.em();
    const mine = { $and: [{ patientId: { $in: [...patientIds] }, endedAt: null }, where(ctx, RelatedPerson)] };
    return em.find(RelatedPerson, mine, { orderBy: { id: 'asc' } });
  },
  (person) => person.patientId,
);

/** A related person by id, batched. */
export const relatedPersonById = byId(async (ctx, ids) =>
  (await ctx.db.em()).find(RelatedPerson, { $and: [{ id: { $in: [...ids] } }, where(ctx, RelatedPerson)] }),
);
