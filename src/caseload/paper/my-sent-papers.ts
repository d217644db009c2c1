import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { attachFiles } from '../../identity/index.js';
import { notify } from '../../platform/live/live.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { auditPage, readerOf } from '../page/reader.js';
import { PAPER, PaperKind, PERSON_PAPER, readPapers, type PersonPaper } from './person-paper.js';

const MOST_AT_ONCE = 5;
/** Of one reader's page, in a day. */
const MOST_A_DAY = 20;
const DAY_MS = 24 * 60 * 60_000;

@InputType({ description: 'Papers for the care team, from the page of a person.' })
export class SendMyPapersInput {
  @Field(() => [ID], { description: 'Ids of 1 to 5 files that were sent to `/files` before, as `person-paper`.' })
  fileIds!: string[];

  @Field(() => PaperKind, { description: 'What they are.' })
  what!: PaperKind;

  @Field(() => ID, { nullable: true, description: 'The help they are about, one that stands on the page.' })
  referralId?: string | null;

  @Field(() => String, { nullable: true, description: 'What to know about them, at most 500 characters.' })
  note?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they stay off the page until private matters are asked for; only the person says so.',
  })
  private?: boolean | null;
}

@InputType({ description: 'A paper that was sent by mistake.' })
export class TakeBackMyPaperInput {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@ObjectType({ description: 'A part of a person’s page: a paper that they sent.' })
export class MySentPaper {
  @Field(() => ID, { description: 'Id of the file; its content is at `/files/{id}?kind=person-paper`.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => PaperKind, { description: 'What it is.' })
  what!: PaperKind;

  @Field(() => String, { nullable: true, description: 'Who sent it, when it was somebody around the person.' })
  by!: string | null;

  @Field(() => DateTimeISO, { description: 'When it was sent.' })
  sentAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the care team looked at it; null until then.' })
  seenAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether the care team keeps it with what the person agreed to share.' })
  confirmed!: boolean;

  @Field(() => Boolean, { description: 'Whether it can be taken back: nobody has looked at it yet.' })
  canTakeBack!: boolean;
}

const LIST = `select ${PAPER} from hub.person_paper p left join hub.referral r on r.id = p.referral_id
  where p.patient_id = $1 and p.care_org_id = $2
    and ($3 or (not p.private and (p.referral_id is null or (r.sensitivity = 'NONE' and not r.part2))))
  order by p.sent_at desc, p.file_id desc limit 100`;

/** What came by this page; on the person's own one also what their family sent. Private matters only when asked for. */
export async function mySentPapers(ctx: HubContext, withPrivate: boolean): Promise<MySentPaper[]> {
  const { patientId, careOrgId, relatedPersonId } = readerOf(ctx);
  const found = await readPapers(ctx, LIST, [patientId, careOrgId, withPrivate]);
  const names = found.some((paper) => paper.relatedPersonId !== null)
    ? await ctx.db.query<{ id: string; name: string }>(
        'select id, name from hub.related_person where patient_id = $1',
        [patientId],
      )
    : [];
  return found.map((paper) => shown(paper, relatedPersonId, names));
}

function shown(paper: PersonPaper, reader: string | null, names: readonly { id: string; name: string }[]): MySentPaper {
  const { id, name, what, sentAt, seenAt, relatedPersonId } = paper;
  const mine = relatedPersonId === reader;
  const by = mine ? null : (names.find((one) => one.id === relatedPersonId)?.name ?? null);
  return { id, name, what, by, sentAt, seenAt, confirmed: paper.consentId !== null, canTakeBack: mine && !seenAt };
}

/** The care team's open pages learn of it once the transaction commits. */
export async function tellPaper(ctx: HubContext, id: string): Promise<void> {
  const org = ctx.caller?.organizationId ?? fail.unauthenticated();
  await notify(await ctx.db.em(), 'papers', org, id);
}

const KEEP = `insert into hub.person_paper (file_id, care_org_id, patient_id, related_person_id, what, referral_id, note, private, name, type, bytes, sent_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/** Gives papers to the care team. The same files again are no second papers, so that a lost answer can be asked for again. */
export async function sendMyPapers(ctx: HubContext, input: SendMyPapersInput): Promise<number> {
  const { patientId, careOrgId, relatedPersonId } = readerOf(ctx);
  const ids = [...new Set(input.fileIds)];
  if (ids.length === 0 || ids.length > MOST_AT_ONCE) refuse('TOO_MANY_FILES', 'Send 1 to 5 papers at once.', 'fileIds');
  const note = input.note?.trim() || null;
  if (note && note.length > 500) refuse('TOO_LONG', 'Use at most 500 characters.', 'note');
  await mayStillSend(ctx, ids.length);
  const there = await ctx.db.query<{ id: string }>(
    'select file_id as id from hub.person_paper where file_id = any ($1::uuid[]) and related_person_id is not distinct from $2',
    [ids, relatedPersonId],
  );
  if (there.length === ids.length) return ids.length;
  if (input.referralId) await demandSeen(ctx, input.referralId);
  const files = await attachFiles(ctx, PERSON_PAPER, ids);
  if (!files) return refuse('UNKNOWN_FILE', 'Choose the paper again.', 'fileIds');
  const now = ctx.clock.now().toISOString();
  const hidden = relatedPersonId === null && Boolean(input.private);
  for (const { id, name, type, bytes } of files) {
    const about = [input.what, input.referralId ?? null, note, hidden];
    await ctx.db.query(KEEP, [id, careOrgId, patientId, relatedPersonId, ...about, name, type, bytes, now]);
    await tellPaper(ctx, id);
  }
  await emit(await ctx.db.em(), 'paper.sent', { patientId });
  auditPage(ctx, relatedPersonId === null ? 'help.send-paper' : 'help.relative-paper', { count: files.length });
  return files.length;
}

/** Nobody stands behind the page of somebody who asked alone; and nobody fills a desk with papers. */
async function mayStillSend(ctx: HubContext, more: number): Promise<void> {
  const { patientId, careOrgId, relatedPersonId } = readerOf(ctx);
  // One after another, so that what is sent at the same moment is counted.
  await ctx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 157))', [relatedPersonId ?? patientId]);
  const since = new Date(ctx.clock.now().getTime() - DAY_MS).toISOString();
  const [row] = await ctx.db.query<{ alone: boolean; sent: number }>(
    `select $1::uuid = hub.self_org() as alone,
       (select count(*)::int from hub.person_paper where patient_id = $2 and related_person_id is not distinct from $3 and sent_at > $4) as sent`,
    [careOrgId, patientId, relatedPersonId, since],
  );
  if (row?.alone) refuse('NO_CARE_TEAM', 'Nobody reads papers here. Bring them to the agency.');
  if ((row?.sent ?? 0) + more > MOST_A_DAY) {
    refuse('TOO_MANY', 'You sent many papers today. Send the others tomorrow, or call your care team.', 'fileIds');
  }
}

async function demandSeen(ctx: HubContext, referralId: string): Promise<void> {
  const { patientId, careOrgId } = readerOf(ctx);
  const [found] = await ctx.db.query(
    'select id from hub.referral where id = $1 and patient_id = $2 and from_org_id = $3',
    [referralId, patientId, careOrgId],
  );
  if (!found) fail.notFound('Referral');
}

/** Takes a paper back that nobody has looked at; its bytes go at night, like those of every file that belongs to nothing. */
export async function takeBackMyPaper(ctx: HubContext, id: string): Promise<void> {
  const { relatedPersonId } = readerOf(ctx);
  const gone = await ctx.db.query(
    'delete from hub.person_paper where file_id = $1 and seen_at is null and related_person_id is not distinct from $2 returning file_id',
    [id, relatedPersonId],
  );
  if (gone.length === 0) {
    const [there] = await ctx.db.query(
      'select file_id from hub.person_paper where file_id = $1 and related_person_id is not distinct from $2',
      [id, relatedPersonId],
    );
    if (!there) return fail.notFound('Paper');
    refuse('SEEN', 'Your care team has looked at it already. Call them if it was a mistake.', 'id');
  }
  await ctx.db.query('update hub.stored_file set attached_at = null where id = $1', [id]);
  await tellPaper(ctx, id);
  auditPage(ctx, 'help.take-back-paper');
}
