import type { HubContext } from '../access/index.js';
import type { Referral } from './referral.entity.js';

/** Writes down that the caller read or changed a referral; the sender's privacy officer sees what the agency did. */
export function auditReferral(
  ctx: HubContext,
  referral: Pick<Referral, 'id' | 'patientId' | 'fromOrgId' | 'consentId'>,
  action: string,
): void {
  ctx.audit.record({
    action,
    entity: 'referral',
    entityId: referral.id,
    patientId: referral.patientId,
    patientOrganizationId: referral.fromOrgId,
    consentId: referral.consentId,
    purpose: 'REFERRAL',
  });
}
