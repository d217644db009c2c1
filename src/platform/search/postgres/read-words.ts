import { sql, type Kysely, type SqlBool } from 'kysely';
import { nearest, type Candidate } from '../spelling.js';
import { calledJson, calledOf, NOBODY, type Called } from './called.js';

/** A word of the question with what the index knows of it. */
export interface Word {
  word: string;
  /** null for a stop word. */
  stem: string | null;
  documents: number;
  known: boolean;
  /** Whether the index has it just so, and not only another word of the same stem. */
  written: boolean;
}

/** A synonym met in the question. */
export interface Phrase {
  /** Where its words stand, counted among those that have a stem. */
  at: number[];
  stems: string;
  means: string[];
  /** What helps where there is nothing of that. */
  near: string[];
  /** Of each of these, in what share of all documents its rarest word is, 0 to 1. */
  common: number[];
  category: string | null;
  instead: boolean;
}

export interface ReadWords {
  words: Word[];
  phrases: Phrase[];
  /** For each word that nobody knows or nobody writes so, of those that may be misspelled: the known words it most likely means. */
  spellings: Map<string, Candidate[]>;
  /** Known words that begin like the last word, where that is one of them. */
  whole: Completion[];
  /** Services and agencies that are called just so. */
  called: Called;
}

/** What is done about words that nobody knows. */
interface Spelling {
  /** Those that may be misspelled, if nobody knows them. */
  may: readonly string[];
  /** So many ways to go on from the last word are looked for. */
  completions: number;
}

const LONGEST_PHRASE = 5;
/** Words of a phrase may stand so far from each other, in any order, in the beginning of a question that is so long. */
const APART = 2;
const LOOKED_AT = 30;
/** Shorter words that are only known by their stem have too many that sound alike. */
const LONG = 6;
/** In words up to this length two letters that changed places leave hardly three in a row alike: they are compared letter by letter. */
const SHORT = 8;

/** Words near one that was typed, `u.word`, by letters and by sound. */
const near = sql`(
  (select * from hub.search_word k where k.word % u.word order by similarity(k.word, u.word) desc, k.documents desc limit 40)
  union
  (select * from hub.search_word k where k.sound = dmetaphone(u.word) and k.sound <> '' order by k.documents desc limit 40)
  union
  (select * from hub.search_word k where length(u.word) <= ${SHORT} and k.word >= left(u.word, 1)
    and k.word < left(u.word, 1) || chr(1114111) and length(k.word) between length(u.word) - 1 and length(u.word) + 1
    and levenshtein_less_equal(k.word, u.word, 2) <= 2 order by k.documents desc limit 40))`;

/** Stop words without which a phrase says something else: "after school program". */
const SAYING = String.raw`\m(after|before|no|not|while|without)\M`;

/** Stop words as well, which must have been said: "no health insurance" is not "health insurance". */
const DENYING = String.raw`\m(no|not)\M`;

/** For each meaning of a synonym `y`, the share of documents with its rarest word. */
const common = sql`array(
  select least(1, (select coalesce(min(k.documents), 0) from unnest(tsvector_to_array(hub.search_vector(m.text))) s (stem), lateral (
    select sum(documents) as documents from hub.search_word k where k.stem = s.stem) k) / greatest(1, n.documents))
  from unnest(y.means) with ordinality m (text, at), (select reltuples as documents from pg_class where oid = 'hub.search_document'::regclass) n
  order by m.at)`;

interface Near extends Candidate {
  typed: string;
}

interface ReadRow {
  words: Word[];
  phrases: Phrase[] | null;
  near: Near[] | null;
  whole: Completion[] | null;
  called: Parameters<typeof calledOf>[0];
}

/** By name: a statement that says `.*` is never prepared, and to plan this one anew each time costs twice what it does. */
const SYNONYM = sql`y.phrase, y.stems, y.means, y.near, y.category, y.instead`;

