// The search of services by hand: what may stand for a word, points, the best place of each service. It does the hub's work
// and finds the same; it leaves out some finer points of the ranking, so that two services may stand in another order.

/** Weight of a word by where it stands, and what makes one word in a name count 1. */
const WEIGHTS = `'{0.3,0.6,0.8,1}'`;
const WHOLE = 1.645;

/** Words and phrases of the question with what is known of them, in one statement. */
export const lookUpSql = `
  with w as (
    select ord, word, (ts_lexize('pg_catalog.english_stem', word))[1] as stem from unnest($1::text[]) with ordinality t (word, ord)
  ), s as (
    select row_number() over (order by ord) - 1 as n, stem from w where stem is not null
  ), gram as (
    select a.n as from_n, b.n as to_n, (select string_agg(c.stem, ' ' order by c.n) from s c where c.n between a.n and b.n) as stems
    from s a join s b on b.n between a.n and a.n + 4
  )
  select (select json_agg(json_build_object('word', w.word, 'stem', w.stem, 'documents', coalesce(k.documents, 0)) order by w.ord)
      from w left join lateral (select sum(documents)::int as documents from hub.search_word where stem = w.stem) k on true) as words,
    (select json_agg(json_build_object('from', g.from_n, 'to', g.to_n, 'means', y.means, 'category', y.category) order by y.phrase)
      from gram g join hub.search_synonym y on y.stems = g.stems) as phrases`;

/** Groups of words: the longest known phrase from each word on. */
export function groupsOf({ words, phrases }) {
  const content = (words ?? []).filter((word) => word.stem !== null);
  const groups = [];
  for (let at = 0; at < content.length;) {
    const here = (phrases ?? []).filter((phrase) => phrase.from === at);
    const to = Math.max(at, ...here.map((phrase) => phrase.to));
    const met = here.filter((phrase) => phrase.to === to);
    const part = content.slice(at, to + 1);
    const documents = Math.min(...part.map((word) => word.documents));
    groups.push({
      said: part.map((word) => word.word).join(' '),
      means: [...new Set(met.flatMap((phrase) => phrase.means))],
      category: met.find((phrase) => phrase.category !== null)?.category ?? null,
      weight: met.length > 0 ? 1 : Math.min(1.4, Math.max(0.4, 1.4 - 0.12 * Math.log(1 + documents))),
    });
    at = to + 1;
  }
  const whole = groups.reduce((sum, group) => sum + group.weight, 0);
  return groups.map((group) => ({
    ...group,
    share: group.weight / whole,
    ownFactor: factorOf(group.said),
    meansFactor: WHOLE * group.means.length,
  }));
}

/** The cells of the map around a point that listings are filed under, and the areas that a place lies in. */
export function tagsOf({ zip, county, state, latitude, longitude }, radius) {
  const tall = radius / 69.05;
  const widest = Math.min(89, Math.abs(latitude) + tall);
  const wide = tall / Math.cos((widest * Math.PI) / 180);
  const cells = [];
  for (let y = Math.floor((latitude - tall) * 4); y <= Math.floor((latitude + tall) * 4); y += 1) {
    for (let x = Math.floor((longitude - wide) * 4); x <= Math.floor((longitude + wide) * 4); x += 1) {
      cells.push(`c:${y}:${x}`);
    }
  }
  const covers = ['US', `state:${state}`, ...(county ? [`county:${state}/${county}`] : []), `zip:${zip}`];
  const served = covers.map((area) => `cov:${area}`);
  return { tags: [...cells, ...served], served };
}

/** How well a wording is met: alone by its words, a phrase by how near they stand. All are expressions in SQL. */
export const rank = (query, factor) => `least(1, ts_rank(${WEIGHTS}, d.words, ${query}) * ${factor})`;

/** What a wording that is one word counts in a name; a phrase counts by itself. */
export const factorOf = (text) => (/[ -]/.test(text) ? 1 : WHOLE);

/** Adds up the points of the groups: the best of the words themselves, a synonym, words of synonyms, the category. */
const textPoints = (groups) =>
  groups
    .map(
      ({ own, ownFactor, synonyms, means, meansFactor, category, share }) => `coalesce(${share} * greatest(
        ${[rank(own, ownFactor), ...synonyms.map((points) => `0.75::float8 * ${points}`)].join(', ')},
        0.3::float8 * ${rank(means, meansFactor)}, case when d.words @@ ${category} then 0.15::float8 else 0 end), 0)`,
    )
    .join(' + ');

/** The best place of each service that was found, with its points. All parts are expressions in SQL. */
export const bestSql = ({ groups, wanted, tags, served, latitude, longitude, radius }) => `
  with found as (
    select d.id, d.service_id, d.words, d.capacity_until, d.capacity_status, d.assured_date, d.answers, d.tags && ${served} as serves,
      hub.miles(${latitude}, ${longitude}, d.latitude, d.longitude) as miles
    from hub.search_document d where d.words @@ (${wanted}) and d.tags && ${tags} limit 2000
  ), best as (
    select distinct on (service_id) service_id, id, miles, round((60 * (${textPoints(groups)})
      + greatest(coalesce(160 / (8 + d.miles), 0), case when d.serves then 6 else 0 end)
      + case when d.capacity_until > now() then case d.capacity_status when 'CAPACITY' then 5 when 'ASSESSMENT_REQUIRED' then 3
          when 'NO_CAPACITY' then 0 else 1 end else 2 end
      + 5 * coalesce(d.answers, 0.5)
      + coalesce(5 * greatest(0, least(1, 1 - (current_date - d.assured_date) / 540::float8)), 0)) * 1000)::int as score
    from found d where d.miles <= ${radius} or d.serves order by service_id, score desc, id
  )`;

/** What PostGraphile and Mercurius call: the same search with the words read already, for up to two groups. */
export const searchFunction = () => {
  const groups = [1, 2].map((n) => ({
    own: `own${n}::tsquery`,
    ownFactor: `own_factor${n}`,
    synonyms: [`(select max(${rank('m.q::tsquery', 'm.f')}) from unnest(synonyms${n}, synonym_factors${n}) m (q, f))`],
    means: `means${n}::tsquery`,
    meansFactor: `means_factor${n}`,
    category: `category${n}::tsquery`,
    share: `share${n}`,
  }));
  const parameters = [1, 2].flatMap((n) => [
    `own${n} text`,
    `own_factor${n} float8`,
    `synonyms${n} text[]`,
    `synonym_factors${n} float8[]`,
    `means${n} text`,
    `means_factor${n} float8`,
    `category${n} text`,
    `share${n} float8`,
  ]);
  const best = bestSql({
    groups,
    wanted: 'search_services.wanted::tsquery',
    tags: 'search_services.near_tags',
    served: 'search_services.served',
    latitude: 'search_services.lat',
    longitude: 'search_services.lon',
    radius: 'search_services.radius',
  });
  return `create or replace function bench.search_services(${parameters.join(', ')}, wanted text, near_tags text[], served text[],
    lat float8, lon float8, radius float8) returns setof bench.found_service language sql stable as $$
    ${best} select service_id, miles, score, (count(*) over ())::int from best order by score desc, service_id desc limit 20 $$`;
};
