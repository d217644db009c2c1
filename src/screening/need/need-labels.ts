import { SDOH_CATEGORIES } from '../../directory/index.js';
import type { Language, Words } from '../../platform/words.js';
import { seededInstruments } from '../instrument-file.js';

let known: Words[] | undefined;

/** Labels that the hub gives to needs itself (of categories and of forms), longest first: one may begin with another. */
function labels(): readonly Words[] {
  known ??= [
    ...SDOH_CATEGORIES.map(({ label }) => label),
    ...seededInstruments().flatMap(({ needs }) => Object.values(needs).map(({ label }) => label)),
  ].toSorted((one, other) => other.en.length - one.en.length);
  return known;
}

/** A need's label in another language, when the hub wrote it; what a person wrote stays as it is. */
export function needLabelIn(label: string, language: Language): string {
  if (language === 'en') return label;
  return labels().find(({ en }) => en === label)?.[language] ?? label;
}

/** The same for several, as they stand in a referral: joined by commas, which a label may hold too. */
export function needLabelsIn(list: string, language: Language): string {
  if (language === 'en') return list;
  const words: string[] = [];
  for (let rest = list; rest !== '';) {
    const found = labels().find(({ en }) => rest === en || rest.startsWith(`${en}, `));
    const taken = found?.en ?? rest.split(', ', 1)[0] ?? rest;
    words.push(found?.[language] ?? taken);
    rest = rest.slice(taken.length + 2);
  }
  return words.join(', ');
}
