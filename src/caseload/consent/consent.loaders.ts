import { byId, manyBy, ofPatients, where } from '../../access/index.js';
import { Consent } from './consent.entity.js';
import { recordAccess } from '../record-access.js';

/** A consent of the caller's own organization, batched; null for everyone else's. */
export const consentById = byId<Consent>(async (ctx, ids) =>
  (await ctx.db.em()).find(Consent, { $and: [{ id: { $in: [...ids] } }, where(ctx, Consent)] }),
);

/** A patient's consents, the newest first. */
export const consentsOf = manyBy<Consent>(
  async (ctx, patientIds) => {
    const mine = { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, Consent)] };
    const found = await (await ctx.db.em()).find(Consent, mine, { orderBy: { createdAt: 'desc', id: 'desc' } });
    recordAccess(ctx, { action: 'consent.list', ...ofPatients(patientIds), entity: 'consent', detail: { count: found.length } }); // prettier-ignore
    return found;
  },
  (consent) => consent.patientId,
);
