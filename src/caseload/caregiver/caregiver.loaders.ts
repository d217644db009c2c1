import { manyBy, where } from '../../access/index.js';
import { Consent } from '../consent/consent.entity.js';
import { RelatedPerson } from '../patient/around.entity.js';

/** Around whom somebody with a record of their own stands: those whom they care for. */
export const aroundWhom = manyBy(
  async (ctx, ownPatientIds) => {
    const em = await ctx.db.em();
    const mine = { $and: [{ ownPatientId: { $in: [...ownPatientIds] }, endedAt: null }, where(ctx, RelatedPerson)] };
    return em.find(RelatedPerson, mine as object, { orderBy: { id: 'asc' } });
  },
  (person) => person.ownPatientId ?? '',
);

/** What a patient lets somebody around them see, as it holds now. */
export const givenTo = manyBy(
  async (ctx, relatedPersonIds) => {
    const em = await ctx.db.em();
    const given = { granteeRelatedPersonId: { $in: [...relatedPersonIds] }, kind: 'FAMILY', status: 'ACTIVE' };
    const found = await em.find(Consent, { $and: [given, where(ctx, Consent)] } as object);
    return found.filter((consent) => consent.effectiveAt(ctx.clock.now()));
  },
  (consent) => consent.granteeRelatedPersonId ?? '',
);
