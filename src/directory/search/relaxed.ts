import type { EntityManager } from '@mikro-orm/postgresql';
import type { SearchAnswer, SearchEngine, SearchFilter, SearchQuestion } from '../../platform/search/port.js';

/** What was left out of a question, because with all of it nothing was found. */
export type Dropped =
  | { kind: 'FILTER'; name: FilterName; from: null; to: null }
  | { kind: 'RADIUS'; name: 'radiusMiles'; from: number; to: number };

/**
 * Filters in the order in which they go: first what a phone call settles, last what a person cannot do without. Never an
 * agency that was asked for, or services that were.
 */
export const FILTERS = [
  'verifiedSince',
  'takesReferrals',
  'hasRoom',
  'open',
  'free',
  'costs',
  'interpreter',
  'languages',
  'terms',
  'fits',
  'accessible',
  'servesArea',
  'categories',
] as const satisfies readonly (keyof SearchFilter)[];
export type FilterName = (typeof FILTERS)[number];

/** The radius grows so many times at most, and never beyond this. */
const WIDER = [2, 4, 10];
const MAX_RADIUS = 250;

interface Step {
  dropped: Dropped;
  question: SearchQuestion;
}

function without(question: SearchQuestion, name: FilterName): SearchQuestion {
  const filter = { ...question.filter };
  delete filter[name];
  return { ...question, filter };
}

/** The questions that follow when one finds nothing, each with a little less than the one before. */
function* steps(question: SearchQuestion): Generator<Step> {
  let now = question;
  for (const name of FILTERS) {
    if (now.filter[name] === undefined) continue;
    now = without(now, name);
    yield { dropped: { kind: 'FILTER', name, from: null, to: null }, question: now };
  }
  const { near } = question;
  if (!near) return;
  for (const times of WIDER) {
    const radiusMiles = Math.min(MAX_RADIUS, near.radiusMiles * times);
    if (radiusMiles <= (now.near?.radiusMiles ?? 0)) return;
    now = { ...now, near: { ...near, radiusMiles } };
    yield { dropped: { kind: 'RADIUS', name: 'radiusMiles', from: near.radiusMiles, to: radiusMiles }, question: now };
  }
}

/** Takes back what need not have been left out: often it is one filter of several that finds nothing. */
async function restore(
  ask: (question: SearchQuestion) => Promise<SearchAnswer>,
  first: SearchQuestion,
  last: SearchQuestion,
  names: readonly FilterName[],
): Promise<{ question: SearchQuestion; names: FilterName[] }> {
  let question = last;
  const gone: FilterName[] = [];
  // The most important one has the first chance to stay.
  for (const name of names.toReversed()) {
    const more = { ...question, filter: { ...question.filter, [name]: first.filter[name] } };
    if ((await ask({ ...more, limit: 1, facets: false })).total > 0) question = more;
    else gone.unshift(name);
  }
  return { question, names: gone };
}

export interface Relaxed {
  answer: SearchAnswer;
  dropped: Dropped[];
  /** With all that was asked for, nothing was found. */
  empty: boolean;
}

/**
 * Asks, and where nothing is found asks for less, step by step: filters, the least important first, then a wider circle.
 * The engine itself lets words go, and says which. `exact` keeps all filters and the circle.
 */
export async function relaxed(
  search: SearchEngine,
  em: EntityManager,
  question: SearchQuestion,
  exact: boolean,
): Promise<Relaxed> {
  const ask = (one: SearchQuestion): Promise<SearchAnswer> => search.query(em, one);
  const answer = await ask(question);
  if (answer.total > 0) return { answer, dropped: [], empty: false };
  if (exact) return { answer, dropped: [], empty: true };
  const names: FilterName[] = [];
  let wider: Dropped | undefined;
  for (const step of steps(question)) {
    if (step.dropped.kind === 'FILTER') names.push(step.dropped.name);
    else wider = step.dropped;
    if ((await ask({ ...step.question, limit: 1, facets: false })).total === 0) continue;
    const kept = await restore(ask, question, step.question, names);
    const dropped: Dropped[] = kept.names.map((name) => ({ kind: 'FILTER', name, from: null, to: null }));
    const found = await ask(kept.question);
    return { answer: found, dropped: wider ? [...dropped, wider] : dropped, empty: true };
  }
  return { answer, dropped: [], empty: true };
}
