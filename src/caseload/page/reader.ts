import type { HubContext, PageReader } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';

/** Who has the page open; only for fields behind a permission of pages. */
export function readerOf(ctx: HubContext): PageReader & { careOrgId: string } {
  const { caller } = ctx;
  return caller?.reader ? { ...caller.reader, careOrgId: caller.organizationId } : fail.forbidden();
}

/** Notes in the audit what was done by a page. */
export function auditPage(ctx: HubContext, action: string, detail?: Record<string, string | number | boolean>): void {
  const { patientId, relatedPersonId, sessionId } = readerOf(ctx);
  ctx.audit.record({
    action,
    patientId,
    entity: relatedPersonId === null ? 'patient' : 'related_person',
    entityId: relatedPersonId ?? sessionId,
    purpose: relatedPersonId === null ? 'PATIENT_REQUEST' : 'FAMILY_INVOLVEMENT',
    ...(detail && { detail }),
  });
}
