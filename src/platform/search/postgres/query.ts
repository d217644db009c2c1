import { sql, type Kysely } from 'kysely';
import {
  SEARCH_COUNT_CAP,
  type SearchAnswer,
  type SearchCounts,
  type SearchHit,
  type SearchQuestion,
} from '../port.js';
import {
  all,
  filters,
  hasRoom,
  inName,
  matches,
  milesFrom,
  serves,
  type Condition,
  type Expression,
} from './conditions.js';
import { CANDIDATES } from './limits.js';
import { distancePoints, freshnessPoints, roomPoints, textPoints } from './points.js';
import { relax } from './relax.js';
import { understand, type Group } from './understand.js';

/** Where that many have the words in their name, so many more are scored that have them elsewhere. */
const BESIDES = 1000;

interface HitRow {
  serviceId: string;
  siteId: string | null;
  score: number;
  text: number | null;
  distance: number | null;
  room: number;
  freshness: number;
  miles: number | null;
  servesArea: boolean;
}

interface AnswerRow {
  hits: HitRow[] | null;
  services: number;
  documents: number;
  counts: SearchCounts | null;
}

/** The documents to score. Where there are too many, those with the words in their name come first, then the nearest or the best kept. */
function candidates(
  question: SearchQuestion,
  groups: readonly Group[],
  required: readonly Group[],
  many: boolean,
): Expression {
  const found = [...matches(required), ...filters(question)];
  if (groups.length > 0 && !many) {
    return sql`(select d.* from hub.search_document d where ${all(found)} limit ${CANDIDATES})`;
  }
  const order = question.near ? sql`${milesFrom(question.near)} nulls last, d.id` : sql`d.quality desc, d.id`;
  // Ids alone are sorted: whole rows would go through temporary files.
  const pick = (conditions: readonly Condition[], limit: number = CANDIDATES) =>
    sql`(select d.id from hub.search_document d where ${all(conditions)} order by ${order} limit ${limit})`;
  const ids =
    groups.length > 0 ? sql`(${pick([...found, ...inName(required)])} union ${pick(found, BESIDES)})` : pick(found);
  return sql`(select d.* from ${ids} i join hub.search_document d on d.id = i.id)`;
}

function statement(question: SearchQuestion, groups: readonly Group[], from: Expression) {
  const { near, after } = question;
  const miles = near ? milesFrom(near) : sql`null::float8`;
  const servesArea = near ? serves(near) : sql`false`;
  const beyond = after ? sql`where (score, service_id) < (${after.score}::int, ${after.serviceId}::uuid)` : sql``;
  const counts = question.facets
    ? sql`json_build_object(
        'categories', (select coalesce(json_object_agg(x, n), '{}') from (select x, count(*) n from best, unnest(categories) x group by x) f),
        'languages', (select coalesce(json_object_agg(x, n), '{}') from (select x, count(*) n from best, unnest(languages) x group by x) f),
        'free', (select count(*) from best where is_free), 'takesReferrals', (select count(*) from best where takes_referrals),
        'hasRoom', (select count(*) from best where has_room))`
    : sql`null::json`;
  return sql<AnswerRow>`
    with placed as (
      select d.*, ${miles} as miles, ${servesArea} as serves_area from ${from} d
    ), pointed as (
      select d.id, d.service_id, d.location_id, d.categories, d.languages, d.is_free, d.takes_referrals, ${hasRoom(question)} as has_room,
        d.miles, d.serves_area, ${textPoints(groups)} as text, ${distancePoints(question)} as distance, ${roomPoints(question)} as room,
        ${freshnessPoints(question)} as freshness
      from placed d
    ), scored as materialized (
      select *, round((coalesce(text, 0) + coalesce(distance, 0) + room + freshness) * 1000)::int as score from pointed
    ), best as materialized (
      select distinct on (service_id) * from scored order by service_id, score desc, id
    )
    select (
      select json_agg(json_build_object('serviceId', service_id, 'siteId', case when location_id is not null then id end, 'score', score,
        'text', text, 'distance', distance, 'room', room, 'freshness', freshness, 'miles', miles, 'servesArea', serves_area)
        order by score desc, service_id desc)
      from (select * from best ${beyond} order by score desc, service_id desc limit ${question.limit}) page
    ) as hits, (select count(*)::int from best) as services, (select count(*)::int from scored) as documents, ${counts} as counts`;
}

function toHit(row: HitRow): SearchHit {
  const { text, distance, room, freshness } = row;
  const { serviceId, siteId, score, miles, servesArea } = row;
  return { serviceId, siteId, score, miles, servesArea, parts: { text, distance, room, freshness } };
}

/** Answers one question: reads the words, relaxes them where too little is found, scores and counts. */
export async function answer(db: Kysely<unknown>, question: SearchQuestion): Promise<SearchAnswer> {
  const { groups, corrected } = await understand(db, question.text ?? '');
  const asked = (question.text ?? '').trim() !== '';
  const { required, dropped, many, nothing } = await relax(db, question, groups);
  const reading = {
    corrected,
    synonyms: [...new Set(groups.flatMap((group) => group.means))],
    category: groups.find((group) => group.category !== null)?.category ?? null,
    dropped: dropped.map((group) => group.said),
  };
  if (nothing || (asked && groups.length === 0)) {
    return { hits: [], total: 0, totalIsExact: true, counts: emptyCounts(question), reading };
  }
  const from = candidates(question, groups, required, many);
  const { rows } = await statement(question, groups, from).execute(db);
  const row = rows[0];
  const services = row?.services ?? 0;
  return {
    hits: (row?.hits ?? []).map(toHit),
    total: many ? SEARCH_COUNT_CAP : Math.min(services, SEARCH_COUNT_CAP),
    totalIsExact: !many && services <= SEARCH_COUNT_CAP && (row?.documents ?? 0) < CANDIDATES,
    counts: row?.counts ?? null,
    reading,
  };
}

function emptyCounts(question: SearchQuestion): SearchCounts | null {
  return question.facets ? { categories: {}, languages: {}, free: 0, takesReferrals: 0, hasRoom: 0 } : null;
}
