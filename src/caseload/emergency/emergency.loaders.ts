import { manyBy } from '../../access/index.js';
import { EmergencyAccess } from './emergency.entity.js';

const MOST = 20;

/** Who opened a protected record in an emergency, the latest first. */
export const emergenciesOf = manyBy(
  async (ctx, patientIds) => {
    const em = await ctx.db.em();
    const own = { careOrgId: ctx.caller?.organizationId ?? null, patientId: { $in: [...patientIds] } };
    return em.find(EmergencyAccess, own as object, {
      orderBy: { openedAt: 'desc', id: 'desc' },
      limit: MOST * patientIds.length,
    });
  },
  (access) => access.patientId,
);

/** Ids of colleagues who see a protected record beside its care manager. */
export const careTeamOf = manyBy(
  async (ctx, patientIds) =>
    ctx.db.query<{ patientId: string; userId: string }>(
      `select patient_id as "patientId", user_id as "userId" from hub.care_team_member
        where patient_id = any ($1::uuid[]) and care_org_id = $2 and ended_at is null order by id`,
      [patientIds, ctx.caller?.organizationId ?? null],
    ),
  (row) => row.patientId,
);
