import type { Words } from '../../platform/words.js';

/** What was done with a record, said to the person whose record it is; all else reads the same to everybody. */
export const toThemselves: Readonly<Record<string, Words>> = {
  'letter.send': { en: 'Sent you a letter or a text', es: 'Le envió una carta o un mensaje' },
  'patient.facts': { en: 'Used facts about you in a search', es: 'Usó datos sobre usted en una búsqueda' },
  'patient.list': { en: 'Saw you in a list', es: 'Le vio en una lista' },
  'patient.read': { en: 'Opened your record', es: 'Abrió su expediente' },
  'patient.register': { en: 'Began your record', es: 'Abrió un expediente para usted' },
  'patient.search': { en: 'Found you in a search', es: 'Le encontró en una búsqueda' },
  'patient.update': { en: 'Changed your record', es: 'Cambió su expediente' },
  'referral.confirm-outcome': { en: 'Noted what you said of the help', es: 'Anotó lo que usted dijo de la ayuda' },
  'referral.list': { en: 'Saw your referrals in a list', es: 'Vio sus referencias en una lista' },
  'referral.send': { en: 'Asked an agency for help for you', es: 'Pidió ayuda para usted a una organización' },
};
