import type { EntityManager } from '@mikro-orm/postgresql';
import { inBoth } from '../platform/mail/in-both.js';
import type { Letter } from '../platform/mail/mail.js';
import { fill, join, type Language, type Words } from '../platform/words.js';
import { CUT } from './reply/read-reply.js';
import type { OpenLink } from './link/ensure-link.js';
import type { Priority, Side, Status } from './referral.enums.js';

interface Facts {
  agency_email: string | null;
  sender_email: string | null;
  sender_locale: Language | null;
  agency: string;
  /** Whether the agency's name may be told: that of a shelter says what the referral is about. */
  plain: boolean;
  priority: Priority;
  reason_code: string | null;
}

/**
 * Where notices go: the address that the service or the agency gave for referrals, else its public one; and the person
 * who sent it, as long as they work there.
 */
const FACTS = `select coalesce(s.referral_email, o.referral_email, s.email, o.email) as agency_email, u.email::text as sender_email,
    u.locale as sender_locale, o.name as agency, r.sensitivity = 'NONE' and s.sensitivity = 'NONE' as plain, r.priority, r.reason_code
  from hub.referral r join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.to_org_id
  left join hub.membership m on m.user_id = r.sent_by and m.organization_id = r.from_org_id and m.ended_at is null
  left join hub.user_account u on u.id = m.user_id and u.disabled_at is null
  where r.id = ?`;

/** What to write to one side. No letter names a person, a kind of need or what was written. */
export interface NoticeWords {
  to: Side;
  subject(facts: Facts): Words;
  text(facts: Facts): Words;
}

/** Behind "a referral …", for whoever sent it. */
const SENDER_NEWS: Partial<Record<Status, Words>> = {
  ACCEPTED: { en: 'was accepted', es: 'fue aceptada' },
  REJECTED: { en: 'was declined', es: 'fue rechazada' },
  ON_HOLD: { en: 'is on hold', es: 'está en pausa' },
  COMPLETED: { en: 'was completed', es: 'fue completada' },
  FAILED: { en: 'could not be completed', es: 'no se pudo completar' },
  CANCELLED: { en: 'was cancelled by the agency', es: 'fue cancelada por la organización' },
};

const WORDS = {
  new: { en: 'A new referral is waiting for you', es: 'Una nueva referencia le espera' },
  urgent: { en: 'An urgent referral is waiting for you', es: 'Una referencia urgente le espera' },
  open: {
    en: 'A care team has sent you a referral. Open it to see what is asked and to answer:',
    es: 'Un equipo de atención le envió una referencia. Ábrala para ver qué se pide y responder:',
  },
  withdrawn: { en: 'A referral was withdrawn', es: 'Se retiró una referencia' },
  elsewhere: {
    en: 'A care team had asked you and others for help, and another agency could start first. Thank you for looking at it. You need do nothing more:',
    es: 'Un equipo de atención les pidió ayuda a ustedes y a otras organizaciones, y otra pudo empezar antes. Gracias por su atención. No tienen que hacer nada más:',
  },
  nothing: {
    en: 'A care team has withdrawn a referral. You need do nothing more:',
    es: 'Un equipo de atención retiró una referencia. No tiene que hacer nada más:',
  },
  news: { en: 'A referral {news}', es: 'Una referencia {news}' },
  details: { en: '{referral} {news}. Details:', es: '{referral} {news}. Detalles:' },
  andWrote: {
    en: '{referral} {news}, and the agency wrote to you. Details:',
    es: '{referral} {news}, y la organización le escribió. Detalles:',
  },
  message: { en: 'A message about a referral', es: 'Un mensaje sobre una referencia' },
  written: {
    en: 'A care team has written to you about a referral:',
    es: 'Un equipo de atención le escribió sobre una referencia:',
  },
  paper: {
    en: 'A care team has sent you a document about a referral. It waits for you there:',
    es: 'Un equipo de atención le envió un documento sobre una referencia. Le espera ahí:',
  },
  newPaper: { en: '{referral} has a new document:', es: '{referral} tiene un documento nuevo:' },
  unread: { en: '{referral} has a new message:', es: '{referral} tiene un mensaje nuevo:' },
  greeting: { en: 'Hello {agency},', es: 'Hola, {agency}:' },
  yours: { en: 'Your referral to {agency}', es: 'Su referencia a {agency}' },
  stopped: { en: 'A person stopped sharing', es: 'Una persona dejó de compartir' },
  decide: {
    en: 'The consent for a referral that is still open has ended. Decide whether to keep it, withdraw it or ask for a new consent:',
    es: 'Terminó el consentimiento de una referencia que sigue abierta. Decida si la mantiene, la retira o pide otro consentimiento:',
  },
  decides: { en: 'A referral waits for your decision', es: 'Una referencia espera su decisión' },
  decideNow: {
    en: 'Something has changed for the person of an open referral. Decide whether it goes on or is withdrawn:',
    es: 'Algo cambió para la persona de una referencia abierta. Decida si sigue o si se retira:',
  },
  told: {
    APPOINTMENT: { en: 'has an appointment', es: 'tiene una cita' },
    WAITLIST: { en: 'is on the waiting list', es: 'está en la lista de espera' },
    NOT_REACHED: {
      en: 'has news: the agency could not reach the person yet',
      es: 'tiene novedades: la organización aún no pudo comunicarse con la persona',
    },
    CONTRADICTED: {
      en: 'has news: the agency says that what was written down from a call is not right',
      es: 'tiene novedades: la organización dice que lo anotado de una llamada no es correcto',
    },
    TRANSFER: {
      en: 'has news: the agency proposes to pass it on',
      es: 'tiene novedades: la organización propone pasarla a otra',
    },
  },
  writtenDown: { en: 'Your word by phone about a referral', es: 'Lo que dijo por teléfono sobre una referencia' },
  lookWhetherRight: {
    en: 'A care team has written down what you told them by phone about a referral. Please look whether it is right, and say so if it is not:',
    es: 'Un equipo de atención anotó lo que usted le dijo por teléfono sobre una referencia. Mire si es correcto y, si no lo es, dígalo:',
  },
  one: { en: 'A referral you sent', es: 'Una referencia que usted envió' },
} as const;

