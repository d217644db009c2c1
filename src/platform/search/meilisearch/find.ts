import { RANK } from '../ranking.js';
import type { SearchQuestion } from '../port.js';
import { chosen, without, type Dimension } from '../postgres/facets.js';
import { areNeeds, asCalled, leastLoss, loosened, widely } from '../postgres/relax.js';
import type { Group } from '../postgres/understand.js';
import { filtersOf } from './filter.js';
import type { MeiliIndex, MeiliQuery, Met } from './meili-index.js';
import { keyOf } from './settings.js';

/** With fewer services than this the question is widened. */
const ENOUGH = 10;
/** Of what a word less would find, this much is counted. */
const LOOK_AHEAD = 100;
/** A synonym is worth less than the words themselves. */
const SYNONYM = 0.8;
/** Of what a word is worth, one part in so many is for the category alone. */
const WIDELY = 4;

/** A service with its points for the words. */
export interface Scored {
  id: string;
  serviceId: string;
  points: number | null;
}

export interface FoundInMeili {
  services: Scored[];
  /** For each list from which something is chosen, the services that would be found otherwise. */
  beside: Map<Dimension, Scored[]>;
  dropped: Group[];
  /** Single words that count a little, where any of them was enough. */
  loose: Group[];
  /** Whatever is of a category is found too. */
  wide: boolean;
}

/** The words as they were said, and, where something means the same, the signs that stand for that. */
function wordings(groups: readonly Group[]): { q: string; worth: number }[] {
  const said = { q: groups.map((group) => group.said).join(' '), worth: 1 };
  const widened = groups.map((group) =>
    group.means.length > 0 || group.category !== null ? keyOf(group) : group.said,
  );
  const means = { q: widened.join(' '), worth: SYNONYM };
  return means.q === said.q ? [said] : [said, means];
}

function queriesFor(question: SearchQuestion, groups: readonly Group[]): (MeiliQuery & { worth: number })[] {
  const filter = filtersOf(question);
  const { near } = question;
  const sort = near ? [`_geoPoint(${near.latitude}, ${near.longitude}):asc`] : [];
  if (groups.length === 0) return [{ q: '', filter, sort, worth: 0 }];
  return wordings(groups).map(({ q, worth }) => ({ q, worth, filter, sort }));
}

const weightOf = (groups: readonly Group[]): number => groups.reduce((sum, group) => sum + group.weight, 0);

/** The best of several lists for each service, in points. */
function best(lists: readonly { met: readonly Met[]; worth: number }[], worded: boolean): Scored[] {
  const services = new Map<string, Scored>();
  for (const { met, worth } of lists) {
    for (const { id, serviceId, score } of met) {
      const points = worded ? RANK.text * worth * score : null;
      const known = services.get(serviceId);
      if (!known || (points ?? 0) > (known.points ?? 0)) services.set(serviceId, { id, serviceId, points });
    }
  }
  // Without words the order is that of the engine: the nearest or the best kept first.
  return worded ? [...services.values()].sort((a, b) => (b.points ?? 0) - (a.points ?? 0)) : [...services.values()];
}

type Search = (queries: readonly MeiliQuery[], limit?: number) => Promise<(readonly Met[])[]>;

/** Asks an index, and nothing twice: a wider question has the words as they were said in it again. */
function once(index: MeiliIndex): Search {
  const known = new Map<string, readonly Met[]>();
  return async (queries, limit) => {
    const all = new Map(queries.map((query) => [JSON.stringify([query, limit]), query]));
    const fresh = [...all].filter(([key]) => !known.has(key));
    const answers = await index.search(
      fresh.map(([, query]) => query),
      limit,
    );
    for (const [n, [key]] of fresh.entries()) known.set(key, answers[n] ?? []);
    return queries.map((query) => known.get(JSON.stringify([query, limit])) ?? []);
  };
}

