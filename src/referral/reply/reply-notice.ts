import { baseUrlOf } from '../../identity/index.js';
import { defineTask } from '../../platform/jobs/task.js';
import { inBoth } from '../../platform/mail/in-both.js';
import type { Letter } from '../../platform/mail/mail.js';
import { fill, type Words } from '../../platform/words.js';
import { stableId } from '../../platform/id.js';
import type { AgencyAnswer } from '../answer/agency-answer.js';
import { ensureLink } from '../link/ensure-link.js';
import { letterId, readNotice, type NoticeWords } from '../notices.js';
import type { Status } from '../referral.enums.js';

const DAY_MS = 86_400_000;

const STANDS: Record<Exclude<Status, 'DRAFT' | 'ENTERED_IN_ERROR'>, Words> = {
  REQUESTED: { en: 'it waits for your answer', es: 'espera su respuesta' },
  ACCEPTED: { en: 'you said that you can help', es: 'ustedes dijeron que pueden ayudar' },
  REJECTED: { en: 'you said that you cannot help', es: 'ustedes dijeron que no pueden ayudar' },
  IN_PROGRESS: { en: 'you have started to help', es: 'ya empezaron a ayudar' },
  ON_HOLD: { en: 'it is on hold', es: 'está en pausa' },
  COMPLETED: { en: 'it is done', es: 'está terminada' },
  FAILED: { en: 'you could not help', es: 'no se pudo ayudar' },
  CANCELLED: { en: 'it was taken back', es: 'se retiró' },
};

/** What was written down of an answer. The day and the hour of an appointment are no letter's matter. */
const NOTED: Record<AgencyAnswer, Words> = {
  ACCEPT: { en: 'you said that you can help', es: 'ustedes dijeron que pueden ayudar' },
  DECLINE: { en: 'you said that you cannot help', es: 'ustedes dijeron que no pueden ayudar' },
  NEED_INFO: { en: 'you asked the care team a question', es: 'le hicieron una pregunta al equipo de atención' },
  WAITLIST: { en: 'the person is on your waiting list', es: 'la persona está en su lista de espera' },
  HOLD: { en: 'it is on hold', es: 'está en pausa' },
  APPOINTMENT: {
    en: 'the person has an appointment with you (the link shows the day and the hour as we read them)',
    es: 'la persona tiene una cita con ustedes (el enlace muestra el día y la hora como los leímos)',
  },
  START: { en: 'you have started to help', es: 'ya empezaron a ayudar' },
  HELPED: { en: 'it is done, and the person got the help', es: 'está terminada, y la persona recibió la ayuda' },
  NOT_HELPED: { en: 'you could not help', es: 'no se pudo ayudar' },
  NOT_REACHED: { en: 'you could not reach the person', es: 'no pudieron comunicarse con la persona' },
};

/** What an agency is told of its mail. */
export type Told = 'ANSWERED' | 'REFUSED' | 'UNCLEAR' | 'NO_WHEN' | 'SEVERAL' | 'LATE' | 'ENDED';

const NOT_UNDERSTOOD: Words = { en: 'We did not understand your reply', es: 'No entendimos su respuesta' };
const SAID: Record<Told, { subject: Words; text: Words }> = {
  ANSWERED: {
    subject: { en: 'We noted your answer', es: 'Anotamos su respuesta' },
    text: {
      en: 'Thank you. We wrote this down: {stands}. Was that not what you meant? Open it:',
      es: 'Gracias. Anotamos esto: {stands}. ¿No era lo que quería decir? Ábrala:',
    },
  },
  REFUSED: {
    subject: { en: 'Your answer does not fit any more', es: 'Su respuesta ya no corresponde' },
    text: {
      en: 'Your reply changed nothing, because of how the referral stands: {stands}. Open it to see more:',
      es: 'Su respuesta no cambió nada, por cómo está la referencia: {stands}. Ábrala para ver más:',
    },
  },
  UNCLEAR: {
    subject: NOT_UNDERSTOOD,
    text: {
      en: 'Your reply changed nothing: it does not begin with one of the numbers, alone on its line. Write to us once more with the number first, or open the referral:',
      es: 'Su respuesta no cambió nada: no empieza con uno de los números, solo en su línea. Escríbanos de nuevo con el número primero, o abra la referencia:',
    },
  },
  NO_WHEN: {
    subject: NOT_UNDERSTOOD,
    text: {
      en: 'Your reply changed nothing: we could not tell the day and the hour of the appointment. Write 9 once more with both, such as: 9 - 12/3 2:30 pm, 12 Main Street. Or open the referral and choose them there:',
      es: 'Su respuesta no cambió nada: no supimos el día ni la hora de la cita. Escriba otra vez 9 con los dos, primero el mes, por ejemplo: 9 - 12/3 2:30 pm, 12 Main Street. O abra la referencia y elíjalos allí:',
    },
  },
  SEVERAL: {
    subject: NOT_UNDERSTOOD,
    text: {
      en: 'Your reply changed nothing: it went to more than one referral at once. Answer each letter by itself, or open this referral:',
      es: 'Su respuesta no cambió nada: llegó a más de una referencia a la vez. Responda a cada carta por separado, o abra esta referencia:',
    },
  },
  LATE: {
    subject: { en: 'Your reply came too late', es: 'Su respuesta llegó tarde' },
    text: {
      en: 'Your reply changed nothing: the letter you answered is too old, or a newer one took its place. This is how the referral stands: {stands}. Answer this letter instead, or open the referral:',
      es: 'Su respuesta no cambió nada: la carta que respondió es demasiado vieja, o hay otra más nueva. Así está la referencia: {stands}. Responda a esta carta, o abra la referencia:',
    },
  },
  ENDED: {
    subject: { en: 'Your reply came too late', es: 'Su respuesta llegó tarde' },
    text: {
      en: 'Your reply changed nothing: the referral is over, it is no longer with you, or the letter was taken back. You need do nothing more. If that seems wrong to you, call the care team that sent it.',
      es: 'Su respuesta no cambió nada: la referencia terminó, ya no está con ustedes, o se retiró la carta. No tiene que hacer nada más. Si le parece un error, llame al equipo de atención que la envió.',
    },
  },
};

