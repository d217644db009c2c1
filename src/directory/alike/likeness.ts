import { PLAIN_CATEGORIES, type PlainCategory } from '../plain/plain-categories.js';

/** How near a listing comes to what was asked for, the nearest first. */
export const LIKENESSES = ['SAME', 'INSTEAD', 'SAME_NEED'] as const;
export type Likeness = (typeof LIKENESSES)[number];

interface Term {
  id: string;
  name: string;
}

/** What is looked for again. */
export interface Wanted {
  kinds: readonly PlainCategory[];
  /** Terms of the taxonomies of the listing that was asked. */
  terms: readonly Term[];
  /** Codes of the SDOH categories of the need. */
  categories: readonly string[];
}

/** What is known of a listing that may be asked instead. */
export interface Given {
  /** Codes of kinds of help. */
  kinds: readonly string[];
  /** Which of the wanted terms it has, or has one below of. */
  terms: readonly string[];
  /** Codes of SDOH categories. */
  categories: readonly string[];
}

/** A likeness with the names of what the two have in common. */
export interface Compared {
  likeness: Likeness;
  shared: { kinds: readonly PlainCategory[]; terms: readonly string[] };
}

/** What helps where there is nothing of these kinds. */
function standIns(kinds: readonly PlainCategory[]): PlainCategory[] {
  const codes = new Set(kinds.flatMap(({ near = [] }) => near));
  return PLAIN_CATEGORIES.filter(({ code }) => codes.has(code));
}

/**
 * Compares a listing with what was asked for; null when it is of another need. A shared term alone makes them the same only
 * where the kinds of one are not known: a taxonomy of few words has bus passes and rides to the doctor under one term.
 */
export function compare(wanted: Wanted, given: Given): Compared | null {
  const ofKinds = (kinds: readonly PlainCategory[]) => kinds.filter(({ code }) => given.kinds.includes(code));
  const kinds = ofKinds(wanted.kinds);
  const terms = wanted.terms.filter(({ id }) => given.terms.includes(id)).map(({ name }) => name);
  const sameTerm = terms.length > 0 && (wanted.kinds.length === 0 || given.kinds.length === 0);
  if (kinds.length > 0 || sameTerm) return { likeness: 'SAME', shared: { kinds, terms } };
  if (!given.categories.some((code) => wanted.categories.includes(code))) return null;
  const instead = ofKinds(standIns(wanted.kinds));
  return { likeness: instead.length > 0 ? 'INSTEAD' : 'SAME_NEED', shared: { kinds: instead, terms } };
}
