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

/**
 * Writes down that a list showed referrals: an entry for each organization that sent some, with everybody in it, so that
 * its privacy officer sees whom the agency saw. An empty list is one entry without anybody.
 */
export function auditReferrals(
  ctx: HubContext,
  referrals: readonly Pick<Referral, 'patientId' | 'fromOrgId'>[],
  action: string,
  queue: string,
): void {
  const entry = { action, entity: 'referral', purpose: 'REFERRAL' };
  const senders = Map.groupBy(referrals, ({ fromOrgId }) => fromOrgId);
  for (const [patientOrganizationId, own] of senders) {
    const patientIds = own.map(({ patientId }) => patientId);
    ctx.audit.record({ ...entry, patientIds, patientOrganizationId, detail: { queue, count: own.length } });
  }
  if (senders.size === 0) ctx.audit.record({ ...entry, detail: { queue, count: 0 } });
}
