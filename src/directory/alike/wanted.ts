import type { HubContext } from '../../access/index.js';
import { isEveryday, isFiller, isQualifier, wordsOf } from '../../platform/search/words.js';
import { SURE } from '../plain/derive.js';
import { kindsSaid } from '../plain/kinds-said.js';
import { PLAIN_CATEGORIES, type PlainCategory } from '../plain/plain-categories.js';
import type { Wanted } from './likeness.js';

/** What was asked of whom. */
export interface AskedOf {
  serviceId: string;
  /** Codes of the SDOH categories of the need. */
  categories: readonly string[];
  /** What was written about it. It is compared inside the database, and never becomes the words of a search. */
  words?: string;
}

interface Listing {
  name: string;
  kinds: { code: string; confidence: number }[];
  terms: { id: string; name: string }[];
}

/** What a listing gives besides is less sure by this much than what it is there for. */
const BESIDES = 0.1;
/** So many words tell a kind of help by themselves; what is said in one stands for several kinds. */
const PHRASE = 2;

/** A term that others are below of and that is below none says no more than the need does. */
const LISTING = `select s.name, coalesce((select json_agg(json_build_object('code', d.code, 'confidence', d.confidence))
      from hub.derived_category d where d.service_id = s.id and d.confidence >= $2), '[]') as kinds,
    coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.id)
      from hub.attribute a join hub.taxonomy_term t on t.id = a.taxonomy_term_id
      where a.link_id = s.id and a.link_entity = 'service'
        and (t.parent_id is not null or not exists (select from hub.taxonomy_term below where below.parent_id = t.id))), '[]') as terms
  from hub.service s where s.id = $1`;

const isOf = (categories: readonly string[]) => (kind: PlainCategory) =>
  kind.categories.some((code) => categories.includes(code));

/** Those of the need; all, where none is of it. */
const ofNeed = (kinds: readonly PlainCategory[], categories: readonly string[]): readonly PlainCategory[] => {
  const within = kinds.filter(isOf(categories));
  return within.length > 0 ? within : kinds;
};

/** What a listing is there for, about a need. */
function listedKinds({ name, kinds }: Listing, categories: readonly string[]): readonly PlainCategory[] {
  const sure = new Map(kinds.map(({ code, confidence }) => [code, confidence]));
  const derived = ofNeed(
    PLAIN_CATEGORIES.filter(({ code }) => sure.has(code)),
    categories,
  );
  if (derived.length === 0) return ofNeed(kindsSaid(name), categories);
  const surest = Math.max(...derived.map(({ code }) => sure.get(code) ?? 0));
  return derived.filter(({ code }) => (sure.get(code) ?? 0) > surest - BESIDES);
}

/** What a phrase of the words asks for, if it can as far as the listing gives it; else what the listing is there for. */
function kindsWanted(words: string, listed: readonly PlainCategory[], categories: readonly string[]) {
  const said = kindsSaid(words, PHRASE).filter(isOf(categories));
  const both = said.filter((kind) => listed.includes(kind));
  if (both.length > 0) return both;
  if (said.length > 0) return said;
  return listed.length > 0 ? listed : kindsSaid(words).filter(isOf(categories));
}

const tellingWords = (text: string): string[] =>
  wordsOf(text).filter(
    (word) => word.length > 2 && !/^\d/.test(word) && !isFiller(word) && !isQualifier(word) && !isEveryday(word),
  );

/** What is looked for, with the words that tell it from others of its kind: all of them, and those that were written. */
interface WantedInWords extends Wanted {
  words: string[];
  written: string[];
}

/** What was asked of a listing: kinds of help and terms of its own about the need, and what was written. */
export async function wantedOf(
  ctx: HubContext,
  { serviceId, categories, words = '' }: AskedOf,
): Promise<WantedInWords> {
  const [found] = await ctx.db.query<Listing>(LISTING, [serviceId, SURE]);
  const listing = found ?? { name: '', kinds: [], terms: [] };
  const { name, terms } = listing;
  const written = tellingWords(words);
  return {
    kinds: kindsWanted(words, listedKinds(listing, categories), categories),
    terms: terms.filter((term) => {
      const kinds = kindsSaid(term.name);
      return kinds.length === 0 || kinds.some(isOf(categories));
    }),
    categories,
    words: [...new Set([...written, ...tellingWords(name)])],
    written,
  };
}
