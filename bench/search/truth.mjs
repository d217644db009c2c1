// What must be true of an answer, asked of the directory's own tables by plain SQL that uses no index of the search.
import { isDeepStrictEqual } from 'node:util';

/** Totals are counted this far. */
const CAP = 1000;
const DAYS = `case when s.categories && array['homelessness', 'housing-instability', 'inadequate-housing'] then 2
  when 'food-insecurity' = any (s.categories) then 14 else 30 end`;
const HAVERSINE = `3958.7613 * 2 * asin(sqrt(power(sin(radians(l.latitude - $1::float8) / 2), 2)
  + cos(radians($1::float8)) * cos(radians(l.latitude)) * power(sin(radians(l.longitude - $2::float8) / 2), 2)))`;

/** Services that may be shown, with the site of each that may be; `miles` from $1, $2 and `served` for the areas $3. */
const LISTED = `
  select s.id, s.name, s.is_free, s.minimum_age, s.maximum_age, s.categories, o.name as agency, l.id as site, ${HAVERSINE} as miles,
    exists (select from hub.service_area a where a.service_id = s.id and a.covers && $3::text[]) as served, s.takes_referrals,
    exists (select from hub.accessibility a where a.location_id = l.id) as accessible,
    array(select a.code from hub.language a where a.service_id = s.id or a.location_id = l.id) as languages,
    coalesce(s.capacity_status in ('CAPACITY', 'ASSESSMENT_REQUIRED')
      and s.capacity_updated_at + make_interval(days => ${DAYS}) > now(), false) as has_room, s.assured_date,
    concat_ws(' ', s.name, s.alternate_name, s.description, o.name) as text
  from hub.service s join hub.organization o on o.id = s.organization_id
  left join hub.service_at_location a on a.service_id = s.id left join hub.location l on l.id = a.location_id
  where s.status = 'active' and o.listed and o.retired_at is null`;

/** The filters of a question as SQL over LISTED. */
function where(input) {
  const today = `(now() at time zone 'utc')::date`;
  return [
    'true',
    input.near && `(x.miles <= ${Number(input.near.radiusMiles ?? 25)} or x.served)`,
    input.free && 'x.is_free',
    input.takesReferrals && 'x.takes_referrals',
    input.accessible && 'x.accessible',
    input.language && `'${input.language}' = any (x.languages)`,
    input.hasRoom && 'x.has_room',
    input.category && `'${input.category}' = any (x.categories)`,
    input.verifiedWithinDays && `x.assured_date >= ${today} - ${Number(input.verifiedWithinDays)}`,
  ].filter(Boolean);
}

const about = (place) => [
  place?.latitude ?? 0,
  place?.longitude ?? 0,
  place ? ['US', `state:${place.state}`, `county:${place.state}/${place.county}`, `zip:${place.zip}`] : [],
];