const greeted = ({ agency }: Facts, text: Words): Words => join([fill(WORDS.greeting, { agency }), text], '\n\n');
const referralOf = ({ agency, plain }: Facts): Words => (plain ? fill(WORDS.yours, { agency }) : WORDS.one);

/** Whether the sender gets a letter about this step of an agency. */
export const isNews = (to: Status): boolean => SENDER_NEWS[to] !== undefined;

/** What a step is worth telling, and to whom; null when it is not. `wrote`: along with it the agency wrote a message. */
export function aboutStep(to: Status, side: Side, wrote = false): NoticeWords | null {
  if (to === 'REQUESTED') {
    return {
      to: 'TARGET',
      subject: ({ priority }) => (priority === 'URGENT' ? WORDS.urgent : WORDS.new),
      text: (facts) => greeted(facts, WORDS.open),
    };
  }
  if (side === 'REQUESTER') {
    return {
      to: 'TARGET',
      subject: () => WORDS.withdrawn,
      text: (facts) => greeted(facts, facts.reason_code === 'ACCEPTED_ELSEWHERE' ? WORDS.elsewhere : WORDS.nothing),
    };
  }
  const news = SENDER_NEWS[to];
  if (!news) return null;
  return {
    to: 'REQUESTER',
    subject: () => fill(WORDS.news, { news }),
    text: (facts) => fill(wrote ? WORDS.andWrote : WORDS.details, { referral: referralOf(facts), news }),
  };
}

/** That a referral waits for its sender, who reads on the page why. */
export const aboutDecision: NoticeWords = {
  to: 'REQUESTER',
  subject: () => WORDS.decides,
  text: () => WORDS.decideNow,
};

/** That the consent of an open referral has ended. */
export const aboutConsentEnd: NoticeWords = {
  to: 'REQUESTER',
  subject: () => WORDS.stopped,
  text: () => WORDS.decide,
};

/** That a message waits for the side that did not write it. */
export function aboutMessage(from: Side, documents = false): NoticeWords {
  const subject = (): Words => WORDS.message;
  const [toAgency, toSender] = documents ? [WORDS.paper, WORDS.newPaper] : [WORDS.written, WORDS.unread];
  return from === 'REQUESTER'
    ? { to: 'TARGET', subject, text: (facts) => greeted(facts, toAgency) }
    : { to: 'REQUESTER', subject, text: (facts) => fill(toSender, { referral: referralOf(facts) }) };
}

/** That the sender wrote down what the agency said by phone. */
export const aboutWrittenDown: NoticeWords = {
  to: 'TARGET',
  subject: () => WORDS.writtenDown,
  text: (facts) => greeted(facts, WORDS.lookWhetherRight),
};

/** The job's id is the letter's, so that a job that runs twice sends one letter. */
export const letterId = (jobId: string, copy?: Copy): string =>
  `${copy ? copy.userId.slice(-8) : '00000000'}-0000-4000-8000-${jobId.padStart(12, '0').slice(-12)}`;

/** What an agency said beside the status. */
export function aboutTold(what: keyof typeof WORDS.told, wrote = false): NoticeWords {
  const news = WORDS.told[what];
  return {
    to: 'REQUESTER',
    subject: () =>
      fill(WORDS.news, {
        news: what === 'APPOINTMENT' || what === 'WAITLIST' ? news : { en: 'has news', es: 'tiene novedades' },
      }),
    text: (facts) => fill(wrote ? WORDS.andWrote : WORDS.details, { referral: referralOf(facts), news }),
  };
}

/** A colleague of the sender who gets the same letters. */
export interface Copy {
  userId: string;
  email: string;
  locale: Language | null;
}

