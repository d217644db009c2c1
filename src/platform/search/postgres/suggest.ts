import { sql, type Kysely } from 'kysely';
import type { SearchSuggestion, SearchSuggestions } from '../port.js';
import { wordsOf } from '../words.js';
import { completions, correct, lookUp } from './read-words.js';

/** So many ways to go on from the letters typed are followed. */
const COMPLETIONS = 20;
/** Of what begins so, this many documents are looked at. */
const LOOKED_AT = 300;

/** The stems of the finished words, and those the last one may become. */
async function read(db: Kysely<unknown>, text: string): Promise<{ done: string[]; last: string[] } | null> {
  const words = wordsOf(text);
  const start = words.at(-1);
  if (start === undefined) return null;
  const { words: known } = await lookUp(db, words.slice(0, -1));
  const whole = await completions(db, start, COMPLETIONS);
  const unknown = known.filter((word) => word.stem !== null && !word.known).map((word) => word.word);
  if (whole.length === 0 && start.length > 2) unknown.push(start);
  const spellings = unknown.length > 0 ? await correct(db, unknown) : new Map<string, string[]>();
  const stems = await lookUp(
    db,
    [...spellings.values()].flatMap((list) => list.slice(0, 1)),
  );
  const stemOf = new Map(stems.words.map((word) => [word.word, word.stem]));
  const corrected = (word: string): string | null => stemOf.get(spellings.get(word)?.[0] ?? '') ?? null;
  const done = known.flatMap((word) =>
    word.stem === null ? [] : [word.known ? word.stem : (corrected(word.word) ?? word.stem)],
  );
  const last = whole.length > 0 ? whole.map((entry) => entry.stem) : [corrected(start) ?? start];
  return { done, last };
}

async function named(
  db: Kysely<unknown>,
  kind: SearchSuggestion['kind'],
  words: { done: string[]; last: string[] },
  typed: string,
  limit: number,
): Promise<SearchSuggestion[]> {
  const [prefix, name, id] =
    kind === 'SERVICE' ? ['t:', 'name', 'service_id'] : ['o:', 'organization_name', 'organization_id'];
  const must = words.done.map((stem) => prefix + stem);
  const may = words.last.map((stem) => prefix + stem);
  const { rows } = await sql<{ text: string; id: string | null }>`
    with found as (
      select ${sql.ref(name)} as text, ${sql.ref(id)} as id from hub.search_document
      where tags @> ${must}::text[] and tags && ${may}::text[] limit ${LOOKED_AT}
    )
    select min(text) as text, case when count(distinct id) = 1 then min(id::text) end as id from found group by hub.fold(text)
    order by starts_with(hub.fold(min(text)), hub.fold(${typed})) desc, count(distinct id) desc, length(min(text)), 1 limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => ({ kind, text: row.text, id: row.id }));
}

/** Categories whose synonyms begin with what was typed. */
async function categoriesFor(db: Kysely<unknown>, text: string): Promise<string[]> {
  const start = wordsOf(text).join(' ');
  const { rows } = await sql<{ category: string }>`
    select category from hub.search_synonym where starts_with(hub.search_text(phrase), ${start}) and category is not null
    group by category order by min(length(phrase)), category limit 3`.execute(db);
  return rows.map((row) => row.category);
}

/** What may be meant, from the first letters on: names of services and agencies, and categories. */
export async function suggestions(db: Kysely<unknown>, text: string, limit: number): Promise<SearchSuggestions> {
  const words = await read(db, text);
  if (!words) return { categories: [], suggestions: [] };
  const typed = text.trim();
  const categories = await categoriesFor(db, text);
  const services = await named(db, 'SERVICE', words, typed, limit);
  const organizations = await named(db, 'ORGANIZATION', words, typed, Math.max(1, Math.ceil(limit / 3)));
  return {
    categories,
    suggestions: [...services.slice(0, Math.max(limit - organizations.length, 1)), ...organizations],
  };
}
