import { on } from '../platform/events.js';
import { defineTask } from '../platform/jobs/task.js';
import { reopenNeeds } from '../screening/index.js';
import type { Side, Status } from './referral.enums.js';

interface Notice {
  agency_email: string | null;
  sender_email: string | null;
  service: string;
  agency: string;
  version: number;
}

/** Where notices go: the service's own address, else the agency's; and the person who sent it. */
const NOTICE = `select coalesce(s.referral_email, o.referral_email) as agency_email, u.email::text as sender_email,
    s.name as service, o.name as agency, r.version
  from hub.referral r join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.to_org_id
  join hub.user_account u on u.id = r.sent_by where r.id = ?`;

interface Words {
  to: 'agency_email' | 'sender_email';
  subject: string;
  text: (notice: Notice, link: string) => string;
}

const SENDER_NEWS: Partial<Record<Status, string>> = {
  ACCEPTED: 'was accepted',
  REJECTED: 'was declined',
  ON_HOLD: 'is on hold',
  COMPLETED: 'was completed',
  FAILED: 'could not be completed',
  CANCELLED: 'was cancelled by the agency',
};

/** What a step is worth telling, and to whom. No letter names a person or a kind of need. */
function letterFor(to: Status, side: Side): Words | null {
  if (to === 'REQUESTED') {
    return {
      to: 'agency_email',
      subject: 'A new referral is waiting for you',
      text: ({ agency }, link) =>
        `Hello ${agency},\n\nA care team has sent you a referral. Open it to see what is asked and to answer:\n${link}\n`,
    };
  }
  if (side === 'REQUESTER') {
    return {
      to: 'agency_email',
      subject: 'A referral was withdrawn',
      text: ({ agency }, link) =>
        `Hello ${agency},\n\nA care team has withdrawn a referral. You need do nothing more:\n${link}\n`,
    };
  }
  const news = SENDER_NEWS[to];
  if (!news) return null;
  return {
    to: 'sender_email',
    subject: `A referral ${news}`,
    text: ({ agency }, link) => `Your referral to ${agency} ${news}. Details:\n${link}\n`,
  };
}

/** A letter about each step, to the side that did not take it. The job's id is the letter's, so a retry sends none twice. */
export const notifyStep = defineTask<{ referralId: string; patientId: string; to: Status; side: Side }>(
  'referral.notify',
  async ({ referralId, to, side }, { db, platform, job }) => {
    const words = letterFor(to, side);
    if (!words) return;
    const em = await db.em();
    const [notice] = await em.execute<Notice[]>(NOTICE, [referralId]);
    await db.end();
    const recipient = notice?.[words.to];
    if (!notice || !recipient) return;
    const link = `${platform.config.baseUrl}/referrals/${referralId}`;
    await platform.mail.send({
      to: recipient,
      subject: words.subject,
      text: words.text(notice, link),
      purpose: 'referral',
      id: `00000000-0000-4000-8000-${job.id.padStart(12, '0').slice(-12)}`,
    });
  },
);

/** A need whose last open referral ended without help is open again, so that nobody forgets it. */
export const settleNeeds = defineTask<{ referralId: string; patientId: string; to: Status; side: Side }>(
  'referral.settle-needs',
  async ({ referralId, to }, { db, platform }) => {
    if (!['REJECTED', 'FAILED', 'CANCELLED', 'ENTERED_IN_ERROR'].includes(to)) return;
    await db.write(async (em) => {
      const rows = await em.execute<{ need_id: string }[]>(
        `select n.need_id from hub.referral_need n where n.referral_id = ? and not exists (
           select 1 from hub.referral_need m join hub.referral r on r.id = m.referral_id
           where m.need_id = n.need_id and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED'))`,
        [referralId],
      );
      await reopenNeeds(
        em,
        rows.map((row) => row.need_id),
        platform.clock.now(),
      );
    });
  },
);

export const referralSubscriptions = [on('referral.moved', notifyStep), on('referral.moved', settleNeeds)];
