import type { Language, Words } from '../platform/words.js';
import type { ReasonCode, Status } from './referral.enums.js';

/** Why there was no help, said to the person themselves: no reason of an agency's is passed on word for word. */
const WHY: Partial<Record<ReasonCode, Words>> = {
  NO_CAPACITY: { en: 'They have no room right now.', es: 'No tienen cupo en este momento.' },
  NOT_ELIGIBLE: { en: 'Their rules do not fit you.', es: 'Sus requisitos no se ajustan a usted.' },
  OUT_OF_AREA: { en: 'They do not serve where you live.', es: 'No atienden donde usted vive.' },
  WRONG_SERVICE: { en: 'They do not offer this.', es: 'No ofrecen este servicio.' },
  CANNOT_REACH: {
    en: 'They could not reach you. You can call them.',
    es: 'No lograron comunicarse con usted. Puede llamar.',
  },
  COULD_NOT_REACH: {
    en: 'They could not reach you. You can call them.',
    es: 'No lograron comunicarse con usted. Puede llamar.',
  },
  DUPLICATE: { en: 'They had your request already.', es: 'Ya tenían su solicitud.' },
  NO_FUNDS: { en: 'Their money for this is used up.', es: 'Se les acabaron los fondos para esto.' },
  NO_SHOW: { en: 'They waited for you and you could not come.', es: 'Le esperaron y usted no pudo ir.' },
};

const WITHOUT_HELP: ReadonlySet<Status> = new Set(['REJECTED', 'FAILED']);

export function ownWhy(status: Status, code: ReasonCode | null, language: Language): string | null {
  return code && WITHOUT_HELP.has(status) ? (WHY[code]?.[language] ?? null) : null;
}
