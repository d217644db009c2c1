import type { Words } from '../../platform/words.js';
import type { Dropped, FilterName } from './relaxed.js';

const FILTER_WORDS: Record<FilterName, Words> = {
  verifiedSince: { en: 'checked lately', es: 'revisado hace poco' },
  takesReferrals: { en: 'takes referrals', es: 'acepta referencias' },
  hasRoom: { en: 'has room', es: 'tiene lugar' },
  open: { en: 'open at that time', es: 'abierto a esa hora' },
  free: { en: 'free', es: 'gratis' },
  costs: { en: 'the cost', es: 'el costo' },
  interpreter: { en: 'has an interpreter', es: 'tiene intérprete' },
  languages: { en: 'the language', es: 'el idioma' },
  terms: { en: 'the kind of service', es: 'el tipo de servicio' },
  fits: { en: 'is for this person', es: 'es para esta persona' },
  accessible: { en: 'usable with a disability', es: 'accesible con una discapacidad' },
  servesArea: { en: 'serves this place', es: 'atiende este lugar' },
  categories: { en: 'the need', es: 'la necesidad' },
};

/** What was left out, in words. */
export function droppedWords(dropped: Dropped, language: keyof Words): string {
  if (dropped.kind === 'FILTER') return FILTER_WORDS[dropped.name][language];
  const { from, to } = dropped;
  return language === 'es' ? `${to} millas en lugar de ${from}` : `${to} miles instead of ${from}`;
}

/** One sentence that says what was left out so that something is found; null when nothing was. */
export function relaxedSentence(
  dropped: readonly Dropped[],
  words: readonly string[],
  language: keyof Words,
): string | null {
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const filters = dropped.filter(({ kind }) => kind === 'FILTER').map((one) => droppedWords(one, language));
  const wider = dropped.find(({ kind }) => kind === 'RADIUS');
  const spanish = language === 'es';
  const parts: string[] = [];
  if (filters.length > 0) {
    parts.push(
      spanish
        ? `No encontramos nada con todo lo que pidió. Dejamos fuera: ${list.format(filters)}.`
        : `We found nothing with all you asked for. We left out: ${list.format(filters)}.`,
    );
  }
  if (wider) {
    const miles = droppedWords(wider, language);
    parts.push(spanish ? `Buscamos más lejos: ${miles}.` : `We looked farther away: ${miles}.`);
  }
  if (words.length > 0) {
    const quoted = list.format(words.map((word) => (spanish ? `«${word}»` : `“${word}”`)));
    parts.push(
      spanish
        ? `Algunos resultados no tienen estas palabras: ${quoted}.`
        : `Some results do not have these words: ${quoted}.`,
    );
  }
  return parts.length > 0 ? parts.join(' ') : null;
}
