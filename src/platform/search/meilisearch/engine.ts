import { sql, type Kysely, type SqlBool } from 'kysely';
import { noCounts, SEARCH_COUNT_CAP, type SearchAnswer, type SearchEngine, type SearchQuestion } from '../port.js';
import { calledFirst, isNobody, ofCalled, type Called } from '../postgres/called.js';
import { holds } from '../postgres/conditions.js';
import { postgresSearch } from '../postgres/engine.js';
import { textPoints } from '../postgres/points.js';
import { without } from '../postgres/facets.js';
import { READ } from '../postgres/found.js';
import { answerFrom, type Relation } from '../postgres/statement.js';
import { understand } from '../postgres/understand.js';
import { build } from './build.js';
import { find, type FoundInMeili, type Scored } from './find.js';
import type { MeiliIndex } from './meili-index.js';
import { mark } from './push.js';
import { MOST_SERVICES } from './settings.js';

/** The documents of the services that Meilisearch met, as PostgreSQL has them: filters hold exactly, and what is gone stays away. */
function documentsOf(question: SearchQuestion, services: readonly Scored[]): Relation {
  const counted = services.slice(0, SEARCH_COUNT_CAP);
  const column = <K extends keyof Scored>(key: K) => counted.map((service) => service[key]);
  return {
    documents: sql`(select ${READ}, t.points as text_points, t.n as text_rank, d.id = t.id as as_found
      from unnest(${column('id')}::uuid[], ${column('serviceId')}::uuid[], ${column('points')}::float8[]) with ordinality t (id, service_id, points, n)
      join hub.search_document d on d.service_id = t.service_id where ${holds(question)})`,
    capped: () => sql.lit(services.length >= MOST_SERVICES),
  };
}

/**
 * Half of the points for words are Meilisearch's, half PostgreSQL's: each knows what the other overlooks, and together they
 * find better than either (nDCG@10 of 232 judged queries 0.865, alone 0.841 and 0.846). PostgreSQL weighs the best only:
 * 400 in place of 150 brought 0.002 and was most of what the hub added to the time of Meilisearch.
 */
const HALF = 0.5;
const WEIGHED = 150;

/** What Meilisearch is not asked for where only a name was said. */
const NOTHING_ELSE: FoundInMeili = { services: [], beside: new Map(), dropped: [], loose: [], wide: false };

/** The services that are called just what was typed, or whose agency is, by PostgreSQL: names of everyday words drown elsewhere. */
async function servicesOf(db: Kysely<unknown>, question: SearchQuestion, called: Called): Promise<Scored[]> {
  const documents = ofCalled(called, question, READ);
  const { rows } = await sql<Omit<Scored, 'points'>>`
    select distinct on (d.service_id) d.id, d.service_id as "serviceId" from ${documents} d order by d.service_id, d.id`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, points: 0 }));
}

/** These first, with the points that the engine gave them. */
function withNamed(named: readonly Scored[], found: readonly Scored[]): Scored[] {
  if (named.length === 0) return [...found];
  const points = new Map(found.map((one) => [one.serviceId, one]));
  const first = new Set(named.map(({ serviceId }) => serviceId));
  return [...named.map((one) => points.get(one.serviceId) ?? one), ...found.filter((one) => !first.has(one.serviceId))];
}

/**
 * Answers one question: Meilisearch finds and weighs the words, under every filter; the points, counts and pages are made
 * from PostgreSQL's documents by the statement that the other engine uses. So both answer in one scale, and no difference
 * between the two stores is ever seen by anyone.
 */
export async function meiliAnswer(
  index: MeiliIndex,
  db: Kysely<unknown>,
  question: SearchQuestion,
): Promise<SearchAnswer> {
  const { groups, corrected, called } = await understand(db, question.text ?? '');
  const reading = {
    corrected,
    synonyms: [...new Set(groups.flatMap((group) => group.means))],
    category: groups.find((group) => group.category !== null)?.category ?? null,
    dropped: [] as string[],
  };
  const nothing = { hits: [], total: 0, totalIsExact: true, counts: question.facets ? noCounts(question) : null };
  const named = isNobody(called) ? [] : await servicesOf(db, question, called);
  if ((question.text ?? '').trim() !== '' && groups.length === 0 && named.length === 0) return { ...nothing, reading };
  const needed = groups.filter(({ optional }) => !optional);
  const {
    services: found,
    beside,
    dropped,
    loose,
    wide,
  } = groups.length === 0 && named.length > 0 ? NOTHING_ELSE : await find(index, question, needed);
  const services = withNamed(named, found);
  reading.dropped = dropped.map((group) => group.said);
  if (services.length === 0 && [...beside.values()].every((list) => list.length === 0)) return { ...nothing, reading };
  const own = textPoints([...groups, ...loose], sql<SqlBool>`${sql.lit(wide)}`);
  const theirs = sql`${HALF}::float8 * d.text_points`;
  const { documents: _, ...answer } = await answerFrom(db, question, {
    ...documentsOf(question, services),
    text: calledFirst(called, own ? sql`${HALF}::float8 * ${own} + ${theirs}` : named.length > 0 ? theirs : null),
    order: sql`d.text_rank, d.id`,
    weighed: WEIGHED,
    unweighed: theirs,
    asFound: sql`d.as_found`,
    beside: new Map(
      [...beside].map(([dimension, list]) => [dimension, documentsOf(without(question, dimension), list)]),
    ),
  });
  return { ...answer, reading };
}

/**
 * The engine with nothing behind it: a server that is away is an error. What is written waits in PostgreSQL until it is
 * pushed. The hub puts a fallback behind its questions, see failover.ts.
 */
export function meiliSearch(index: MeiliIndex): SearchEngine {
  return {
    ...postgresSearch,
    name: 'meilisearch',
    async upsert(em, documents) {
      await postgresSearch.upsert(em, documents);
      await mark(em, [...new Set(documents.map(({ serviceId }) => serviceId))]);
    },
    async remove(em, serviceIds) {
      await postgresSearch.remove(em, serviceIds);
      await mark(em, serviceIds);
    },
    query: (em, question) => meiliAnswer(index, em.getKysely<unknown>(), question),
    count: async () => (await index.count()) ?? 0,
    async swap(write, source) {
      const services = await postgresSearch.swap(write, source);
      await build(index, write);
      return services;
    },
  };
}
