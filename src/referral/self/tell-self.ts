import type { EntityManager } from '@mikro-orm/postgresql';
import { defineLetter, helpLinkUrl, PatientLetter, writeLetter } from '../../caseload/index.js';
import { toDateOrNull } from '../../platform/database/rows.js';
import { defineTask } from '../../platform/jobs/task.js';
import { fill, type Words } from '../../platform/words.js';
import type { Status } from '../machine.js';
import { letterId } from '../notices.js';
import { SELF_ORG } from './self-org.js';

const WORDS = {
  subject: { en: 'A message for you', es: 'Un mensaje para usted' },
  silent: {
    en: 'We are sorry: nobody has answered you in time. We reminded them. Your own page shows who else you can ask, and how to take it back: {link}\n',
    es: 'Lo sentimos: nadie le respondió a tiempo. Ya lo recordamos. Su propia página muestra a quién más puede preguntar y cómo retirar lo que pidió: {link}\n',
  },
  unreached: {
    en: 'They said yes, but may not have reached you yet. Your own page shows how to call them: {link}\n',
    es: 'Dijeron que sí, pero quizás aún no se comunicaron con usted. Su propia página muestra cómo llamar: {link}\n',
  },
  ended: {
    en: 'There is an answer for you. Your own page shows it, and who else you can ask: {link}\n',
    es: 'Hay una respuesta para usted. Su propia página la muestra, y a quién más puede preguntar: {link}\n',
  },
  news: {
    en: 'There is news for you on your own page: {link}\n',
    es: 'Hay novedades para usted en su propia página: {link}\n',
  },
} as const satisfies Record<string, Words>;

interface Facts {
  status: Status;
  stalled_at: string | null;
  contact_due_at: string | null;
  first_contact_at: string | null;
  /** The link that went to the person by the way they said is safe; null when they wanted no letters. */
  link: string | null;
}

const FACTS = `select r.status, r.stalled_at, r.contact_due_at, r.first_contact_at, (select l.id from hub.help_link l
    where l.patient_id = r.patient_id and l.care_org_id = r.from_org_id and l.related_person_id is null and l.way <> 'PAPER'
      and l.revoked_at is null and l.expires_at > ? and l.wrong < 5 order by l.id desc limit 1) as link
  from hub.referral r where r.id = ? and r.from_org_id = ? and r.consent_ended_at is null`;

async function factsOf(em: EntityManager, referralId: string, now: Date): Promise<Facts | null> {
  const [facts] = await em.execute<Facts[]>(FACTS, [now.toISOString(), referralId, SELF_ORG]);
  return facts ?? null;
}

const WITHOUT_HELP: ReadonlySet<Status> = new Set(['REJECTED', 'FAILED', 'CANCELLED']);

/** What is true when the letter leaves, after a night in which it had to wait; null when there is nothing to say any more. */
function wordsOf(facts: Facts, now: Date): Words | null {
  const { status, stalled_at, first_contact_at } = facts;
  if (status === 'REQUESTED') return stalled_at ? WORDS.silent : null;
  if (WITHOUT_HELP.has(status)) return WORDS.ended;
  const due = toDateOrNull(facts.contact_due_at);
  return status === 'ACCEPTED' && due && due < now && !first_contact_at ? WORDS.unreached : WORDS.news;
}

/** News to somebody who asked for themselves: no name, no need, only the way to their own page. */
const selfNews = defineLetter({
  name: 'SELF_NEWS',
  async words(em, { aboutId }, { clock, config }) {
    const now = clock.now();
    const facts = aboutId ? await factsOf(em, aboutId, now) : null;
    const text = facts?.link ? wordsOf(facts, now) : null;
    return text && facts?.link
      ? { subject: WORDS.subject, text: fill(text, { link: helpLinkUrl(config, facts.link) }) }
      : null;
  },
});

/**
 * Has word sent to whoever asked for themselves, if they wanted to be written to. What waits already for a safe hour says
 * what is true when it leaves, so there is never a second beside it. `id` follows from the job that asks: one that runs again
 * finds its letter.
 */
export async function writeToSelf(em: EntityManager, referralId: string, now: Date, id: string): Promise<void> {
  const facts = await factsOf(em, referralId, now);
  if (!facts?.link || !wordsOf(facts, now)) return;
  const [row] = await em.execute<{ patient_id: string }[]>(
    'select patient_id from hub.referral where id = ? for update',
    [referralId],
  );
  if (!row) return;
  const about = { careOrgId: SELF_ORG, patientId: row.patient_id, aboutId: referralId };
  const written = { $or: [{ id }, { ...about, kind: selfNews.name, state: 'WAITING' as const }] };
  if ((await em.count(PatientLetter, written)) > 0) return;
  await writeLetter(em, selfNews, { ...about, id }, now);
}

/** After a clock has run out on somebody who has no care team that looks for another way. */
export const tellSelf = defineTask<{ referralId: string }>(
  'referral.tell-self',
  ({ referralId }, { db, platform, job }) =>
    db.write((em) => writeToSelf(em, referralId, platform.clock.now(), letterId(job.id))),
);
