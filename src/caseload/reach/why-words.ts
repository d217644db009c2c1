import type { Words } from '../../platform/words.js';
import type { WhyAsked } from './may-reach.js';

/** What somebody of the care team is told when no letter may go. */
export const WHY_WORDS: Record<WhyAsked, Words> = {
  NOT_ACTIVE: { en: 'This patient is not active any more.', es: 'Esta persona ya no está activa.' },
  DO_NOT_CONTACT: {
    en: 'This person must not be contacted. They come by themselves.',
    es: 'No hay que comunicarse con esta persona. Viene por su cuenta.',
  },
  BY_PHONE: { en: 'This person wants to be called.', es: 'Esta persona quiere que la llamen.' },
  BY_POST: { en: 'This person wants letters by post.', es: 'Esta persona quiere cartas por correo.' },
  NO_NUMBER: { en: 'There is no phone number.', es: 'No hay número de teléfono.' },
  NO_ADDRESS: { en: 'There is no email address.', es: 'No hay correo electrónico.' },
  NOT_THIS_NUMBER: { en: 'The phone number is not safe to use.', es: 'No es seguro usar el número de teléfono.' },
  NOT_THIS_ADDRESS: { en: 'The email address is not safe to use.', es: 'No es seguro usar el correo electrónico.' },
  TIMES_IN_WORDS: {
    en: 'When this person may be reached is said in words: reach them yourself, or enter the hours.',
    es: 'Cuándo comunicarse está dicho en palabras: comuníquese usted, o escriba las horas.',
  },
  NO_TIME: {
    en: 'There is no hour in which this person may be reached.',
    es: 'No hay ninguna hora para comunicarse con esta persona.',
  },
};
