import { languageOf, type HubContext } from '../../access/index.js';
import { sdohCategory } from '../sdoh-categories.js';
import type { Suggestion } from './search.types.js';
import { suggestPlaces } from './suggest-places.js';
import { suggestWords } from './suggest-words.js';

/** So many kinds of help and places stand among the names at most. */
const HELP = 3;
const PLACES = 2;

/** Kinds of help first, then services and agencies by name, then places. */
export async function suggest(ctx: HubContext, text: string, limit: number): Promise<Suggestion[]> {
  const language = languageOf(ctx);
  const help: Suggestion[] = suggestWords(text, language, HELP);
  const places: Suggestion[] = suggestPlaces(text, PLACES).map((label) => ({ kind: 'PLACE', text: label, id: null }));
  const { categories, suggestions } = await ctx.platform.search.suggest(await ctx.db.em(), text, limit);
  for (const code of categories) {
    const label = sdohCategory(code)?.label[language];
    if (label !== undefined && help.length < HELP && !help.some(({ id }) => id === code)) {
      help.push({ kind: 'CATEGORY', text: label, id: code });
    }
  }
  const names = Math.max(limit - help.length - places.length, 1);
  return [...help, ...suggestions.slice(0, names), ...places, ...suggestions.slice(names)].slice(0, limit);
}
