import { byId, manyBy, where } from '../../access/index.js';
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
    const [patientId] = patientIds.length === 1 ? patientIds : [];
    recordAccess(ctx, { action: 'consent.list', patientId, entity: 'consent', detail: { count: found.length } });
    return found;
  },
  (consent) => consent.patientId,
);
