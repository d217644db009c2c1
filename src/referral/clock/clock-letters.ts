import type { EntityManager } from '@mikro-orm/postgresql';
import { baseUrlOf } from '../../identity/index.js';
import { queueOf } from '../../platform/jobs/enqueue.js';
import { defineTask, type TaskContext } from '../../platform/jobs/task.js';
import type { Letter } from '../../platform/mail/mail.js';
import { inBoth } from '../../platform/mail/in-both.js';
import { sendEach } from '../../platform/mail/once.js';
import { fill, type Language, type Words } from '../../platform/words.js';
import { stableId } from '../../platform/id.js';
import { waysToTell } from '../digest/digest.tasks.js';
import { ensureLink } from '../link/ensure-link.js';
import { readNotice, textNotice } from '../notices.js';
import { SELF_ORG } from '../self/self-org.js';
import { tellSelf } from '../self/tell-self.js';
import { IN_SIGHT } from '../told.js';
import { ESCALATIONS, FOR_THE_SENDER, REMINDERS, type ClockStep } from './plan.js';

const WORDS = {
  remind: { en: 'A referral waits for you', es: 'Una referencia le espera' },
  reminds: { en: '{count} referrals wait for you', es: '{count} referencias le esperan' },
  remindText: {
    en: 'A care team still waits to hear from you. Open what waits and answer:',
    es: 'Un equipo de atención todavía espera su respuesta. Abra lo que espera y responda:',
  },
  lead: { en: 'Referrals to you are past their time', es: 'Hay referencias para ustedes fuera de plazo' },
  leadText: {
    en: 'Referrals to your agency that nobody has dealt with in time: {count}. Please see that somebody looks at them:',
    es: 'Referencias a su organización que nadie atendió a tiempo: {count}. Por favor, asegúrese de que alguien las vea:',
  },
  decide: { en: 'Referrals wait for you to decide', es: 'Hay referencias que esperan su decisión' },
  decideText: {
    en: 'Referrals you sent or follow that got no answer in spite of reminders: {count}. Look at what can be done next:',
    es: 'Referencias que usted envió o sigue y que no tienen respuesta a pesar de los recordatorios: {count}. Vea qué se puede hacer:',
  },
} as const satisfies Record<string, Words>;

/** A step that was taken just now. */
export interface Taken {
  referral_id: string;
  step: ClockStep;
  from_org_id: string;
  to_org_id: string;
  sent_by: string;
  /** Whether it is part of an offer to several agencies. */
  offered: boolean;
}

interface Untold {
  referral_id: string;
  step: ClockStep;
  claimed: boolean;
  address: string | null;
  /** Whether it still waits for what the step is about. */
  waits: boolean;
}

const STILL = `case when c.step in ('REMIND_SEE', 'REMIND_ANSWER', 'ESCALATE_ANSWER', 'HAND_OVER') then r.status = 'REQUESTED'
  when c.step in ('REMIND_CONTACT', 'ESCALATE_CONTACT') then r.status = 'ACCEPTED' else r.status in ('ACCEPTED', 'IN_PROGRESS') end
  and r.clock_paused_at is null and ${IN_SIGHT}`;

const UNTOLD = `select c.referral_id, c.step, o.claimed_at is not null as claimed,
    coalesce(s.referral_email, o.referral_email, s.email, o.email) as address, (${STILL}) as waits
  from hub.referral_clock_step c join hub.referral r on r.id = c.referral_id join hub.service s on s.id = r.service_id
  join hub.organization o on o.id = c.to_org_id
  where c.told_at is null and c.step = any (?::text[])`;

const list = (values: readonly string[]): string => `{${values.join()}}`;

async function untold(em: EntityManager, steps: readonly ClockStep[], whose: string, id: string): Promise<Untold[]> {
  return em.execute<Untold[]>(`${UNTOLD} and ${whose} = ? order by r.answer_due_at, r.id`, [list(steps), id]);
}

async function told(context: TaskContext, rows: readonly Untold[]): Promise<void> {
  if (rows.length === 0) return;
  await context.db.write((em) =>
    em.execute(
      `update hub.referral_clock_step c set told_at = ? from json_to_recordset(?::json) as x (referral_id uuid, step text)
       where c.referral_id = x.referral_id and c.step = x.step`,
      [
        context.platform.clock.now().toISOString(),
        JSON.stringify(rows.map(({ referral_id, step }) => ({ referral_id, step }))),
      ],
    ),
  );
}

/** What follows from what it tells: the same steps are one letter, whichever job tells of them; a new step is another. */
const idOf = (to: string, about: readonly Untold[]): string =>
  stableId(to, ...about.map(({ referral_id, step }) => `${referral_id} ${step}`).toSorted());

/** Sends what tells of these steps, and writes down that it left: what fails is tried again with all that came since. */
async function sendAbout(
  context: TaskContext,
  rows: readonly Untold[],
  sending: readonly (() => Promise<void>)[],
): Promise<void> {
  await sendEach(sending);
  await told(context, rows);
}

