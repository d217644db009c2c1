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

/** What an engine has found: documents to be scored, counted and cut into pages here, the same for every engine. */
export interface Candidates {
  /** Rows of hub.search_document; a row may say `as_found = false` where another of its service met the words. */
  documents: Expression;
  /** Points for the words, over a row `d` of these. */
  text: Expression;
  /** What would be found without what is chosen from a list. */
  beside: ReadonlyMap<Dimension, Expression>;
  /** More was found than `documents` holds. */
  many: boolean;
  /** So many documents there are at most, or there were more. */
  limit: number;
}

type Parts = SearchHit['parts'];
type HitRow = Omit<SearchHit, 'parts'> & Parts;

interface AnswerRow {
  hits: HitRow[] | null;
  services: number;
  documents: number;
  counts: Partial<SearchCounts>[] | null;
}

/** What counting reads. Whole documents would not fit into memory a few thousand times. */
const COUNTED = sql`d.id, d.service_id, d.organization_id, d.location_id, d.categories, d.languages, d.costs, d.terms, d.is_free, d.takes_referrals,
  d.accessible, d.has_interpreter, d.capacity_status, d.capacity_until, d.assured_date, d.hours, d.eligibility`;

function statement(question: SearchQuestion, { documents, text, beside }: Candidates) {
  const { near, after } = question;
  const miles = near ? milesFrom(near) : sql`null::float8`;
  const servesArea = near ? serves(near) : sql`false`;
  const beyond = after ? sql`where (score, service_id) < (${after.score}::int, ${after.serviceId}::uuid)` : sql``;
  const wider = question.facets ? [...beside] : [];
  const name = (dimension: Dimension): Expression => sql.ref(`beside_${dimension}`);
  const besides = wider.map(
    ([dimension, others]) => sql`, ${name(dimension)} as materialized (select ${COUNTED} from ${others} d)`,
  );
  const counts = question.facets
    ? countsOf(question, sql`scored`, new Map(wider.map(([dimension]) => [dimension, name(dimension)])))
    : sql`null::json`;
  return sql<AnswerRow>`
    with placed as (
      select d.*, ${miles} as miles, ${servesArea} as serves_area from ${documents} d
    ), pointed as (
      select ${COUNTED}, d.as_found, d.miles, d.serves_area, ${text} as text, ${distancePoints(question)} as distance,
        ${fitPoints(question)} as fit, ${roomPoints(question)} as room, ${freshnessPoints(question)} as freshness,
        ${answersPoints()} as answers
      from placed d
    ), scored as materialized (
      select *, round((coalesce(text, 0) + coalesce(distance, 0) + coalesce(fit, 0) + room + freshness + answers) * 1000)::int as score from pointed
    ), best as materialized (
      select distinct on (service_id) * from scored order by service_id, score desc, as_found desc, id
    )${besides.length > 0 ? sql.join(besides, sql``) : sql``}
    select (
      select json_agg(json_build_object('serviceId', service_id, 'siteId', case when location_id is not null then id end, 'score', score,
        'text', text, 'distance', distance, 'fit', fit, 'room', room, 'freshness', freshness, 'answers', answers, 'miles', miles, 'servesArea', serves_area)
        order by score desc, service_id desc)
      from (select * from best ${beyond} order by score desc, service_id desc limit ${question.limit}) page
    ) as hits, (select count(*)::int from best) as services, (select count(*)::int from scored) as documents, ${counts} as counts`;
}

function toHit({ text, distance, fit, room, freshness, answers, ...hit }: HitRow): SearchHit {
  return { ...hit, parts: { text, distance, fit, room, freshness, answers } };
}

/** Scores, counts and pages what was found. */
export async function answerFrom(
  db: Kysely<unknown>,
  question: SearchQuestion,
  candidates: Candidates,
): Promise<Omit<SearchAnswer, 'reading'>> {
  const { rows } = await statement(question, candidates).execute(db);
  const { hits, services, documents, counts } = rows[0] ?? { hits: null, services: 0, documents: 0, counts: null };
  const { many, limit } = candidates;
  return {
    hits: (hits ?? []).map(toHit),
    total: many ? SEARCH_COUNT_CAP : Math.min(services, SEARCH_COUNT_CAP),
    totalIsExact: !many && services <= SEARCH_COUNT_CAP && documents < limit,
    counts: counts ? (Object.assign({}, ...counts) as SearchCounts) : null,
  };
}