/** Whether an agency is told of its mail that this became of it. */
export const hasNotice = (outcome: string): outcome is Told => Object.hasOwn(SAID, outcome);

const LOST: { subject: Words; text: Words } = {
  subject: NOT_UNDERSTOOD,
  text: {
    en: 'We could not tell which referral your mail is about, so it changed nothing. Open our letter about that referral and press “Reply” there, or tap its link.',
    es: 'No supimos de qué referencia trata su correo, así que no cambió nada. Abra nuestra carta sobre esa referencia y pulse “Responder” allí, o toque su enlace.',
  },
};

/**
 * What became of a reply, to the address that the agency gave and to no other. That a reply was not understood is said
 * once a day for a referral: whatever answers that is no person.
 */
export const sendReplyNotice = defineTask<{
  referralId: string;
  mail: string;
  outcome: Told;
  answer?: AgencyAnswer;
}>('referral.reply-notice', async ({ referralId, mail, outcome, answer }, { db, platform, job }) => {
  const em = await db.em();
  const since = new Date(platform.clock.now().getTime() - DAY_MS).toISOString();
  const [row] = await em.execute<{ status: keyof typeof STANDS; told: number }[]>(
    `select r.status, (select count(*)::int from hub.inbound_mail m join hub.referral_link l on l.id = m.link_id
        where l.referral_id = r.id and m.outcome = ? and m.at > ?
          and (m.at, m.id) < (select x.at, x.id from hub.inbound_mail x where x.id = decode(?, 'hex'))) as told
     from hub.referral r where r.id = ?`,
    [outcome, since, mail, referralId],
  );
  if (!row || (outcome !== 'ANSWERED' && row.told > 0)) return db.end();
  const { subject, text } = SAID[outcome];
  if (outcome === 'ENDED') {
    // Whose it was may be another agency than the one that has it now.
    const [whose] = await em.execute<{ email: string | null }[]>(
      `select case when s.organization_id = o.id then coalesce(s.referral_email, o.referral_email, s.email, o.email)
          else coalesce(o.referral_email, o.email) end as email
       from hub.inbound_mail m join hub.referral_link l on l.id = m.link_id join hub.organization o on o.id = l.to_org_id
       join hub.referral r on r.id = l.referral_id join hub.service s on s.id = r.service_id where m.id = decode(?, 'hex')`,
      [mail],
    );
    await db.end();
    if (whose?.email) await platform.mail.send({ ...letterOf(whose.email, subject, text), id: letterId(job.id) });
    return;
  }
  const words: NoticeWords = {
    to: 'TARGET',
    subject: () => subject,
    text: () => fill(text, { stands: answer ? NOTED[answer] : STANDS[row.status] }),
  };
  await db.end();
  const link = await db.write((writing) => ensureLink(writing, platform, referralId));
  const letter = await readNotice(await db.em(), referralId, words, baseUrlOf(platform.config), link);
  await db.end();
  if (letter) await platform.mail.send({ ...letter, id: letterId(job.id) });
});

const letterOf = (to: string, subject: Words, { en, es }: Words): Letter => ({
  to,
  ...inBoth(subject, { en: `${en}\n`, es: `${es}\n` }),
  purpose: 'referral',
});

/** To an agency whose mail belongs to no letter of ours: once a day, since whatever answers that is no person. */
export const sendLostNotice = defineTask<{ organizationId: string }>(
  'referral.lost-notice',
  async ({ organizationId }, { db, platform }) => {
    const [agency] = await (
      await db.em()
    ).execute<{ email: string | null }[]>(
      'select coalesce(referral_email, email) as email from hub.organization where id = ?',
      [organizationId],
    );
    await db.end();
    if (!agency?.email) return;
    const day = platform.clock.now().toISOString().slice(0, 10);
    const id = stableId('lost reply', organizationId, day);
    await platform.mail.send({ ...letterOf(agency.email, LOST.subject, LOST.text), id });
  },
);
