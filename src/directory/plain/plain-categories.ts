import type { ClientBase } from 'pg';
import { readSeed } from '../../platform/seed.js';
import type { Words } from '../../platform/words.js';

/** One of the hub's own plain-word categories: a kind of help as people call it, within one or more SDOH categories. */
export interface PlainCategory {
  code: string;
  name: Words;
  /** Codes of SDOH categories. */
  categories: readonly string[];
  /** Words by which a listing is known to give it; a star at the end stands for any ending. */
  words: readonly string[];
  /** Whole names of terms in other taxonomies that say the same. */
  terms?: readonly string[];
  /** Words that look like it and are not. */
  not?: readonly string[];
  /** Names of services and agencies that may speak of it and are not of its SDOH categories. */
  notNames?: readonly string[];
  /** Where its places are is told to nobody: it counts only for what is there for such people, and then whatever it is called. */
  secret?: boolean;
  /** Codes of other kinds that help where there is nothing of this. */
  near?: readonly string[];
  /** What people say who look for it; also its synonyms in the search. */
  say: { en: readonly string[]; es: readonly string[] };
}

/** All plain categories. */
export const PLAIN_CATEGORIES: readonly PlainCategory[] = (
  readSeed('plain-categories.json') as { categories: PlainCategory[] }
).categories;

/** So many of the things people say are added to the words of a listing, in each language. */
const SAID = 4;

/** What a listing of a plain category is also found by. */
export function foundBy({ name, say }: PlainCategory): string {
  return [name.en, ...say.en.slice(0, SAID), name.es, ...say.es.slice(0, SAID)].join(', ');
}

/** Tells the database of the plain categories this release has. */
export async function ensurePlainCategories(client: ClientBase): Promise<void> {
  await client.query(
    `insert into hub.plain_category as p (code, words) select * from unnest($1::text[], $2::text[])
     on conflict (code) do update set words = excluded.words where p.words <> excluded.words`,
    [PLAIN_CATEGORIES.map(({ code }) => code), PLAIN_CATEGORIES.map(foundBy)],
  );
}
