import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { load, type HubContext } from '../../access/index.js';
import { StoredFile } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { auditReferral } from '../audit-referral.js';
import { Referral } from '../referral.entity.js';
import { MESSAGE_FILE } from './referral-file.js';

@InputType({ description: 'Whether the person sees a paper on their own page.' })
export class ShowPaperInput {
  @Field(() => ID, { description: 'Id of a file that went with a message, from either side.' })
  fileId!: string;

  @Field(() => Boolean, { description: 'true shows it; false takes it off the page again.' })
  shown!: boolean;
}

@ObjectType({ description: 'A file that went with a message.' })
export class MessageFile extends StoredFile {
  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'Since when the person sees it on their own page; null when they do not. Only the sender is told.',
  })
  shownAt!: Date | null;
}

interface Row extends StoredFile {
  theirs: boolean;
  referralId: string;
  shownAt: string | null;
}

const FIND = `select f.file_id as id, '${MESSAGE_FILE}' as kind, f.name, f.type, f.bytes, f.referral_id as "referralId", f.shown_at as "shownAt",
    exists (select from hub.person_paper p where p.file_id = f.file_id) as theirs
  from hub.referral_file f where f.file_id = $1 and f.from_org_id = $2`;

/** The care team lets the person see a paper, or takes it off their page again. What they saved before they have. */
export async function showPaper(ctx: HubContext, { fileId, shown }: ShowPaperInput): Promise<MessageFile> {
  const org = ctx.caller?.organizationId ?? null;
  const [row] = await ctx.db.query<Row>(FIND, [fileId, org]);
  if (!row) return fail.notFound('File');
  const referral = await load(ctx, Referral, row.referralId, 'send');
  if (row.theirs) refuse('THEIRS', 'The person sent this paper themselves: it is on their page already.', 'fileId');
  const kept = row.shownAt ? new Date(row.shownAt) : ctx.clock.now();
  const shownAt = shown ? kept : null;
  await ctx.db.query(
    'update hub.referral_file set shown_at = $3, shown_by = $4 where file_id = $1 and from_org_id = $2',
    [fileId, org, shownAt?.toISOString() ?? null, shown ? (ctx.caller?.userId ?? null) : null],
  );
  auditReferral(ctx, referral, shown ? 'referral.show-paper' : 'referral.hide-paper');
  const { id, kind, name, type, bytes } = row;
  return { id, kind, name, type, bytes, shownAt };
}