/**
 * A reminder to an agency: one letter to each of its addresses, however many referrals wait. Who has no account gets one
 * for each, since each is answered by its own link. In the letter of the day, by text, or not at all, where the agency
 * chose so; what is urgent at once.
 */
export const remindAgency = defineTask<{ organizationId: string }>('referral.remind', async (payload, context) => {
  const { db, platform } = context;
  const rows = await untold(await db.em(), REMINDERS, 'c.to_org_id', payload.organizationId);
  const baseUrl = baseUrlOf(platform.config);
  const remind = async (address: string | null, all: readonly Untold[]): Promise<void> => {
    const waiting = all.filter((row) => row.waits);
    const { ids, phones } = await wanted(context, [...new Set(waiting.map((row) => row.referral_id))]);
    const sending: (() => Promise<void>)[] = [];
    const write = (letter: Letter, about: readonly Untold[]): void =>
      void sending.push(() => platform.mail.send({ ...letter, id: idOf(letter.to, about) }));
    const [first] = waiting;
    if (address && first?.claimed && ids.length > 1) {
      write(reminder(address, ids.length, `${baseUrl}/inbox`), waiting);
    } else {
      const words = { to: 'TARGET', subject: () => WORDS.remind, text: () => WORDS.remindText } as const;
      for (const id of ids) {
        const link = await db.write((em) => ensureLink(em, platform, id));
        const letter = await readNotice(await db.em(), id, words, baseUrl, link);
        if (letter) write(letter, ofReferral(waiting, id));
      }
    }
    await db.end();
    for (const [to, id] of phones) sending.push(() => sendText(context, to, id, waiting));
    await sendAbout(context, all, sending);
  };
  // An address that is refused keeps no other from being reminded.
  await sendEach(
    [...Map.groupBy(rows, (row) => row.address)].map(
      ([address, all]) =>
        () =>
          remind(address, all),
    ),
  );
});

const ofReferral = (rows: readonly Untold[], id: string): Untold[] => rows.filter((row) => row.referral_id === id);

/** Which reminders the agency wants at once, and where it wants a text too. The others wait for its letter of the day. */
async function wanted({ db, platform }: TaskContext, all: readonly string[]) {
  const ways = await db.write((em) => waysToTell(em, platform, all, 'WAITS'));
  const ids = all.filter((id) => ways.get(id)?.letter);
  const phones = new Map(
    ids.toReversed().flatMap((id) => (ways.get(id)?.text ? [[ways.get(id)?.text ?? '', id] as const] : [])),
  );
  return { ids, phones };
}

/** One text to a phone, however many referrals wait: it holds the link of the first, behind which a person finds help. */
async function sendText(
  { db, platform }: TaskContext,
  to: string,
  referralId: string,
  about: readonly Untold[],
): Promise<void> {
  const link = await db.write((em) => ensureLink(em, platform, referralId));
  if (link) await platform.texts.send({ ...textNotice(link.url), to, id: idOf(to, about) });
}

function reminder(to: string, count: number, link: string): Letter {
  const inOne = (language: Language): string => `${WORDS.remindText[language]}\n${link}\n`;
  const both = inBoth(fill(WORDS.reminds, { count: String(count) }), { en: inOne('en'), es: inOne('es') });
  return { to, ...both, purpose: 'referral' };
}

interface Reader {
  email: string;
  locale: Language;
}

const LEADERS = `select u.email::text as email, u.locale from hub.membership m join hub.user_account u on u.id = m.user_id and u.disabled_at is null
  where m.organization_id = ? and m.ended_at is null and 'AGENCY_ADMIN' = any (m.roles) order by u.email`;

/** A word to those who lead an agency; without any, to the agency's own address. */
export const tellLeaders = defineTask<{ organizationId: string }>('referral.tell-leaders', async (payload, context) => {
  const em = await context.db.em();
  const rows = await untold(em, ESCALATIONS, 'c.to_org_id', payload.organizationId);
  const [own] = await em.execute<{ email: string | null }[]>(
    'select coalesce(email, referral_email) as email from hub.organization where id = ?',
    [payload.organizationId],
  );
  const leaders = await em.execute<Reader[]>(LEADERS, [payload.organizationId]);
  await context.db.end();
  const readers = leaders.length > 0 || !own?.email ? leaders : [{ email: own.email, locale: 'en' as const }];
  const waiting = rows.filter((row) => row.waits);
  const values = { count: String(new Set(waiting.map((row) => row.referral_id)).size) };
  const link = `${baseUrlOf(context.platform.config)}/inbox`;
  const sending = readers.map(({ email, locale }) => () => {
    const text = letter(email, WORDS.lead, WORDS.leadText, values, locale, link);
    return context.platform.mail.send({ ...text, id: idOf(email, waiting) });
  });
  await sendAbout(context, rows, waiting.length === 0 ? [] : sending);
});

