import type { SearchSynonym } from '../../platform/search/port.js';
import { PLAIN_CATEGORIES, type PlainCategory } from './plain-categories.js';

const UNSPECIFIED = 'sdoh-category-unspecified';

/** What people say leads to what the plain category is called, which is among the words of every listing of it. */
function lookedFor(category: PlainCategory): string {
  return category.name.en.replace(/ \(.*\)/, '').toLowerCase();
}

/** "Summer camps" says what "summer camp" says. */
const singular = (phrase: string): string => phrase.replace(/(?<=\p{L}{3})(?<!s)s\b/gu, '');

/** So many of the ways a kind of help is called in listings are looked for besides. */
const CALLED = 4;

/** How listings call what people say for it: as the synonyms have it for a part of the phrase, or for the first things people say. */
function calledOf(category: PlainCategory, written: ReadonlyMap<string, SearchSynonym>): (phrase: string) => string[] {
  const said = new Set([...category.say.en, ...category.say.es]);
  const telling = [...written.keys()].filter((phrase) => said.has(phrase) || phrase.includes(' '));
  const meansOf = (phrases: readonly string[]): string[] =>
    phrases.flatMap((phrase) => written.get(phrase)?.means ?? []);
  const first = meansOf(category.say.en.slice(0, CALLED));
  return (phrase) => {
    const parts = telling.filter((part) => ` ${singular(phrase)} `.includes(` ${singular(part)} `));
    return [...new Set(parts.length > 0 ? meansOf(parts) : first)].slice(0, CALLED);
  };
}

/** Synonyms together with what people say for the plain categories; a phrase that is both means both. */
export function withPlainCategories(synonyms: readonly SearchSynonym[]): SearchSynonym[] {
  const written = new Map(synonyms.map((synonym) => [synonym.phrase, synonym]));
  const all = new Map(written);
  const names = new Map(PLAIN_CATEGORIES.map((category) => [category.code, lookedFor(category)]));
  for (const category of PLAIN_CATEGORIES) {
    const [need = UNSPECIFIED] = category.categories;
    const called = calledOf(category, written);
    const near = (category.near ?? []).flatMap((code) => names.get(code) ?? []);
    for (const language of ['en', 'es'] as const) {
      for (const phrase of category.say[language]) {
        const own = need === UNSPECIFIED ? null : need;
        const known = all.get(phrase) ?? { phrase, means: [], category: own, language };
        const more = written.has(phrase) ? [] : called(phrase);
        all.set(phrase, {
          ...known,
          category: known.category ?? own,
          means: [...new Set([lookedFor(category), ...known.means, ...more])],
          near: [...new Set([...(known.near ?? []), ...near])],
        });
      }
    }
  }
  return [...all.values()];
}
