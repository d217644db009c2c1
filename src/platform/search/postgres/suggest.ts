import { sql, type Kysely } from 'kysely';
import type { SearchSuggestion, SearchSuggestions } from '../port.js';
import { wordsOf } from '../words.js';
import { completions, correct, lookUp, type Completion } from './read-words.js';

/** So many ways to go on from the letters typed are followed. */
const COMPLETIONS = 20;
/** Of the names with a word, so many are looked through for the other words, the commonest first. */
const WALKED = 3000;
/** So many names of each word are weighed against each other. */
const WEIGHED = 40;

/** What a name must have: each word that is finished, and one of those the last one may become. */
interface Wanted {
  done: Completion[];
  last: Completion[];
}

async function read(db: Kysely<unknown>, text: string): Promise<Wanted | null> {
  const words = wordsOf(text);
  const start = words.at(-1);
  if (start === undefined) return null;
  const { words: known } = await lookUp(db, words.slice(0, -1));
  const whole = await completions(db, start, COMPLETIONS);
  const unknown = known.filter((word) => word.stem !== null && !word.known).map((word) => word.word);
  if (whole.length === 0 && start.length > 2) unknown.push(start);
  const spellings = unknown.length > 0 ? await correct(db, unknown) : new Map<string, string[]>();
  const meant = [...spellings.values()].flatMap((list) => list.slice(0, 1));
  const stems = meant.length > 0 ? (await lookUp(db, meant)).words : [];
  const corrected = (word: string): Completion => {
    const found = stems.find((one) => one.word === spellings.get(word)?.[0]);
    return { word, stem: found?.stem ?? word, documents: found?.documents ?? 0 };
  };
  const done = known.flatMap(({ word, stem, documents, known: isKnown }) =>
    stem === null ? [] : [isKnown ? { word, stem, documents } : corrected(word)],
  );
  return { done, last: whole.length > 0 ? whole : [corrected(start)] };
}

const documentsOf = (words: readonly Completion[]): number => words.reduce((sum, word) => sum + word.documents, 0);

async function named(
  db: Kysely<unknown>,
  kind: SearchSuggestion['kind'],
  { done, last }: Wanted,
  typed: string,
  limit: number,
): Promise<SearchSuggestion[]> {
  // The rarest leads: the others are looked for among its names.
  const [rarest] = done.toSorted((a, b) => a.documents - b.documents);
  const from = rarest && rarest.documents < documentsOf(last) ? [rarest] : last;
  const [name, id] = kind === 'SERVICE' ? ['name', 'service_id'] : ['organization_name', 'organization_id'];
  const stems = (words: readonly Completion[]) => [...new Set(words.map(({ stem }) => stem))];
  const { rows } = await sql<{ text: string; id: string | null }>`
    with found as materialized (
      select w.folded, max(w.weight) as weight from unnest(${stems(from)}::text[]) s (stem), unnest(array[true, false]) l (lead), lateral (
        select * from (
          select * from hub.search_name_word w where w.kind = ${kind} and w.stem = s.stem and w.lead = l.lead
          order by w.weight desc, w.folded desc limit ${WALKED}
        ) w where w.stems @> ${stems(done)}::text[] and w.stems && ${stems(last)}::text[] limit ${WEIGHED}
      ) w group by w.folded
    ), best as materialized (
      select n.name, n.ids, n.folded, f.weight from found f join hub.search_name n on n.kind = ${kind} and n.folded = f.folded
      order by starts_with(f.folded, hub.fold(${typed})) desc, f.weight desc, length(n.name), f.folded limit ${2 * limit}
    )
    select b.name as text, case when cardinality(b.ids) = 1 then b.ids[1] end as id from best b
    where exists (select from hub.search_document d where d.${sql.ref(id)} = any (b.ids) and hub.fold(d.${sql.ref(name)}) = b.folded)
    order by starts_with(b.folded, hub.fold(${typed})) desc, b.weight desc, length(b.name), b.folded limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => ({ kind, text: row.text, id: row.id }));
}

/** Categories whose synonyms begin with what was typed. */
async function categoriesFor(db: Kysely<unknown>, text: string): Promise<string[]> {
  const start = wordsOf(text).join(' ');
  const { rows } = await sql<{ category: string }>`
    select category from hub.search_synonym where starts_with(folded, ${start}) and category is not null
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
