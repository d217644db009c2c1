import { manyBy, type HubContext } from '../../access/index.js';
import { attachFiles, defineFileKind, type StoredFile } from '../../identity/index.js';
import { toDateOrNull } from '../../platform/database/rows.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { mayReadPerson } from '../agency-view.js';
import { auditReferral } from '../audit-referral.js';
import type { ReferralMessage } from '../referral-history.entity.js';
import type { Status } from '../referral.enums.js';
import type { MessageFile } from './show-paper.js';

/** A form or a paper that goes with a message. */
export const MESSAGE_FILE = 'referral-message';
const MOST_FILES = 5;

interface Row extends StoredFile {
  messageId: string;
  referralId: string;
  fromOrgId: string;
  toOrgId: string;
  patientId: string;
  consentId: string;
  status: Status;
  answeredAt: string | null;
  shownAt: string | null;
}

const SELECT = `select f.file_id as id, '${MESSAGE_FILE}' as kind, f.name, f.type, f.bytes, f.message_id as "messageId", r.id as "referralId",
    r.from_org_id as "fromOrgId", r.to_org_id as "toOrgId", r.patient_id as "patientId", r.consent_id as "consentId", r.status,
    r.answered_at as "answeredAt", case when r.from_org_id = $2::uuid then f.shown_at end as "shownAt"
  from hub.referral_file f join hub.referral r on r.id = f.referral_id
  where (r.from_org_id = $2::uuid or (r.to_org_id = $2::uuid and r.status <> 'DRAFT'))`;

/** Papers are about the person: an agency reads them for as long as it reads what was shared. */
function mayOpen({ caller }: HubContext, row: Row): boolean {
  const side = row.fromOrgId === caller?.organizationId ? 'REQUESTER' : 'TARGET';
  return mayReadPerson(side, { status: row.status, answeredAt: row.answeredAt ? new Date(row.answeredAt) : null });
}

const shown = ({ id, kind, name, type, bytes }: Row): StoredFile => ({ id, kind, name, type, bytes });

defineFileKind({
  name: MESSAGE_FILE,
  send: 'referral.message',
  async find(ctx, id) {
    const { caller } = ctx;
    if (!caller?.permissions.has('referral.read')) return null;
    // What a person sent may lie with messages to several agencies.
    const rows = await ctx.db.query<Row>(`${SELECT} and f.file_id = $1::uuid`, [id, caller.organizationId]);
    const row = rows.find((one) => mayOpen(ctx, one));
    if (!row) return null;
    auditReferral(ctx, { ...row, id: row.referralId }, 'referral.file');
    return shown(row);
  },
});

const rowsOf = manyBy(
  (ctx: HubContext, ids) =>
    ctx.db.query<Row>(`${SELECT} and f.message_id = any ($1::uuid[]) order by f.message_id, f.position`, [
      ids,
      ctx.caller?.organizationId ?? null,
    ]),
  (row) => row.messageId,
);

/** The files of a message that the caller may open. */
export async function filesOfMessage(ctx: HubContext, messageId: string): Promise<MessageFile[]> {
  const rows = (await rowsOf(ctx, messageId)).filter((row) => mayOpen(ctx, row));
  return rows.map((row) => ({ ...shown(row), shownAt: toDateOrNull(row.shownAt) }));
}

/** Takes files that were sent for a message; each can be taken once, and only by who sent it. */
export async function takeFiles(ctx: HubContext, ids: readonly string[]): Promise<StoredFile[]> {
  if (ids.length > MOST_FILES || new Set(ids).size < ids.length) {
    refuse('TOO_MANY_FILES', 'Attach at most 5 files, each once.', 'fileIds');
  }
  const files = await attachFiles(ctx, MESSAGE_FILE, ids);
  return files ?? refuse('UNKNOWN_FILE', 'Attach the file again.', 'fileIds');
}

/** Ties files that were taken to their message, for both sides to see. */
export async function keepFiles(
  ctx: HubContext,
  message: ReferralMessage,
  files: readonly StoredFile[],
): Promise<void> {
  const { id, referralId, fromOrgId, toOrgId, authorOrgId } = message;
  for (const [position, file] of files.entries()) {
    await ctx.db.query(
      `insert into hub.referral_file (file_id, message_id, referral_id, from_org_id, to_org_id, author_org_id, name, type, bytes, position)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [file.id, id, referralId, fromOrgId, toOrgId, authorOrgId, file.name, file.type, file.bytes, position],
    );
  }
}
