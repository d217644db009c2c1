import { sql, type Kysely } from 'kysely';
import {
  SEARCH_COUNT_CAP,
  type SearchAnswer,
  type SearchCounts,
  type SearchHit,
  type SearchQuestion,
} from '../port.js';
import { milesFrom, serves, type Expression } from './conditions.js';
import { countsOf, type Dimension } from './facets.js';
import { answersPoints, distancePoints, fitPoints, freshnessPoints, roomPoints } from './points.js';

/** Documents that were found. */
export interface Relation {
  /** Rows `d` with what `READ` reads. */
  documents: Expression;
  /** Whether there are more than these, told of a relation that holds them. */
  capped: (documents: Expression) => Expression;
}

/** What an engine has found: documents to be scored, counted and cut into pages here, the same for every engine. */
export interface Candidates extends Relation {
  /** Points for the words, over a row `w` of `words` and `name` beside the row `d`; null when no words were asked for. */
  text: Expression | null;
  /** Which documents are weighed so, the first first; over a row `d` with its other points as `rest`. */
  order: Expression;
  weighed: number;
  /** Points for the words of what is not weighed. */
  unweighed: Expression;
  /** Which document of a service stands for it where several have as many points. */
  asFound: Expression;
  /** What would be found without what is chosen from a list. */
  beside: ReadonlyMap<Dimension, Relation>;
}

type Parts = SearchHit['parts'];
type HitRow = Omit<SearchHit, 'parts'> & Parts;

interface AnswerRow {
  hits: HitRow[] | null;
  services: number;
  documents: number;
  capped: boolean;
  /** Everything that `counts` is of was read. */
  exact: boolean;
  counts: Partial<SearchCounts>[] | null;
}

/** The words of a document are unpacked once, however often they are looked at. */
const WORDS = sql`(select w.words || ''::tsvector as words, w.name from hub.search_document w where w.id = d.id offset 0) w`;

function statement(question: SearchQuestion, candidates: Candidates) {
  const { near, after } = question;
  const { text, order, weighed, unweighed } = candidates;
  const miles = near ? milesFrom(near) : sql`null::float8`;
  const servesArea = near ? serves(near) : sql`false`;
  const beyond = after ? sql`where (score, service_id) < (${after.score}::int, ${after.serviceId}::uuid)` : sql``;
  const beside = question.facets ? [...candidates.beside] : [];
  const name = (dimension: Dimension): Expression => sql.ref(`beside_${dimension}`);
  const besides = beside.map(
    ([dimension, { documents }]) => sql`, ${name(dimension)} as materialized (select * from ${documents} d)`,
  );
  const counts = question.facets
    ? countsOf(question, sql`found`, new Map(beside.map(([dimension]) => [dimension, name(dimension)])))
    : sql`null::json`;
  const uncounted = sql.join(
    [candidates.capped(sql`found`), ...beside.map(([dimension, { capped }]) => capped(name(dimension)))],
    sql` or `,
  );
  const points = text
    ? sql`case when d.n <= ${weighed} then (select ${text} from ${WORDS}) else ${unweighed} end`
    : sql`null::float8`;
  const numbered = text ? sql`row_number() over (order by ${order})` : sql`0`;
  return sql<AnswerRow>`
    with found as materialized (
      select * from ${candidates.documents} d
    ), placed as (
      select d.*, ${miles} as miles, ${servesArea} as serves_area from found d
    ), pointed as (
      select d.*, ${distancePoints(question)} as distance, ${fitPoints(question)} as fit, ${roomPoints(question)} as room,
        ${freshnessPoints(question)} as freshness, ${answersPoints()} as answered
      from placed d
    ), summed as (
      select d.*, coalesce(distance, 0) + coalesce(fit, 0) + room + freshness + answered as rest from pointed d
    ), ordered as (
      select d.*, ${numbered} as n from summed d
    ), weighed as materialized (
      select d.id, d.service_id, d.organization_id, d.location_id, d.miles, d.serves_area, d.distance, d.fit, d.room, d.freshness, d.answered, d.rest,
        ${candidates.asFound} as as_found, ${points} as text
      from ordered d
    ), scored as (
      select *, round((coalesce(text, 0) + rest) * 1000)::int as score from weighed
    ), best as materialized (
      select distinct on (service_id) * from scored order by service_id, score desc, as_found desc, id
    )${besides.length > 0 ? sql.join(besides, sql``) : sql``}
    select (
      select json_agg(json_build_object('serviceId', service_id, 'organizationId', organization_id, 'siteId', case when location_id is not null then id end,
        'locationId', location_id, 'score', score,
        'text', text, 'distance', distance, 'fit', fit, 'room', room, 'freshness', freshness, 'answers', answered, 'miles', miles, 'servesArea', serves_area)
        order by score desc, service_id desc)
      from (select * from best ${beyond} order by score desc, service_id desc limit ${question.limit}) page
    ) as hits, (select count(*)::int from best) as services, (select count(*)::int from found) as documents,
    ${candidates.capped(sql`found`)} as capped, not (${uncounted}) as exact, ${counts} as counts`;
}

function toHit({ text, distance, fit, room, freshness, answers, ...hit }: HitRow): SearchHit {
  return { ...hit, parts: { text, distance, fit, room, freshness, answers } };
}

/** Scores, counts and pages what was found; `documents` tells how much that was. */
export async function answerFrom(
  db: Kysely<unknown>,
  question: SearchQuestion,
  candidates: Candidates,
): Promise<Omit<SearchAnswer, 'reading'> & { documents: number }> {
  const { rows } = await statement(question, candidates).execute(db);
  const [row] = rows;
  if (!row) throw new Error('A select without a table gives one row');
  const { hits, services, documents, capped, exact, counts } = row;
  return {
    hits: (hits ?? []).map(toHit),
    total: Math.min(services, SEARCH_COUNT_CAP),
    totalIsExact: !capped && services <= SEARCH_COUNT_CAP,
    counts: counts ? (Object.assign({ exact }, ...counts) as SearchCounts) : null,
    documents,
  };
}