/** Stems and frequencies of the words, the synonyms among them, and what the unknown ones may mean: one statement. */
export async function lookUp(
  db: Kysely<unknown>,
  words: readonly string[],
  { may, completions: most }: Spelling = { may: [], completions: 0 },
): Promise<ReadWords> {
  if (words.length === 0) return { words: [], phrases: [], spellings: new Map(), whole: [], called: NOBODY };
  const { rows } = await sql<ReadRow>`
    with w as (
      select ord, word, (ts_lexize('pg_catalog.english_stem', word))[1] as stem
      from unnest(${words}::text[]) with ordinality t (word, ord)
    ), s as (
      select row_number() over (order by ord) - 1 as n, ord, word, stem from w where stem is not null
    ), gram as (
      select array(select c.n from s c where c.n between a.n and b.n order by c.n) as at,
        (select string_agg(c.stem, ' ' order by c.n) from s c where c.n between a.n and b.n) as stems
      from s a join s b on b.n between a.n and a.n + ${LONGEST_PHRASE - 1}
      union all
      -- "Home work" is homework.
      select array[a.n, b.n], (ts_lexize('pg_catalog.english_stem', a.word || b.word))[1] from s a join s b on b.ord = a.ord + 1
    ), early as (select * from s where n < ${LOOKED_AT}
    ), spread as (
      select array[a.n, b.n] as at, array[a.stem, b.stem] as stems from early a join early b on b.n between a.n + 1 and a.n + ${1 + APART}
      union all
      select array[a.n, b.n, c.n], array[a.stem, b.stem, c.stem] from early a join early b on b.n > a.n
        join early c on c.n > b.n and c.n <= a.n + ${2 + APART}
      union all
      select array[a.n, b.n, c.n, d.n], array[a.stem, b.stem, c.stem, d.stem] from early a join early b on b.n > a.n
        join early c on c.n > b.n join early d on d.n > c.n and d.n <= a.n + ${3 + APART}
    ), said as (
      select g.at, ${SYNONYM} from gram g join hub.search_synonym y on y.stems = g.stems
      union
      select g.at, ${SYNONYM} from spread g join hub.search_synonym y
        on y.bag = (select string_agg(x, ' ' order by x collate "C") from (select distinct unnest(g.stems) as x) u) and position(' ' in y.bag) > 0 and y.phrase !~ ${SAYING}
    ), met as materialized (
      select w.ord, w.word, w.stem, k.documents, exists (select from hub.search_word x where x.word = w.word) as written from w
      left join lateral (select sum(documents)::int as documents from hub.search_word where stem = w.stem) k on true
    ), u as materialized (
      select distinct word, documents from met where stem is not null and word = any (${may}::text[])
        and (documents is null or not written and length(word) >= ${LONG})
    )
    select (
      select json_agg(json_build_object('word', word, 'stem', stem, 'documents', coalesce(documents, 0),
        'known', documents is not null, 'written', written) order by ord) from met
    ) as words, (
      select json_agg(json_build_object('at', y.at, 'stems', y.stems, 'means', y.means, 'near', y.near, 'common', ${common}, 'category', y.category,
        'instead', y.instead or (position(' ' in y.stems) = 0 and position(' ' in y.phrase) > 0) or y.phrase ~ ${SAYING}) order by y.phrase)
      from said y
      where (y.phrase !~ ${DENYING} or ${words.join(' ')} ~ ${DENYING}) and
      -- "After school" is more than "school": where stop words leave one word of a phrase, all of it must have been said.
      (position(' ' in y.stems) > 0 or position(' ' in y.phrase) = 0
        or position(' ' || hub.search_text(y.phrase) || ' ' in ${` ${words.join(' ')} `}) > 0)
    ) as phrases, (
      select json_agg(json_build_object('typed', u.word, 'word', k.word, 'documents', k.documents, 'sounds', k.sound = dmetaphone(u.word)))
      from u, lateral ${near} k
    ) as near, (
      select json_agg(json_build_object('word', k.word, 'stem', k.stem, 'documents', k.documents) order by k.documents desc, k.word)
      from u, lateral (
        select * from hub.search_word k where k.word >= u.word and k.word < u.word || chr(1114111) and k.stem <> ''
        order by k.documents desc, k.word limit ${sql.lit(most)}
      ) k where u.documents is null and u.word = ${words.at(-1) ?? ''}
    ) as whole, ${calledJson(words.join(' '))} as called`.execute(db);
  const none = { words: [], phrases: [], near: [], whole: [], called: [] };
  const { words: met, phrases, near: candidates, whole, called } = rows[0] ?? none;
  const odd = met.filter(
    ({ word, stem, known, written }) =>
      stem !== null && may.includes(word) && (!known || (!written && word.length >= LONG)),
  );
  return {
    words: met,
    phrases: phrases ?? [],
    spellings: nearestOf(
      odd.map(({ word }) => word),
      candidates ?? [],
    ),
    whole: whole ?? [],
    called: calledOf(called),
  };
}

/** For each word, what of the words near it is most likely meant. */
function nearestOf(typed: readonly string[], candidates: readonly Near[]): Map<string, Candidate[]> {
  const own = Map.groupBy(candidates, (one) => one.typed);
  return new Map(typed.map((word) => [word, nearest(word, own.get(word) ?? [])]));
}

/** For each misspelled word, the known words it most likely means. */
export async function correct(db: Kysely<unknown>, typed: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<Near>`
    select u.word as typed, k.word, k.documents, k.sound = dmetaphone(u.word) as sounds
    from unnest(${typed}::text[]) u (word), lateral ${near} k`.execute(db);
  return new Map([...nearestOf(typed, rows)].map(([word, list]) => [word, list.map((one) => one.word)]));
}

/** Of each word that nobody wrote, the two known words it is made of: "longbeach". The commoner pair first. */
export async function apart(db: Kysely<unknown>, typed: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ typed: string; words: string }>`
    select distinct on (u.word) u.word as typed, a.word || ' ' || b.word as words
    from unnest(${typed}::text[]) u (word), generate_series(3, length(u.word) - 3) as cut (n),
      lateral (select word, documents from hub.search_word where word = left(u.word, cut.n) and documents > 0) a,
      lateral (select word, documents from hub.search_word where word = substr(u.word, cut.n + 1) and documents > 0) b
    order by u.word, least(a.documents, b.documents) desc, a.word`.execute(db);
  return new Map(rows.map(({ typed: word, words }) => [word, words]));
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
