import type { EntityManager } from '@mikro-orm/postgresql';
import type { Letter } from '../platform/mail/mail.js';
import type { Priority, Side, Status } from './referral.enums.js';

interface Facts {
  agency_email: string | null;
  sender_email: string | null;
  agency: string;
  /** Whether the agency's name may be told: that of a shelter says what the referral is about. */
  plain: boolean;
  priority: Priority;
}

/**
 * Where notices go: the address that the service or the agency gave for referrals, else its public one; and the person
 * who sent it, as long as they work there.
 */
const FACTS = `select coalesce(s.referral_email, o.referral_email, s.email, o.email) as agency_email, u.email::text as sender_email,
    o.name as agency, r.sensitivity = 'NONE' and s.sensitivity = 'NONE' as plain, r.priority
  from hub.referral r join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.to_org_id
  left join hub.membership m on m.user_id = r.sent_by and m.organization_id = r.from_org_id and m.ended_at is null
  left join hub.user_account u on u.id = m.user_id and u.disabled_at is null
  where r.id = ?`;

/** What to write to one side. No letter names a person, a kind of need or what was written. */
export interface NoticeWords {
  to: Side;
  subject(facts: Facts): string;
  text(facts: Facts): string;
}

const SENDER_NEWS: Partial<Record<Status, string>> = {
  ACCEPTED: 'was accepted',
  REJECTED: 'was declined',
  ON_HOLD: 'is on hold',
  COMPLETED: 'was completed',
  FAILED: 'could not be completed',
  CANCELLED: 'was cancelled by the agency',
};

const greeting = ({ agency }: Facts): string => `Hello ${agency},\n\n`;
const subjectOf = ({ agency, plain }: Facts): string => (plain ? `Your referral to ${agency}` : 'A referral you sent');

/** What a step is worth telling, and to whom; null when it is not. */
export function aboutStep(to: Status, side: Side): NoticeWords | null {
  if (to === 'REQUESTED') {
    return {
      to: 'TARGET',
      subject: ({ priority }) =>
        priority === 'URGENT' ? 'An urgent referral is waiting for you' : 'A new referral is waiting for you',
      text: (facts) =>
        `${greeting(facts)}A care team has sent you a referral. Open it to see what is asked and to answer:`,
    };
  }
  if (side === 'REQUESTER') {
    return {
      to: 'TARGET',
      subject: () => 'A referral was withdrawn',
      text: (facts) => `${greeting(facts)}A care team has withdrawn a referral. You need do nothing more:`,
    };
  }
  const news = SENDER_NEWS[to];
  if (!news) return null;
  return {
    to: 'REQUESTER',
    subject: () => `A referral ${news}`,
    text: (facts) => `${subjectOf(facts)} ${news}. Details:`,
  };
}

/** That a message waits for the side that did not write it. */
export function aboutMessage(from: Side): NoticeWords {
  const subject = (): string => 'A message about a referral';
  return from === 'REQUESTER'
    ? { to: 'TARGET', subject, text: (facts) => `${greeting(facts)}A care team has written to you about a referral:` }
    : { to: 'REQUESTER', subject, text: (facts) => `${subjectOf(facts)} has a new message:` };
}

/** The page of a referral in the web client, for each side. */
const PAGES: Record<Side, string> = { REQUESTER: 'referrals', TARGET: 'inbox' };

/** The letter to send, or null when that side has no address. */
export async function readNotice(
  em: EntityManager,
  referralId: string,
  words: NoticeWords,
  baseUrl: string,
): Promise<Letter | null> {
  const [facts] = await em.execute<Facts[]>(FACTS, [referralId]);
  const to = facts && (words.to === 'TARGET' ? facts.agency_email : facts.sender_email);
  if (!facts || !to) return null;
  const link = `${baseUrl}/${PAGES[words.to]}/${referralId}`;
  return { to, subject: words.subject(facts), text: `${words.text(facts)}\n${link}\n`, purpose: 'referral' };
}
