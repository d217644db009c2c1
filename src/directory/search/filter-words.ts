import { categoryLabel } from '../../access/sensitivity.js';
import type { Language, Words } from '../../platform/words.js';

const FILTERS: Readonly<Record<string, Words>> = {
  accessible: { en: 'Wheelchair access', es: 'Acceso en silla de ruedas' },
  costs: { en: 'Cost', es: 'Costo' },
  fits: { en: 'Who qualifies', es: 'Quién califica' },
  free: { en: 'Free', es: 'Gratis' },
  hasRoom: { en: 'Has room', es: 'Tiene cupo' },
  interpreter: { en: 'Interpreter', es: 'Intérprete' },
  open: { en: 'Open at that time', es: 'Abierto a esa hora' },
  servesArea: { en: 'Serves the place', es: 'Atiende el lugar' },
  takesReferrals: { en: 'Takes referrals', es: 'Acepta referencias' },
  terms: { en: 'Kind of help', es: 'Tipo de ayuda' },
  verifiedSince: { en: 'Checked lately', es: 'Revisado hace poco' },
};

/** Filters as they are kept with an empty search, in words; what has none is not shown. */
export function filterWords(kept: string, language: Language): string[] {
  return kept.split(' ').flatMap((filter) => {
    const [name = '', value] = filter.split(':');
    if (value && name === 'category') return [categoryLabel(value)[language]];
    if (value && name === 'language') {
      return [new Intl.DisplayNames([language], { type: 'language' }).of(value) ?? value];
    }
    const words = FILTERS[name];
    return words ? [words[language]] : [];
  });
}
