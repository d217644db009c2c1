import { offersOf } from './offers.js';
import { longest, PhraseBook, tokensOf } from './phrases.js';
import { PLAIN_CATEGORIES, type PlainCategory } from './plain-categories.js';

/** What is known of a service when its categories are derived. */
export interface ListingWords {
  name: string;
  alternateName: string | null;
  organizationName: string | null;
  description: string | null;
  /** Names of its terms in the source's own taxonomies. */
  terms: readonly string[];
}

/** Where the words stood, and how sure that makes it. */
const CONFIDENCE = {
  name: 0.95,
  headings: 0.85,
  terms: 0.8,
  lead: 0.75,
  often: 0.6,
  agency: 0.45,
  twice: 0.4,
  once: 0.25,
};
export type Where = keyof typeof CONFIDENCE;
/** From here on a listing counts as giving it. */
export const SURE = 0.6;
/** So often is often. */
const OFTEN = 3;

/** A plain category that a listing seems to be of. */
export interface Derived {
  category: PlainCategory;
  confidence: number;
  where: Where;
  /** The words that say so, as the listing has them. */
  words: string;
  /** Whether it is of the SDOH categories too, which a department that only speaks of it is not. */
  counts: boolean;
}

type Meaning = { category: PlainCategory; is: boolean };

const words = new PhraseBook<Meaning>();
const terms = new PhraseBook<PlainCategory>();
const notNames = new PhraseBook<PlainCategory>();
for (const category of PLAIN_CATEGORIES) {
  for (const phrase of category.words) words.add(phrase, { category, is: true });
  for (const phrase of category.not ?? []) words.add(phrase, { category, is: false });
  for (const phrase of category.terms ?? []) terms.add(phrase, category);
  for (const phrase of category.notNames ?? []) notNames.add(phrase, category);
}

interface Hit {
  category: PlainCategory;
  words: string;
}

function hitsIn(text: string | null): Hit[] {
  if (!text) return [];
  const tokens = tokensOf(text);
  const matches = longest(words.find(tokens));
  return matches.flatMap(({ from, to, value: { category, is } }) =>
    is ? [{ category, words: tokens.slice(from, to).join(' ') }] : [],
  );
}

function hitsInTerms(names: readonly string[]): Hit[] {
  return names.flatMap((name) => {
    const tokens = tokensOf(name);
    const whole = terms.find(tokens).filter(({ from, to }) => from === 0 && to === tokens.length);
    return whole.map(({ value }) => ({ category: value, words: name }));
  });
}

/** The plain categories of a listing by its words and terms, the surest first. */
export function derive(listing: ListingWords): Derived[] {
  const { headings, lead, all } = offersOf(listing.description ?? '');
  const found = new Map<PlainCategory, Derived>();
  const barred = new Set(
    notNames.find(tokensOf(`${listing.name} | ${listing.organizationName ?? ''}`)).map(({ value }) => value),
  );
  const note = (where: Where, hits: readonly Hit[]): void => {
    for (const hit of hits) {
      const known = found.get(hit.category);
      if (known && known.confidence >= CONFIDENCE[where]) continue;
      const counts = !barred.has(hit.category);
      found.set(hit.category, { ...hit, where, confidence: CONFIDENCE[where], counts });
    }
  };
  note('name', hitsIn(`${listing.name} | ${listing.alternateName ?? ''}`));
  note('headings', hitsIn(headings));
  note('terms', hitsInTerms(listing.terms));
  note('lead', hitsIn(lead));
  note('agency', hitsIn(listing.organizationName));
  const inText = Map.groupBy(hitsIn(all), (hit) => hit.category);
  for (const hits of inText.values()) {
    note(hits.length >= OFTEN ? 'often' : hits.length === 2 ? 'twice' : 'once', hits.slice(0, 1));
  }
  const derived = [...found.values()];
  for (const one of derived) {
    if (one.category.secret) one.counts &&= isSurvivors(listing, one, derived);
  }
  return derived.sort((a, b) => b.confidence - a.confidence || (a.category.code < b.category.code ? -1 : 1));
}

const REFUGE =
  /\b(shelters?|safe (house|home|haven|housing)|refuge|refugio|albergue|residence|residential|(transitional|supportive|emergency|permanent|temporary|crisis|re-?|family) ?(housing|home)|housing|apartments?|lodging|hotel)\b/i;
const FLED =
  /\b(survivors?|victims?|flee(s|ing)|fled|escap\w+|abused|battered|women|wom[ae]n'?s|mujeres|víctimas?|sobrevivientes?)\b[^.]{0,80}\b(violen\w+|abus\w+|battered|maltrat\w+)|\b(abused|battered) (women|woman|spouses?|partners?)/i;
/** Of so many other kinds of help a house for survivors may give some; more is an agency for everybody. */
const FEW = 4;

/**
 * Whether it is there for survivors, beyond speaking of them. What counts so is kept secret in its place: a shelter must
 * be, whatever it is called; the one line of a health department must not take the department off the map.
 */
function isSurvivors(listing: ListingWords, one: Derived, derived: readonly Derived[]): boolean {
  if (one.where === 'name') return true;
  const { lead, all } = offersOf(listing.description ?? '');
  const houses = REFUGE.test(`${listing.name} ${lead}`);
  if (houses && (one.where === 'terms' || FLED.test(`${listing.name}. ${all}`))) return true;
  const others = derived.filter(({ confidence }) => confidence >= SURE).length - 1;
  return one.confidence >= SURE && one.where !== 'terms' && others <= FEW;
}

/** Rows of hub.derived_category: of what kinds of help a service is for sure, and why. */
export const rowsFor = (serviceId: string, derived: readonly Derived[]) =>
  derived
    .filter(({ confidence }) => confidence >= SURE)
    .map(({ category, confidence, where, words }) => ({
      service_id: serviceId,
      code: category.code,
      confidence,
      found_in: where,
      words: words.slice(0, 200),
    }));

/** SDOH categories that follow from plain ones, the surest first. */
export function sdohOf(derived: readonly Derived[]): string[] {
  const codes = derived.flatMap(({ category, confidence, counts }) =>
    counts && (confidence >= SURE || category.secret) ? category.categories : [],
  );
  return [...new Set(codes)];
}