/** Whoever follows a referral and still works where it was sent, in a role that sees patients. */
const COPIES = `select u.id as "userId", u.email::text as email, u.locale from hub.referral_watcher w join hub.referral r on r.id = w.referral_id
  join hub.membership m on m.user_id = w.user_id and m.organization_id = w.from_org_id and m.ended_at is null
    and m.roles && array['CARE_MANAGER', 'CARE_SUPERVISOR']
  join hub.user_account u on u.id = w.user_id and u.disabled_at is null
  where w.referral_id = ? and w.user_id <> r.sent_by order by u.id`;
export const copiesOf = (em: EntityManager, referralId: string): Promise<Copy[]> =>
  em.execute<Copy[]>(COPIES, [referralId]);

/** The page of a referral in the web client, for each side. */
const PAGES: Record<Side, string> = { REQUESTER: 'referrals', TARGET: 'inbox' };

/** What an agency is told of its two ways to answer. */
const WAYS = {
  tap: {
    en: '{link}\n\nYou need no account: tap the link, then "Open". It is for this one referral. Please do not forward this letter.',
    es: '{link}\n\nNo necesita una cuenta: toque el enlace y luego "Abrir". Es solo para esta referencia. Por favor, no reenvíe esta carta.',
  },
  account: {
    en: 'Do you sign in here? Then find it in your inbox: {page}',
    es: '¿Usted inicia sesión aquí? Entonces está en su bandeja de entrada: {page}',
  },
  reply: {
    en: `Or answer this letter by mail. Write one number alone on the first line, and more below it if you like:

1 = Yes, we can help
2 = No room right now
3 = The person does not qualify
4 = No, for another reason (write it below)
5 = On our waiting list (you can add: place 4, from 3/15)
6 = We could not reach the person
7 = A question (write it below)
8 = We have started
9 = They have an appointment. Write when and where: 12/3 2:30 pm, 12 Main Street
10 = Done, the person got the help
11 = We tried and could not help (write why below)`,
    es: `O responda a esta carta por correo. Escriba un solo número en la primera línea y, si quiere, algo más debajo:

1 = Sí, podemos ayudar
2 = No hay cupo en este momento
3 = La persona no cumple los requisitos
4 = No, por otro motivo (escríbalo debajo)
5 = En nuestra lista de espera (puede agregar: lugar 4, desde 3/15)
6 = No pudimos comunicarnos con la persona
7 = Una pregunta (escríbala debajo)
8 = Ya empezamos
9 = Tiene una cita. Escriba cuándo y dónde, primero el mes: 12/3 2:30 pm, 12 Main Street
10 = Hecho, la persona recibió la ayuda
11 = Lo intentamos y no se pudo (escriba por qué debajo)`,
  },
} as const satisfies Record<string, Words>;

/**
 * The letter to send, or null when that side has no address. A person reads it in the language of their settings; behind
 * an agency's address are people whom nobody knows, so it is in both, with the link by which they answer without an
 * account.
 */
export async function readNotice(
  em: EntityManager,
  referralId: string,
  words: NoticeWords,
  baseUrl: string,
  link?: OpenLink | null,
  copy?: Copy | null,
): Promise<Letter | null> {
  const [facts] = await em.execute<Facts[]>(FACTS, [referralId]);
  const to = copy?.email ?? (facts && (words.to === 'TARGET' ? facts.agency_email : facts.sender_email));
  if (!facts || !to) return null;
  const page = `${baseUrl}/${PAGES[words.to]}/${referralId}`;
  const [subject, text] = [words.subject(facts), words.text(facts)];
  if (words.to === 'REQUESTER') {
    const language = (copy ? copy.locale : facts.sender_locale) ?? 'en';
    return { to, subject: subject[language], text: `${text[language]}\n${page}\n`, purpose: 'referral' };
  }
  const replyTo = link?.replyTo;
  const tap = link && [
    fill(WAYS.tap, { link: link.url }),
    ...(replyTo ? [WAYS.reply] : []),
    fill(WAYS.account, { page }),
  ];
  const ways: Words = tap ? join(tap, '\n\n') : { en: page, es: page };
  const inOne = (language: Language): string => `${text[language]}\n${ways[language]}\n`;
  const first = `${replyTo ? `${CUT}\n\n` : ''}${inOne('en')}`;
  const both = inBoth(subject, { en: first, es: inOne('es') });
  return { to, ...both, purpose: 'referral', ...(replyTo && { replyTo }) };
}

const TEXTED = {
  en: 'A care team wrote to you about a referral. Open: {link}',
  es: 'Un equipo de atención le escribió sobre una referencia. Abra: {link}',
} as const satisfies Words;

/** The same as a text message, in both languages and with the link alone: a phone shows it to whoever looks at it. */
export function textNotice(link: string): { text: string; purpose: string } {
  const { en, es } = fill(TEXTED, { link });
  return { text: `${en}\n${es}`, purpose: 'referral' };
}