/** Whoever was copied reads no more than their role lets them: it is looked at when the letter leaves. */
const SENDER = `select u.email::text as email, u.locale from hub.user_account u join hub.membership m on m.user_id = u.id and m.ended_at is null
  where u.id = ? and m.organization_id = ? and u.disabled_at is null`;

/** That referrals which somebody sent or follows are stuck. No agency is named: its name may say what a referral is about. */
export const tellSender = defineTask<{ userId: string; organizationId: string }>(
  'referral.tell-sender',
  async ({ userId, organizationId }, context) => {
    const em = await context.db.em();
    const [reader] = await em.execute<Reader[]>(SENDER, [userId, organizationId]);
    const stuck = await em.execute<{ about: string }[]>(
      `select stuck.id || ' ' || (select max(c.at)::text from hub.referral_clock_step c where c.referral_id = stuck.id) as about from (
         select r.id from hub.referral r where r.from_org_id = ? and r.sent_by = ? and r.stalled_at is not null
         union select r.id from hub.referral_watcher w join hub.referral r on r.id = w.referral_id
           where w.user_id = ? and w.from_org_id = ? and r.stalled_at is not null) stuck order by stuck.id`,
      [organizationId, userId, userId, organizationId],
    );
    await context.db.end();
    const count = stuck.length;
    if (!reader || count === 0) return;
    const link = `${baseUrlOf(context.platform.config)}/today`;
    const values = { count: String(count) };
    const text = letter(reader.email, WORDS.decide, WORDS.decideText, values, reader.locale, link);
    const id = stableId(reader.email, ...stuck.map(({ about }) => about));
    await context.platform.mail.send({ ...text, id });
  },
);

function letter(
  to: string,
  subject: Words,
  text: Words,
  values: Record<string, string>,
  language: Language,
  link: string,
): Letter {
  const body = `${fill(text, values)[language]}\n${link}\n`;
  return { to, subject: fill(subject, values)[language], text: body, purpose: 'referral' };
}

/** Colleagues to whom what comes before the sender was copied. */
async function followersOf(em: EntityManager, taken: readonly Taken[]) {
  const ids = taken.filter(({ step }) => FOR_THE_SENDER.includes(step)).map(({ referral_id }) => referral_id);
  if (ids.length === 0) return [];
  return em.execute<{ userId: string; organizationId: string }[]>(
    `select distinct w.user_id as "userId", w.from_org_id as "organizationId" from hub.referral_watcher w
       join hub.membership m on m.user_id = w.user_id and m.organization_id = w.from_org_id and m.ended_at is null
         and m.roles && array['CARE_MANAGER', 'CARE_SUPERVISOR']
     where w.referral_id = any (?::uuid[])`,
    [list(ids)],
  );
}

/**
 * Asks for the letters about steps that were taken, in their transaction. At most one waits for each reader: what comes
 * while a mail server is down is said in one letter when it is back. What waits already is not asked for again: of 100,000
 * steps for 400 agencies, that was two thirds of the time.
 */
export async function askLetters(em: EntityManager, taken: readonly Taken[]): Promise<void> {
  const asked = new Map<string, object>();
  for (const { step, to_org_id: organizationId, from_org_id, sent_by: userId } of taken) {
    const to = (task: string, key: string, payload: object) =>
      asked.set(`${task}:${key}`, { task, payload, queue: queueOf(key) });
    if (REMINDERS.includes(step)) to(remindAgency.name, organizationId, { organizationId });
    if (ESCALATIONS.includes(step)) to(tellLeaders.name, organizationId, { organizationId });
    if (FOR_THE_SENDER.includes(step) && from_org_id !== SELF_ORG) {
      to(tellSender.name, userId, { userId, organizationId: from_org_id });
    }
  }
  for (const { step, referral_id: referralId, from_org_id, offered } of taken) {
    if (FOR_THE_SENDER.includes(step) && from_org_id === SELF_ORG) {
      asked.set(`${tellSelf.name}:${referralId}`, { task: tellSelf.name, payload: { referralId } });
    }
    const job = { task: 'referral.hand-over', payload: { referralId } };
    if (step === 'HAND_OVER' && offered) asked.set(`${job.task}:${referralId}`, job);
  }
  for (const { userId, organizationId } of await followersOf(em, taken)) {
    const payload = { userId, organizationId };
    asked.set(`${tellSender.name}:${userId}`, { task: tellSender.name, payload, queue: queueOf(userId) });
  }
  if (asked.size === 0) return;
  const jobs = [...asked].map(([key, job]) => ({ key, ...job }));
  await em.execute(
    `with x as (select * from json_to_recordset(?::json) as x (key text, task text, payload json, queue text)),
     waiting as materialized (select key from hub.waiting_jobs(array(select x.key from x)) key)
     select hub.enqueue(x.task, x.payload, null, x.key, x.queue) from x where x.key not in (select key from waiting)`,
    [JSON.stringify(jobs)],
  );
}