/** Asks one or more questions at once; each gives one list of services. */
async function ask(
  search: Search,
  asked: readonly { question: SearchQuestion; groups: readonly Group[] }[],
  limit?: number,
): Promise<Scored[][]> {
  const queries = asked.map(({ question, groups }) => queriesFor(question, groups));
  const flat = queries.flat().map(({ q, filter, sort }) => ({ q, filter, sort }));
  const answers = await search(flat, limit);
  let at = 0;
  return queries.map((list, n) => {
    const met = list.map(({ worth }) => ({ met: answers[at++] ?? [], worth }));
    return best(met, (asked[n]?.groups.length ?? 0) > 0);
  });
}

/**
 * Finds services by the words and filters. With too few, words go as in the other engine, what says least first; what
 * has all the words keeps all its points.
 */
export async function find(
  index: MeiliIndex,
  question: SearchQuestion,
  groups: readonly Group[],
): Promise<FoundInMeili> {
  const search = once(index);
  const dimensions = question.facets ? chosen(question.filter) : [];
  const beside = (required: readonly Group[]) =>
    dimensions.map((dimension) => ({ question: without(question, dimension), groups: required }));
  const named = (lists: readonly Scored[][]) => new Map(dimensions.map((dimension, n) => [dimension, lists[n] ?? []]));

  const called = groups.map(asCalled);
  const [first = [], ...others] = await ask(search, [{ question, groups: called }, ...beside(called)]);
  let [required, services] = [called, first];
  const dropped: Group[] = [];
  while (services.length < ENOUGH && required.length > 1 && !areNeeds(groups, dropped)) {
    const options = required.map((group) => ({ group, rest: required.filter((other) => other !== group) }));
    const found = await ask(
      search,
      options.map(({ rest }) => ({ question, groups: rest })),
      LOOK_AHEAD,
    );
    const most = leastLoss(
      options.map((option, n) => ({ ...option, found: found[n] ?? [], documents: found[n]?.length ?? 0 })),
      services.length,
    );
    if (!most) break;
    dropped.push(most.group);
    required = most.rest;
    const [wider = []] =
      most.found.length >= LOOK_AHEAD ? await ask(search, [{ question, groups: required }]) : [most.found];
    services = joined(services, wider, weightOf(required) / weightOf(groups));
  }
  const whole = weightOf(groups);
  let wide = false;
  if (services.length < ENOUGH && areNeeds(groups, dropped)) {
    services = await anyOf(search, question, required, services, whole);
  }
  if (services.length < ENOUGH) {
    const left = widely(groups, dropped);
    const more = left.length === 0 ? services : await anyOf(search, question, left, services, whole * WIDELY);
    wide = more.length > services.length;
    services = more;
  }
  const loose = loosened(groups, services.length);
  const any = loose.length > 0 ? await anyOf(search, question, loose, services, whole) : services;
  if (any.length > services.length) return { services: any, dropped: [...groups], beside: named(others), loose, wide };
  const same = dropped.length === 0 && !wide;
  if (same || dimensions.length === 0) return { services, dropped, beside: named(others), loose, wide };
  return {
    services,
    dropped,
    beside: named(await ask(search, beside(wide ? widely(groups, dropped) : required))),
    loose,
    wide,
  };
}

/** What was found, and after it whatever has a single one of the words. */
async function anyOf(
  search: Search,
  question: SearchQuestion,
  words: readonly Group[],
  found: Scored[],
  whole: number,
): Promise<Scored[]> {
  const lists = await ask(
    search,
    words.map((word) => ({ question, groups: [word] })),
  );
  return lists.reduce((all, list, n) => joined(all, list, (words[n]?.weight ?? 0) / whole), found);
}

/** What has more of the words keeps its points; the rest gets its share of theirs. */
function joined(before: readonly Scored[], wider: readonly Scored[], share: number): Scored[] {
  const known = new Set(before.map(({ serviceId }) => serviceId));
  const rest = wider.filter(({ serviceId }) => !known.has(serviceId));
  return [...before, ...rest.map((one) => ({ ...one, points: one.points === null ? null : one.points * share }))];
}
