import { createHash } from 'node:crypto';
import type { HubContext } from '../../access/index.js';
import { hashToken } from '../../identity/index.js';
import { asTask } from '../../platform/database/operation.js';
import { Refusal } from '../../platform/graphql/refusal.js';
import { stableId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import type { AgencyAnswer } from '../answer/agency-answer.js';
import { answerReferral } from '../answer/answer-referral.js';
import { clocksOfServices } from '../clock/times-of-service.js';
import { actAsLink, findLink, holderOf, type Link } from '../link/link.js';
import type { Status } from '../referral.enums.js';
import { readMail, type IncomingMail } from './incoming-mail.js';
import { readReply, type Reply } from './read-reply.js';
import { hasNotice, sendLostNotice, sendReplyNotice, type Told } from './reply-notice.js';

/** What became of a mail. Only the first of these reaches the sender of the referral. */
export type Outcome = Told | 'NO_LINK' | 'AGAIN' | NonNullable<IncomingMail['machine']>;

/** What is known of a mail when it was dealt with: by which link, of whichever time. */
interface Dealt {
  outcome: Outcome;
  link?: Pick<Link, 'id' | 'referralId'> | null;
  answer?: AgencyAnswer;
}

/** Deals with one mail that was handed in: takes it as an answer, or writes back once that it was not understood. */
export async function takeReply(ctx: HubContext, raw: Buffer): Promise<Outcome> {
  const mail = await readMail(raw);
  const digest = createHash('sha256')
    .update(mail.messageId ?? raw)
    .update(mail.codes.join(' '))
    .digest();
  return oneByOne(digest.toString('hex'), async () => {
    if (await knownMail(ctx, digest)) return 'AGAIN';
    const dealt = mail.machine ? { outcome: mail.machine } : await deal(ctx, mail, digest);
    return (await note(ctx, mail, digest, dealt)) ? dealt.outcome : 'AGAIN';
  });
}

const underWay = new Map<string, Promise<unknown>>();

/** A server that grew tired of waiting hands the same mail in again while it is being dealt with: the second one waits. */
async function oneByOne<T>(mail: string, work: () => Promise<T>): Promise<T> {
  const mine = (underWay.get(mail) ?? Promise.resolve()).then(work, work);
  underWay.set(mail, mine);
  try {
    return await mine;
  } finally {
    if (underWay.get(mail) === mine) underWay.delete(mail);
  }
}

async function deal(ctx: HubContext, mail: IncomingMail, digest: Buffer): Promise<Dealt> {
  const [code, ...others] = mail.codes;
  if (code === undefined) return { outcome: 'NO_LINK' };
  const hash = hashToken(code);
  const link = await findLink(ctx, hash, 'reply');
  if (!link) return ended(ctx, hash);
  // One number to two referrals: which of them was meant?
  return { link, ...(others.length > 0 ? { outcome: 'SEVERAL' } : await act(ctx, link, mail, digest)) };
}

async function act(
  ctx: HubContext,
  link: Link,
  mail: IncomingMail,
  digest: Buffer,
): Promise<Dealt & { outcome: Told }> {
  const { zone, status } = await standing(ctx, link);
  const read = readReply(mail.text, ctx.clock.now(), zone);
  if (!read) return { outcome: 'UNCLEAR' };
  if (read === 'NO_WHEN') return { outcome: read };
  const reply = asItStands(read, status);
  const work = (agency: HubContext) =>
    answerReferral(
      agency,
      { id: link.referralId, expectedVersion: null, via: 'MAIL' },
      reply,
      stableId(digest.toString('hex')),
    );
  try {
    await actAsLink(ctx, holderOf(ctx, link, mail.name), work);
    return { outcome: 'ANSWERED', answer: reply.answer };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'REFUSED' };
    throw error;
  }
}

/** Whoever tried and could not, and never said yes, says no. */
const asItStands = (reply: Reply, status: Status | undefined): Reply =>
  reply.answer === 'NOT_HELPED' && status === 'REQUESTED' ? { ...reply, answer: 'DECLINE' } : reply;

/** Where the agency is, since the hours that it writes are its own; and how the referral stands. */
async function standing(
  { platform }: HubContext,
  { referralId }: Link,
): Promise<{ zone: string; status: Status | undefined }> {
  return asTask(platform.orm).write(async (em) => {
    const [row] = await em.execute<{ service_id: string; status: Status }[]>(
      'select service_id, status from hub.referral where id = ?',
      [referralId],
    );
    const clocks = await clocksOfServices(em, row ? [row.service_id] : []);
    const zone = clocks.get(row?.service_id ?? '')?.calendar.times.zone ?? 'America/New_York';
    return { zone, status: row?.status };
  });
}

const ENDED = `select l.id, l.referral_id as "referralId", r.to_org_id = l.to_org_id and r.closed_at is null and r.status not in ('DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR')
    and r.consent_ended_at is null and (r.consent_until is null or r.consent_until > ?) and exists (select from hub.referral_link n where n.referral_id = r.id and n.revoked_at is null) as theirs
  from hub.referral_link l join hub.referral r on r.id = l.referral_id where l.reply_hash = ?`;

/** A code that opens nothing: of a letter that is too old or was replaced, or about what is no longer theirs; or of no letter. */
async function ended({ platform, clock }: HubContext, hash: Buffer): Promise<Dealt> {
  const [link] = await asTask(platform.orm).write((em) =>
    em.execute<{ id: string; referralId: string; theirs: boolean }[]>(ENDED, [clock.now().toISOString(), hash]),
  );
  return link ? { link, outcome: link.theirs ? 'LATE' : 'ENDED' } : { outcome: 'NO_LINK' };
}

async function knownMail({ platform }: HubContext, digest: Buffer): Promise<boolean> {
  const rows = await asTask(platform.orm).write((em) =>
    em.execute('select 1 from hub.inbound_mail where id = ?', [digest]),
  );
  return rows.length > 0;
}

/**
 * Writes down that a mail was dealt with, and has whoever sent it told, at the address that the agency gave. False when the
 * same mail was handed in twice at the same moment, and the other one wrote it down.
 */
async function note(
  { platform, clock }: HubContext,
  mail: IncomingMail,
  digest: Buffer,
  { outcome, link, answer }: Dealt,
): Promise<boolean> {
  return asTask(platform.orm).write(async (em) => {
    const written = await em.execute(
      'insert into hub.inbound_mail (id, link_id, outcome, at) values (?, ?, ?, ?) on conflict (id) do nothing returning id',
      [digest, link?.id ?? null, outcome, clock.now().toISOString()],
    );
    if (written.length === 0) return false;
    if (link && hasNotice(outcome)) {
      const said = { referralId: link.referralId, mail: digest.toString('hex'), outcome, ...(answer && { answer }) };
      await enqueue(em, sendReplyNotice, said);
    }
    if (outcome === 'NO_LINK' && mail.from) {
      // Only an agency that the hub knows by this address is written to: a stranger's address may be anybody's.
      const [agency] = await em.execute<{ id: string }[]>(
        'select id from hub.organization where lower(referral_email) = ? or (referral_email is null and lower(email) = ?) order by id limit 1',
        [mail.from, mail.from],
      );
      if (agency) await enqueue(em, sendLostNotice, { organizationId: agency.id });
    }
    return true;
  });
}
