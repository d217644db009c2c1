// A page of services by hand: one statement reads the question, one finds and shows.
import { placeOf } from '../../dist/directory/places.js';
import { pool } from './listen.mjs';
import { bestSql, factorOf, groupsOf, lookUpSql, rank, tagsOf } from './search-sql.mjs';
import { openState } from './open-state.mjs';

const schedule = `json_agg(json_build_object('byday', h.byday, 'opens', h.opens_at, 'closes', h.closes_at))`;

const any = (list, values) =>
  `(${list.map((text) => `plainto_tsquery('hub.plain', $${values.push(text)}::text)`).join(' || ')})`;

function statement(groups, place, radius) {
  const { tags, served } = tagsOf(place, radius);
  const values = [tags, served, place.latitude, place.longitude, radius];
  const parts = groups.map((group) => ({
    own: any([group.said], values),
    ownFactor: `$${values.push(group.ownFactor)}::float8`,
    synonyms: group.means.map((text) => rank(any([text], values), String(factorOf(text)))),
    means: group.means.length > 0 ? any(group.means, values) : null,
    meansFactor: `$${values.push(group.meansFactor)}::float8`,
    // All of a category is asked for only where little is found; here enough is.
    category: null,
    share: `$${values.push(group.share)}::float8`,
  }));
  const wanted = parts.map(({ own, means, category }) => `(${[own, means, category].filter(Boolean).join(' || ')})`);
  const best = bestSql({
    groups: parts.map((part) => ({
      ...part,
      means: part.means ?? 'null::tsquery',
      category: part.category ?? 'null::tsquery',
    })),
    wanted: wanted.join(' && '),
    tags: '$1::text[]',
    served: '$2::text[]',
    latitude: '$3::float8',
    longitude: '$4::float8',
    radius: '$5::float8',
  });
  const text = `${best}
    select (select count(*)::int from best) as total, coalesce(json_agg(json_build_object('id', s.id, 'name', s.name,
      'organization', o.name, 'miles', p.miles, 'zone', coalesce(s.time_zone, o.time_zone),
      'room', case when s.capacity_updated_at + make_interval(days => hub.capacity_days(s.categories)) > now()
        then s.capacity_status else 'UNKNOWN' end,
      'schedules', coalesce((select ${schedule} from hub.schedule h where h.service_id = s.id),
        (select ${schedule} from hub.service_at_location a join hub.schedule h on h.service_at_location_id = a.id
          where a.service_id = s.id))) order by p.score desc, p.service_id desc), '[]') as rows
    from (select * from best order by score desc, service_id desc limit 20) p
    join hub.service s on s.id = p.service_id join hub.organization o on o.id = s.organization_id`;
  return { text, values };
}

export async function search(query) {
  const words = query
    .get('text')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const found = await pool.query({ name: 'look-up', text: lookUpSql, values: [words] });
  const groups = groupsOf(found.rows[0]);
  const { rows } = await pool.query(statement(groups, placeOf(query.get('zip')), 25));
  const at = new Date(query.get('at'));
  return JSON.stringify({
    total: Math.min(rows[0].total, 1000),
    rows: rows[0].rows.map(({ zone, schedules, ...row }) => ({ ...row, open: openState(schedules, zone, at) })),
  });
}