function must(holds, question, what) {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(question.variables)}`);
}

/** Checks a page of results, and with `counted` the total, against the directory. Throws with the question when something cannot be. */
export async function checkSearch(owner, question, found, counted) {
  const { input } = question.variables;
  const { edges, total, totalIsExact, facets, understood } = found;
  const place = question.place;
  const ids = edges.map(({ node }) => node.service.id);
  must(new Set(ids).size === ids.length, question, 'A service comes twice');
  must(edges.length === Math.min(20, total), question, `${edges.length} results of ${total}`);
  const points = edges.map(({ node }) => node.explanation.reduce((sum, part) => sum + part.points, 0));
  must(
    points.every((sum, n) => n === 0 || sum <= points[n - 1] + 0.002),
    question,
    'Results are not in their order',
  );
  if (totalIsExact) checkFacets(question, facets, total);
  const { rows } = await owner.query(
    `select x.* from (${LISTED} and s.id = any ($4::uuid[])) x where ${where(input).join(' and ')}`,
    [...about(place), ids],
  );
  const truth = new Map(rows.map((row) => [row.id, row]));
  for (const { node } of edges) {
    const row = truth.get(node.service.id);
    must(row, question, `${node.service.name} does not meet what was asked for`);
    if (!place || row.miles === null) continue;
    must(Math.abs(node.distanceMiles - row.miles) <= 0.005 * row.miles + 0.01, question, `${node.distanceMiles} miles and not ${row.miles}`); // prettier-ignore
    must(node.servesArea === row.served, question, `Whether ${node.service.name} serves the area`);
  }
  checkFit(question, edges, truth);
  if (counted) await checkTotal(owner, question, { total, understood });
}

/** A facet counts without its own filter, but of what that filter lets through there is just the total. */
function checkFacets(question, facets, total) {
  const { input } = question.variables;
  for (const name of ['free', 'takesReferrals', 'hasRoom']) {
    if (input[name]) must(facets[name] === total, question, `Facet ${name} counts ${facets[name]} of ${total}`);
  }
  // Lists are counted over as many documents as are scored: where there are more without the filter, fewer than there are.
  const listed = {
    category: facets.categories.find(({ category }) => category.code === input.category)?.count ?? 0,
    language: facets.languages.find(({ value }) => value === input.language)?.count ?? 0,
  };
  for (const [name, count] of Object.entries(listed)) {
    if (input[name]) must(count <= total, question, `Facet ${name} counts ${count} of ${total}`);
  }
}

/** Nobody outside of the ages that a listing states is told that it is for them. */
function checkFit({ patient, variables }, edges, truth) {
  if (!patient) return;
  const age = (Date.now() - Date.parse(patient.birthDate)) / 31_556_952_000;
  for (const { node } of edges) {
    const { minimum_age: low, maximum_age: high } = truth.get(node.service.id);
    const out = (low !== null && age < Number(low) - 0.01) || (high !== null && age >= Number(high) + 1.01);
    must(node.fit && !(out && node.fit.verdict === 'MATCH'), { variables }, `${node.service.name} is not for that age`);
  }
}

/** Without words the total is exactly that of the tables; with words it holds at least what says them all itself. */
async function checkTotal(owner, question, { total, understood }) {
  const { input } = question.variables;
  if (input.text && understood.dropped.length > 0) return;
  const words = (input.text ?? '').split(' ').filter((word) => word !== '');
  const said = words.map((_, n) => `x.text ~* $${n + 4}`);
  const { rows } = await owner.query(
    `select count(distinct x.id)::int as n from (${LISTED}) x where ${[...said, ...where(input)].join(' and ')}`,
    [...about(question.place), ...words.map((word) => `\\m${word}\\M`)],
  );
  const least = Math.min(CAP, rows[0].n);
  if (input.text) must(total >= least, question, `${total} found, ${least} say it themselves`);
  else must(Math.min(CAP, total) === least, question, `${total} found and not ${least}`);
}

/** Each suggestion is the name of something, and begins a word as typed; or, with a misspelling, is near to it. */
export async function checkSuggestions(owner, question, found) {
  const { text } = question.variables;
  must(found.length > 0, question, 'Nothing is suggested');
  for (const { kind, text: name } of found) {
    const table = { SERVICE: 'hub.service', ORGANIZATION: 'hub.organization' }[kind];
    if (!table) continue;
    const { rows } = await owner.query(`select exists (select from ${table} where name = $1) as there`, [name]);
    must(rows[0].there, question, `${name} is no name of a ${kind.toLowerCase()}`);
  }
  const names = found.map(({ kind, text: name }) => `${kind} ${name}`);
  must(new Set(names).size === names.length, question, 'A suggestion comes twice');
  must(names.length <= 8, question, `${names.length} suggestions for ${text}`);
}

/**
 * Whether a later answer is the one that was checked: ids and total; points move with the clock. Of the many names that a
 * letter begins, any few are good suggestions.
 */
export function sameAnswer(one, other) {
  if (one.suggestServices) return other.suggestServices.length > 0;
  const essence = ({ searchServices: { edges, total } }) => ({ ids: edges.map(({ node }) => node.service.id), total });
  return isDeepStrictEqual(essence(one), essence(other));
}
