import type { SearchSynonym } from '../../platform/search/port.js';
import { PLAIN_CATEGORIES, type PlainCategory } from './plain-categories.js';

const UNSPECIFIED = 'sdoh-category-unspecified';

/** What people say leads to what the plain category is called, which is among the words of every listing of it. */
function lookedFor(category: PlainCategory): string {
  return category.name.en.replace(/ \(.*\)/, '').toLowerCase();
}

/** Synonyms together with what people say for the plain categories; a phrase that is both means both. */
export function withPlainCategories(synonyms: readonly SearchSynonym[]): SearchSynonym[] {
  const all = new Map(synonyms.map((synonym) => [synonym.phrase, synonym]));
  for (const category of PLAIN_CATEGORIES) {
    const [need = UNSPECIFIED] = category.categories;
    for (const language of ['en', 'es'] as const) {
      for (const phrase of category.say[language]) {
        const own = need === UNSPECIFIED ? null : need;
        const known = all.get(phrase) ?? { phrase, means: [], category: own, language };
        all.set(phrase, {
          ...known,
          category: known.category ?? own,
          means: [...new Set([lookedFor(category), ...known.means])],
        });
      }
    }
  }
  return [...all.values()];
}
