import { createHash } from 'node:crypto';
import type { HubContext } from '../../access/index.js';
import { hashToken } from '../../identity/index.js';
import { asTask } from '../../platform/database/operation.js';
import { Refusal } from '../../platform/graphql/refusal.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { answerReferral } from '../answer/answer-referral.js';
import { clocksOfServices } from '../clock/times-of-service.js';
import { actAsLink, findLink, holderOf, type Link } from '../link/link.js';
import { readMail, type IncomingMail } from './incoming-mail.js';
import { readReply } from './read-reply.js';
import { sendReplyNotice } from './reply-notice.js';

/** What became of a mail. Only the first of these reaches the sender of the referral. */
export type Outcome = 'ANSWERED' | 'REFUSED' | 'UNCLEAR' | 'NO_LINK' | 'AGAIN' | NonNullable<IncomingMail['machine']>;

/** An id that the same mail always gets, so that what it writes is written once. */
const idOf = (digest: Buffer): string => {
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Deals with one mail that was handed in: takes it as an answer, or writes back once that it was not understood. */
export async function takeReply(ctx: HubContext, raw: Buffer): Promise<Outcome> {
  const mail = await readMail(raw);
  const digest = createHash('sha256')
    .update(mail.messageId ?? raw)
    .update(mail.code ?? '')
    .digest();
  if (await knownMail(ctx, digest)) return 'AGAIN';
  const link = mail.code === null ? null : await findLink(ctx, hashToken(mail.code), 'reply');
  const outcome = mail.machine ?? (link ? await act(ctx, link, mail, digest) : 'NO_LINK');
  await note(ctx, digest, link, outcome);
  return outcome;
}

async function act(ctx: HubContext, link: Link, mail: IncomingMail, digest: Buffer): Promise<Outcome> {
  const reply = readReply(mail.text, ctx.clock.now(), await zoneOf(ctx, link));
  if (!reply) return 'UNCLEAR';
  const work = (agency: HubContext) =>
    answerReferral(agency, { id: link.referralId, expectedVersion: null, via: 'MAIL' }, reply, idOf(digest));
  try {
    await actAsLink(ctx, holderOf(ctx, link, mail.name), work);
    return 'ANSWERED';
  } catch (error) {
    if (error instanceof Refusal) return 'REFUSED';
    throw error;
  }
}

/** Where the agency is: the hours that it writes are its own. */
async function zoneOf({ platform }: HubContext, { referralId }: Link): Promise<string> {
  return asTask(platform.orm).write(async (em) => {
    const [row] = await em.execute<{ service_id: string }[]>('select service_id from hub.referral where id = ?', [
      referralId,
    ]);
    const clocks = await clocksOfServices(em, row ? [row.service_id] : []);
    return clocks.get(row?.service_id ?? '')?.calendar.times.zone ?? 'America/New_York';
  });
}

async function knownMail({ platform }: HubContext, digest: Buffer): Promise<boolean> {
  const rows = await asTask(platform.orm).write((em) =>
    em.execute('select 1 from hub.inbound_mail where id = ?', [digest]),
  );
  return rows.length > 0;
}

/** Writes down that a mail was dealt with, and has whoever sent it told, at the address that the agency gave. */
async function note({ platform }: HubContext, digest: Buffer, link: Link | null, outcome: Outcome): Promise<void> {
  await asTask(platform.orm).write(async (em) => {
    await em.execute(
      'insert into hub.inbound_mail (id, link_id, outcome, at) values (?, ?, ?, ?) on conflict (id) do nothing',
      [digest, link?.id ?? null, outcome, platform.clock.now().toISOString()],
    );
    if (link && (outcome === 'ANSWERED' || outcome === 'REFUSED' || outcome === 'UNCLEAR')) {
      await enqueue(em, sendReplyNotice, { referralId: link.referralId, mail: digest.toString('hex'), outcome });
    }
  });
}
