import type { HubContext } from '../access/index.js';
import { newId } from '../platform/id.js';
import type { Referral } from './referral.entity.js';
import { Disclosure } from './referral-history.entity.js';

/** Keeps what was told to the agency, on which consent, and whether the notice of 42 CFR 2.32 went with it. */
export async function noteDisclosure(ctx: HubContext, referral: Referral, fields: string[]): Promise<void> {
  const em = await ctx.db.em();
  em.create(Disclosure, {
    id: newId(),
    careOrgId: referral.fromOrgId,
    patientId: referral.patientId,
    recipientOrgId: referral.toOrgId,
    referralId: referral.id,
    consentId: referral.consentId,
    categories: referral.categories,
    fields,
    purpose: 'REFERRAL',
    notice: referral.part2,
    at: ctx.clock.now(),
  });
  await em.flush();
}
