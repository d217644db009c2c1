import type { HubContext } from '../../access/index.js';
import { attachFiles, defineFileKind, type StoredFile } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { recordAccess } from '../record-access.js';

/** The signature that was drawn, or the scan of the paper that was signed. */
export const CONSENT_EVIDENCE = 'consent-evidence';
export const EVIDENCE_TYPES = ['image/png', 'image/jpeg', 'application/pdf'];

interface Found extends StoredFile {
  consentId: string;
  patientId: string;
}

/** A paper that came from the person's page is one too, once the care team confirmed it. */
const FIND = `select f.id, $3 as kind, f.name, f.type, f.bytes, c.id as "consentId", c.patient_id as "patientId"
  from hub.consent c join hub.stored_file f on f.id = c.evidence_file_id
  where c.evidence_file_id = $1 and c.care_org_id = $2
    and (f.kind = $3 or exists (select from hub.person_paper p where p.file_id = f.id and p.consent_id = c.id))`;

defineFileKind({
  name: CONSENT_EVIDENCE,
  send: 'consent.write',
  types: EVIDENCE_TYPES,
  async find(ctx, id) {
    const { caller } = ctx;
    if (!caller?.permissions.has('patient.read')) return null;
    const [found] = await ctx.db.query<Found>(FIND, [id, caller.organizationId, CONSENT_EVIDENCE]);
    if (!found) return null;
    const { consentId, patientId, ...file } = found;
    recordAccess(ctx, { action: 'consent.evidence', patientId, entity: 'consent', entityId: consentId, consentId });
    return file;
  },
});

/** Ties the file to the consent that is being recorded. */
export async function attachEvidence(ctx: HubContext, fileId: string | null): Promise<void> {
  if (fileId === null || (await attachFiles(ctx, CONSENT_EVIDENCE, [fileId]))) return;
  refuse('UNKNOWN_FILE', 'Sign or attach the file again.', 'evidenceFileId');
}
