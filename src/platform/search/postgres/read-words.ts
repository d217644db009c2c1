import { sql, type Kysely, type SqlBool } from 'kysely';
import { nearest, type Candidate } from '../spelling.js';

/** A word of the question with what the index knows of it. */
export interface Word {
  word: string;
  /** null for a stop word. */
  stem: string | null;
  documents: number;
  known: boolean;
}

/** A synonym met in the question; `from` and `to` count the words that have a stem. */
export interface Phrase {
  from: number;
  to: number;
  means: string[];
  category: string | null;
  instead: boolean;
}

export interface ReadWords {
  words: Word[];
  phrases: Phrase[];
}

const LONGEST_PHRASE = 5;

/** Stems and frequencies of the words, and the synonyms among them: one statement. */
export async function lookUp(db: Kysely<unknown>, words: readonly string[]): Promise<ReadWords> {
  if (words.length === 0) return { words: [], phrases: [] };
  const { rows } = await sql<{ words: Word[]; phrases: Phrase[] | null }>`
    with w as (
      select ord, word, (ts_lexize('pg_catalog.english_stem', word))[1] as stem
      from unnest(${words}::text[]) with ordinality t (word, ord)
    ), s as (
      select row_number() over (order by ord) - 1 as n, stem from w where stem is not null
    ), gram as (
      select a.n as from_n, b.n as to_n, (select string_agg(c.stem, ' ' order by c.n) from s c where c.n between a.n and b.n) as stems
      from s a join s b on b.n between a.n and a.n + ${LONGEST_PHRASE - 1}
    )
    select (
      select json_agg(json_build_object('word', w.word, 'stem', w.stem, 'documents', coalesce(k.documents, 0),
        'known', k.documents is not null) order by w.ord)
      from w left join lateral (select sum(documents)::int as documents from hub.search_word where stem = w.stem) k on true
    ) as words, (
      select json_agg(json_build_object('from', g.from_n, 'to', g.to_n, 'means', y.means, 'category', y.category, 'instead', y.instead or (position(' ' in y.stems) = 0 and position(' ' in y.phrase) > 0)) order by y.phrase)
      from gram g join hub.search_synonym y on y.stems = g.stems
      -- "After school" is more than "school": where stop words leave one word of a phrase, all of it must have been said.
      where position(' ' in y.stems) > 0 or position(' ' in y.phrase) = 0
        or position(' ' || hub.search_text(y.phrase) || ' ' in ${` ${words.join(' ')} `}) > 0
    ) as phrases`.execute(db);
  return { words: rows[0]?.words ?? [], phrases: rows[0]?.phrases ?? [] };
}

/** For each misspelled word, the known words it most likely means. */
export async function correct(db: Kysely<unknown>, typed: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<Candidate & { typed: string }>`
    select u.word as typed, c.word, c.documents, c.sounds
    from unnest(${typed}::text[]) u (word), lateral (
      select k.word, k.documents, k.sound = dmetaphone(u.word) as sounds from (
        (select * from hub.search_word k where k.word % u.word order by similarity(k.word, u.word) desc, k.documents desc limit 40)
        union
        (select * from hub.search_word k where k.sound = dmetaphone(u.word) and k.sound <> '' order by k.documents desc limit 40)
        union
        (select * from hub.search_word k where length(u.word) <= 5 and k.word >= left(u.word, 1)
          and k.word < left(u.word, 1) || chr(1114111) and length(k.word) between length(u.word) - 1 and length(u.word) + 1
          and levenshtein_less_equal(k.word, u.word, 2) <= 2 order by k.documents desc limit 40)
      ) k
    ) c`.execute(db);
  return new Map(
    typed.map((word) => [
      word,
      nearest(
        word,
        rows.filter((row) => row.typed === word),
      ),
    ]),
  );
}

/** A known word, or one that is taken for it. */
export interface Completion {
  word: string;
  stem: string;
  documents: number;
}

/** Known words that begin like this, the commonest first. */
export async function completions(db: Kysely<unknown>, start: string, limit: number): Promise<Completion[]> {
  // One or two letters begin thousands of words: they have indexes in the order that is wanted.
  const { length } = [...start];
  const begins =
    length <= 2
      ? sql<SqlBool>`left(word, ${sql.lit(length)}) = ${start}`
      : sql<SqlBool>`word >= ${start} and word < ${start} || chr(1114111)`;
  const { rows } = await sql<Completion>`
    select word, stem, documents from hub.search_word where ${begins} and stem <> ''
    order by documents desc, word limit ${limit}`.execute(db);
  return rows;
}
