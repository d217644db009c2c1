import type { Words } from '../../platform/words.js';

/** What an audited action was, in the words of a person who asks who has seen them. */
const WORDS: Readonly<Record<string, Words>> = {
  'access.list': { en: 'Looked at who has seen the record', es: 'Vio quién ha visto el expediente' },
  'consent.event': { en: 'Noted that a consent has ended', es: 'Anotó que un consentimiento terminó' },
  'consent.list': { en: 'Read the consents', es: 'Leyó los consentimientos' },
  'consent.record': { en: 'Recorded a consent', es: 'Registró un consentimiento' },
  'consent.revoke': { en: 'Revoked a consent', es: 'Revocó un consentimiento' },
  'need.add': { en: 'Added a need', es: 'Agregó una necesidad' },
  'need.confirm': { en: 'Confirmed a need', es: 'Confirmó una necesidad' },
  'need.decline': { en: 'Noted that help is not wanted', es: 'Anotó que no se desea ayuda' },
  'need.list': { en: 'Read the needs', es: 'Leyó las necesidades' },
  'need.refute': { en: 'Noted that there is no such need', es: 'Anotó que no existe la necesidad' },
  'need.resolve': { en: 'Closed a need', es: 'Cerró una necesidad' },
  'patient.add-related-person': { en: 'Added a related person', es: 'Agregó una persona cercana' },
  'patient.assign': { en: 'Assigned a care manager', es: 'Asignó una persona a cargo' },
  'patient.facts': { en: 'Used facts of the person in a search', es: 'Usó datos de la persona en una búsqueda' },
  'patient.list': { en: 'Saw the person in a list', es: 'Vio a la persona en una lista' },
  'patient.read': { en: 'Opened the record', es: 'Abrió el expediente' },
  'patient.register': { en: 'Registered the person', es: 'Registró a la persona' },
  'patient.search': { en: 'Found the person in a search', es: 'Encontró a la persona en una búsqueda' },
  'patient.update': { en: 'Changed the record', es: 'Cambió el expediente' },
  'referral.accept': { en: 'Accepted a referral', es: 'Aceptó una referencia' },
  'referral.cancel': { en: 'Cancelled a referral', es: 'Canceló una referencia' },
  'referral.complete': { en: 'Completed a referral', es: 'Completó una referencia' },
  'referral.confirm-outcome': {
    en: 'Noted what the person said of the help',
    es: 'Anotó lo que dijo la persona de la ayuda',
  },
  'referral.consent-kept': {
    en: 'Let a referral go on after the consent ended',
    es: 'Dejó seguir una referencia tras terminar el consentimiento',
  },
  'referral.consent-renewed': {
    en: 'Put a referral on a new consent',
    es: 'Puso una referencia bajo un nuevo consentimiento',
  },
  'referral.decline': { en: 'Declined a referral', es: 'Rechazó una referencia' },
  'referral.fail': { en: 'Ended a referral without help', es: 'Terminó una referencia sin ayuda' },
  'referral.hold': { en: 'Put a referral on hold', es: 'Puso una referencia en espera' },
  'referral.inbox': { en: 'Saw referrals in an inbox', es: 'Vio referencias en una bandeja' },
  'referral.list': { en: 'Saw referrals in a list', es: 'Vio referencias en una lista' },
  'referral.live': { en: 'Saw a change of a referral', es: 'Vio un cambio de una referencia' },
  'referral.message': { en: 'Wrote a message on a referral', es: 'Escribió un mensaje en una referencia' },
  'referral.preview': { en: 'Looked at what a referral would share', es: 'Vio lo que compartiría una referencia' },
  'referral.read': { en: 'Opened a referral', es: 'Abrió una referencia' },
  'referral.seen': { en: 'Opened a referral for the first time', es: 'Abrió una referencia por primera vez' },
  'referral.send': { en: 'Sent a referral', es: 'Envió una referencia' },
  'referral.start': { en: 'Began to help', es: 'Empezó a ayudar' },
  'referral.withdraw-in-error': {
    en: 'Withdrew a referral sent in error',
    es: 'Retiró una referencia enviada por error',
  },
  'screening.answer': { en: 'Wrote answers of a screening', es: 'Escribió respuestas de un cuestionario' },
  'screening.complete': { en: 'Completed a screening', es: 'Completó un cuestionario' },
  'screening.list': { en: 'Saw the screenings', es: 'Vio los cuestionarios' },
  'screening.read': { en: 'Read a screening', es: 'Leyó un cuestionario' },
  'screening.resume': { en: 'Went on with a screening', es: 'Continuó un cuestionario' },
  'screening.start': { en: 'Started a screening', es: 'Empezó un cuestionario' },
};

/** An action in words; one that has none is shown by its name, so that nothing is hidden. */
export function actionWords(action: string): Words {
  return WORDS[action] ?? { en: action, es: action };
}
