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

/** Synonyms by their phrase, whatever its number. */
type Written = ReadonlyMap<string, readonly SearchSynonym[]>;

/** Parts of a phrase of one word or more, itself included. */
function partsOf(phrase: string): string[] {
  const words = singular(phrase).split(' ');
  return words.flatMap((_, from) =>
    words.slice(from).map((__, length) => words.slice(from, from + length + 1).join(' ')),
  );
}

const saidFor = Map.groupBy(
  PLAIN_CATEGORIES.flatMap(({ code, say }) => [...say.en, ...say.es].map((phrase) => ({ phrase, code }))),
  ({ phrase }) => phrase,
);

/** Whether people say it for another kind of help. */
const isSaidElsewhere = (phrase: string, code: string): boolean =>
  saidFor.get(phrase)?.some((said) => said.code !== code) ?? false;

/** How listings call what people say for it: as the synonyms have it for a part of the phrase, or for the first things people say. */
function calledOf({ code, say }: PlainCategory, written: Written): (phrase: string) => string[] {
  const said = new Set([...say.en, ...say.es]);
  const meansOf = (phrases: readonly string[], all: boolean): string[] =>
    phrases
      .flatMap((part) => written.get(part) ?? [])
      // "Blood pressure pills" are no screening, though "blood pressure" alone is said for that.
      .filter(({ phrase }) => all || said.has(phrase) || (phrase.includes(' ') && !isSaidElsewhere(phrase, code)))
      .flatMap(({ means }) => means);
  const first = meansOf(say.en.slice(0, CALLED).map(singular), true);
  return (phrase) => {
    const parts = meansOf(partsOf(phrase), false);
    return [...new Set(parts.length > 0 ? parts : first)].slice(0, CALLED);
  };
}

/** Synonyms together with what people say for the plain categories; a phrase that is both means both. */
export function withPlainCategories(synonyms: readonly SearchSynonym[]): SearchSynonym[] {
  const all = new Map(synonyms.map((synonym) => [synonym.phrase, synonym]));
  const own = new Set(all.keys());
  const written = Map.groupBy(synonyms, ({ phrase }) => singular(phrase));
  const names = new Map(PLAIN_CATEGORIES.map((category) => [category.code, lookedFor(category)]));
  for (const category of PLAIN_CATEGORIES) {
    const [need = UNSPECIFIED] = category.categories;
    const code = need === UNSPECIFIED ? null : need;
    const called = calledOf(category, written);
    const near = (category.near ?? []).flatMap((code) => names.get(code) ?? []);
    for (const language of ['en', 'es'] as const) {
      for (const phrase of category.say[language]) {
        const known = all.get(phrase) ?? { phrase, means: [], category: code, language };
        const more = own.has(phrase) ? [] : called(phrase);
        all.set(phrase, {
          ...known,
          category: known.category ?? code,
          means: [...new Set([lookedFor(category), ...known.means, ...more])],
          near: [...new Set([...(known.near ?? []), ...near])],
        });
      }
    }
  }
  return [...all.values()];
}
