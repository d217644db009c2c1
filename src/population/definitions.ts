import type { Language, Words } from '../platform/words.js';
import type { Definition } from './population.types.js';

/** What each figure means, by its key. */
const MEANINGS = {
  members: {
    en: 'People whom the plan covered on at least one day of the period. Someone whom several plans covered counts in one: the last, and of two at once the one that pays first.',
    es: 'Personas que el plan cubrió al menos un día del período. Quien tuvo varios planes cuenta en uno: el último, y de dos a la vez el que paga primero.',
  },
  screened: {
    en: 'Members who completed at least one screening in the period while the plan covered them.',
    es: 'Afiliados que completaron al menos un cuestionario en el período mientras el plan los cubría.',
  },
  membersWithNeed: {
    en: 'Members with a need that they confirmed themselves, first identified in the period. A positive answer alone is not counted. In a breakdown, a member counts once in each category, in the month the need was first identified, with the age, county and kind of plan of the last day.',
    es: 'Afiliados con una necesidad que ellos mismos confirmaron, identificada por primera vez en el período. Una respuesta positiva sola no cuenta. En un desglose, cada afiliado cuenta una vez por categoría, en el mes en que se identificó la necesidad, con la edad, el condado y el tipo de plan del último día.',
  },
  closedByAgency: {
    en: 'Referrals that the agency finished: completed, failed or declined. Base: all referrals for help sent in the period. Assessments and help asked for by phone stand beside, never in it.',
    es: 'Referencias que la organización terminó: completadas, no logradas o rechazadas. Base: todas las referencias de ayuda enviadas en el período. Las evaluaciones y la ayuda pedida por teléfono van aparte, nunca dentro.',
  },
  helpReceived: {
    en: 'Referrals where the agency says that the person got help, in whole or in part. Base: referrals that the agency finished.',
    es: 'Referencias en las que la organización dice que la persona recibió ayuda, completa o en parte. Base: referencias que la organización terminó.',
  },
  confirmedByPatient: {
    en: 'Referrals where the patient says that help came, in whole or in part. Base: referrals where the patient was asked and could be reached.',
    es: 'Referencias en las que la persona dice que la ayuda llegó, completa o en parte. Base: referencias en las que se preguntó a la persona y se la pudo encontrar.',
  },
  assessments: {
    en: 'Referrals that ask an agency to find out what somebody needs. Done: the agency wrote down what it found. Base of a need found: those done.',
    es: 'Referencias que piden a una organización averiguar qué necesita la persona. Hechas: la organización anotó lo que encontró. Base de necesidad encontrada: las hechas.',
  },
  offPlatform: {
    en: 'Help that a care team asked for by phone or in another way outside. What came of it is what the care team heard, not an answer of an agency.',
    es: 'Ayuda que un equipo de atención pidió por teléfono o de otra manera. Lo que resultó es lo que el equipo supo, no una respuesta de una organización.',
  },
  suppression: {
    en: 'Counts from 1 to 10 are withheld, and so are other counts from which one of them could be worked out.',
    es: 'No se muestran los conteos de 1 a 10, ni otros de los que se pudiera deducir alguno de ellos.',
  },
  published: {
    en: 'Figures are counted once for each half-year, a month after its end, and never changed. What is written down later is not counted.',
    es: 'Las cifras se cuentan una vez por semestre, un mes después de su fin, y no cambian nunca. Lo que se anota más tarde no se cuenta.',
  },
  snse: {
    en: 'These are the hub’s own figures and not a HEDIS rate.',
    es: 'Estas cifras son propias de este sistema y no una tasa HEDIS.',
  },
} as const satisfies Record<string, Words>;

/** What each figure means; shown beside it. */
export function definitionsIn(language: Language): Definition[] {
  return Object.entries(MEANINGS).map(([key, words]) => ({ key, text: words[language] }));
}
