import { baseUrlOf } from '../../identity/index.js';
import { defineTask } from '../../platform/jobs/task.js';
import { fill, type Words } from '../../platform/words.js';
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

const SAID: Record<'ANSWERED' | 'REFUSED' | 'UNCLEAR', { subject: Words; text: Words }> = {
  ANSWERED: {
    subject: { en: 'We noted your answer', es: 'Anotamos su respuesta' },
    text: {
      en: 'Thank you. This is how the referral stands now: {stands}. Was that not what you meant? Open it:',
      es: 'Gracias. Así está ahora la referencia: {stands}. ¿No era lo que quería decir? Ábrala:',
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
    subject: { en: 'We did not understand your reply', es: 'No entendimos su respuesta' },
    text: {
      en: 'Your reply changed nothing: it does not begin with one of the numbers, alone on its line. Write to us once more with the number first, or open the referral:',
      es: 'Su respuesta no cambió nada: no empieza con uno de los números, solo en su línea. Escríbanos de nuevo con el número primero, o abra la referencia:',
    },
  },
};

/**
 * What became of a reply, to the address that the agency gave and to no other. That a reply was not understood is said
 * once a day for a referral: whatever answers that is no person.
 */
export const sendReplyNotice = defineTask<{
  referralId: string;
  mail: string;
  outcome: 'ANSWERED' | 'REFUSED' | 'UNCLEAR';
}>('referral.reply-notice', async ({ referralId, mail, outcome }, { db, platform, job }) => {
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
  const words: NoticeWords = {
    to: 'TARGET',
    subject: () => subject,
    text: () => fill(text, { stands: STANDS[row.status] }),
  };
  await db.end();
  const link = await db.write((writing) => ensureLink(writing, platform, referralId));
  const letter = await readNotice(await db.em(), referralId, words, baseUrlOf(platform.config), link);
  await db.end();
  if (letter) await platform.mail.send({ ...letter, id: letterId(job.id) });
});
