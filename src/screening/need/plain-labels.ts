import type { Language, Words } from '../../platform/words.js';
import { needLabelsIn } from './need-labels.js';

/**
 * Labels that follow the headings of a form, as its steward wrote them, in the words of the person whom they are about. The
 * form, the record and what an agency reads keep the heading: it is what the question was counted under.
 */
const PLAIN: Readonly<Record<string, Words>> = {
  'Disability Status': { en: 'Living with a disability', es: 'Vivir con una discapacidad' },
  'Interpersonal Safety': {
    en: 'Feeling safe with the people around you',
    es: 'Sentirse a salvo con la gente cercana',
  },
  'Low mood (PHQ-2)': { en: 'Feeling down', es: 'Ánimo bajo' },
  'Language other than English': { en: 'Help in your language', es: 'Ayuda en su idioma' },
  'No high school degree': { en: 'Finishing school', es: 'Terminar la escuela' },
  Refugee: { en: 'Help for refugees', es: 'Ayuda para personas refugiadas' },
};

/** A need as it is called on a person's own page. */
export const plainNeedLabel = (label: string, language: Language): string =>
  PLAIN[label]?.[language] ?? needLabelsIn(label, language);
