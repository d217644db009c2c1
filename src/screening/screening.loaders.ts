import { byId, manyBy, ofPatients, where } from '../access/index.js';
import { Need } from './need/need.entity.js';
import { Screening } from './screening.entity.js';
import { recordAccess } from '../caseload/index.js';

const NEWEST = { identifiedAt: 'desc', id: 'desc' } as const;

/** A screening of the caller's own organization, batched; null for everyone else's. */
export const screeningById = byId<Screening>(async (ctx, ids) =>
  (await ctx.db.em()).find(Screening, { $and: [{ id: { $in: [...ids] } }, where(ctx, Screening)] }),
);

/** A patient's screenings, the newest first. */
export const screeningsOf = manyBy<Screening>(
  async (ctx, patientIds) => {
    const mine = { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, Screening)] };
    const found = await (await ctx.db.em()).find(Screening, mine, { orderBy: { startedAt: 'desc', id: 'desc' } });
    recordAccess(ctx, { action: 'screening.list', ...ofPatients(patientIds), entity: 'screening', detail: { count: found.length } }); // prettier-ignore
    return found;
  },
  (screening) => screening.patientId,
);

/** A need of the caller's own organization, batched; null for everyone else's. */
export const needById = byId<Need>(async (ctx, ids) =>
  (await ctx.db.em()).find(Need, { $and: [{ id: { $in: [...ids] } }, where(ctx, Need)] }),
);

/** A patient's needs, the newest first. */
export const needsOf = manyBy<Need>(
  async (ctx, patientIds) => {
    const mine = { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, Need)] };
    const found = await (await ctx.db.em()).find(Need, mine, { orderBy: NEWEST });
    recordAccess(ctx, { action: 'need.list', ...ofPatients(patientIds), entity: 'need', detail: { count: found.length } }); // prettier-ignore
    return found;
  },
  (need) => need.patientId,
);

/** The needs that a screening points to, the newest first. */
export const needsOfScreening = manyBy<Need>(
  async (ctx, screeningIds) => {
    const mine = { $and: [{ screeningId: { $in: [...screeningIds] } }, where(ctx, Need)] };
    return (await ctx.db.em()).find(Need, mine, { orderBy: NEWEST });
  },
  (need) => need.screeningId ?? '',
);
