import { baseUrlOf } from '../identity/index.js';
import type { OperationDb } from '../platform/database/operation.js';
import { on } from '../platform/events.js';
import { defineTask } from '../platform/jobs/task.js';
import { sendEach } from '../platform/mail/once.js';
import type { Platform } from '../platform/platform.js';
import { reopenNeeds } from '../screening/index.js';
import type { StepLetter } from './announce.js';
import { consentEnded, personDied } from './consent-ended.tasks.js';

import { howToTell, type News } from './digest/digest.tasks.js';
import { ensureLink } from './link/ensure-link.js';
import {
  aboutMessage,
  aboutStep,
  aboutTold,
  aboutWrittenDown,
  copiesOf,
  letterId,
  readNotice,
  textNotice,
  type Copy,
  type NoticeWords,
} from './notices.js';
import type { Side, Status } from './referral.enums.js';
import { SELF_ORG } from './self/self-org.js';
import { writeToSelf } from './self/tell-self.js';
import { isSeen, isTold } from './told.js';

/** Writes to one side; the agency gets the link by which it answers. No transaction is open while the letter leaves. */
async function sendNotice(
  db: OperationDb,
  platform: Platform,
  referralId: string,
  words: NoticeWords,
  jobId: string,
  news: News = 'NEW',
): Promise<void> {
  if (words.to === 'REQUESTER' && (await wroteToSelf(db, platform, referralId, jobId))) return;
  if (words.to === 'TARGET') {
    // What is so when the letter leaves counts, not what was so when it was written. What the person took back before an answer
    // was withdrawn by that, and the letter about the end of the consent says so.
    const em = await db.em();
    const still = (await isSeen(em, referralId)) && (news !== 'WITHDRAWN' || (await isTold(em, referralId)));
    await db.end();
    if (!still) return;
  }
  const { link, ways } =
    words.to === 'TARGET'
      ? await db.write(async (em) => ({
          ways: await howToTell(em, platform, referralId, news),
          link: await ensureLink(em, platform, referralId),
        }))
      : { link: null, ways: { letter: true, text: null } };
  if (!ways.letter) return;
  const em = await db.em();
  const copies: (Copy | undefined)[] = words.to === 'REQUESTER' ? await copiesOf(em, referralId) : [];
  const letters = [];
  for (const copy of [undefined, ...copies]) {
    const letter = await readNotice(em, referralId, words, baseUrlOf(platform.config), link, copy);
    if (letter) letters.push({ ...letter, id: letterId(jobId, copy) });
  }
  await db.end();
  const sending = letters.map((letter) => () => platform.mail.send(letter));
  const { text: to } = ways;
  if (to && link) sending.push(() => platform.texts.send({ ...textNotice(link.url), to, id: letterId(jobId) }));
  await sendEach(sending);
}

/** Whoever asked for themselves is written to as they said is safe, and not at all when they did not want it. */
async function wroteToSelf(db: OperationDb, platform: Platform, referralId: string, jobId: string): Promise<boolean> {
  const rows = await (
    await db.em()
  ).execute('select id from hub.referral where id = ? and from_org_id = ?', [referralId, SELF_ORG]);
  if (rows.length === 0) return false;
  await db.end();
  await db.write((em) => writeToSelf(em, referralId, platform.clock.now(), letterId(jobId)));
  return true;
}

interface Told {
  referralId: string;
  what: 'APPOINTMENT' | 'WAITLIST' | 'NOT_REACHED' | 'TRANSFER' | 'CONTRADICTED';
  wrote?: boolean;
}

interface Moved {
  referralId: string;
  patientId: string;
  to: Status;
  side: Side;
  letter?: StepLetter;
}

/** What was withdrawn and then called a mistake was withdrawn once. */
async function wasWithdrawn(db: OperationDb, referralId: string): Promise<boolean> {
  const rows = await (
    await db.em()
  ).execute(
    `select id from hub.referral_transition where referral_id = ? and to_status = 'CANCELLED' and side = 'REQUESTER'`,
    [referralId],
  );
  await db.end();
  return rows.length > 0;
}

/** A letter about a step, to the side that did not take it. */
export const notifyStep = defineTask<Moved>(
  'referral.notify',
  async ({ referralId, to, side, letter }, { db, platform, job }) => {
    const words = letter === 'NONE' ? null : aboutStep(to, side, letter === 'WITH_MESSAGE');
    if (to === 'ENTERED_IN_ERROR' && (await wasWithdrawn(db, referralId))) return;
    if (words) await sendNotice(db, platform, referralId, words, job.id, to === 'REQUESTED' ? 'NEW' : 'WITHDRAWN');
  },
);

/** A letter about what the agency said beside the status. */
export const notifyTold = defineTask<Told>(
  'referral.notify-told',
  async ({ referralId, what, wrote }, { db, platform, job }) =>
    sendNotice(db, platform, referralId, aboutTold(what, wrote), job.id),
);

/** A letter to the agency about what was written down of its word by phone. */
export const notifyWrittenDown = defineTask<{ referralId: string }>(
  'referral.notify-written-down',
  async ({ referralId }, { db, platform, job }) =>
    sendNotice(db, platform, referralId, aboutWrittenDown, job.id, 'MESSAGE'),
);

/** A letter that a message waits, to the side that did not write it. The message itself stays in the hub. */
export const notifyMessage = defineTask<{ referralId: string; side: Side; documents?: boolean }>(
  'referral.notify-message',
  async ({ referralId, side, documents }, { db, platform, job }) => {
    await sendNotice(db, platform, referralId, aboutMessage(side, documents), job.id, 'MESSAGE');
  },
);

const WITHOUT_HELP: ReadonlySet<Status> = new Set(['REJECTED', 'FAILED', 'CANCELLED', 'ENTERED_IN_ERROR']);

/** A need whose last open referral ended without help is open again, so that nobody forgets it. */
export const settleNeeds = defineTask<Moved>('referral.settle-needs', async ({ referralId, to }, { db, platform }) => {
  if (!WITHOUT_HELP.has(to)) return;
  await db.write(async (em) => {
    // Whoever sends another referral for one of them locks it first: so it is seen here, or waits for this.
    await em.execute(
      `select d.id from hub.need d where d.id in (select n.need_id from hub.referral_need n where n.referral_id = ?)
       order by d.id for update`,
      [referralId],
    );
    const rows = await em.execute<{ need_id: string }[]>(
      `select n.need_id from hub.referral_need n where n.referral_id = ? and not exists (
         select 1 from hub.referral_need m join hub.referral r on r.id = m.referral_id
         where m.need_id = n.need_id and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED'))
       and not exists (
         select 1 from hub.off_platform_need m join hub.off_platform_referral r on r.id = m.referral_id
         where m.need_id = n.need_id and r.status in ('ASKED', 'ACCEPTED', 'WAITLIST', 'HELPED'))`,
      [referralId],
    );
    const ids = rows.map((row) => row.need_id);
    await reopenNeeds(em, ids, platform.clock.now());
  });
});

export const referralSubscriptions = [
  on('consent.ended', consentEnded),
  on('patient.died', personDied),
  on('referral.moved', notifyStep),
  on('referral.moved', settleNeeds),
  on('referral.message', notifyMessage),
  on('referral.told', notifyTold),
  on('referral.written-down', notifyWrittenDown),
];
