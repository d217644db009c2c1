import type { AuditEntry, HubContext } from '../access/index.js';

/** Why a person's record was used: the care team coordinates care, a privacy officer reviews who did what. */
export type AccessPurpose = 'CARE_COORDINATION' | 'PRIVACY_REVIEW' | 'ELIGIBILITY' | 'BREAK_GLASS';

function purposeOf(ctx: HubContext): AccessPurpose {
  return ctx.caller?.permissions.has('patient.write') ? 'CARE_COORDINATION' : 'PRIVACY_REVIEW';
}

/** Notes in the audit that a person's record was read, searched or changed, and for what. */
export function recordAccess(ctx: HubContext, entry: AuditEntry & { purpose?: AccessPurpose }): void {
  ctx.audit.record({ purpose: purposeOf(ctx), ...entry });
}
