// Needs by category of a plan's members, by hand: one statement. What must be withheld is worked out by the hub's own
// functions, which are plain arithmetic, and needs the counts of every cut.
import 'reflect-metadata';
import { chain } from '../../dist/population/cells.js';
import { needFigures } from '../../dist/population/need-figures.js';
import { pool } from './listen.mjs';

const trace = `, trace as (insert into hub.audit (id, org_id, actor_id, via, roles, action, entity, purpose, detail)
    select uuidv7(), $1, $4, 'SESSION', $5::text[], 'population.read', 'population', 'POPULATION', '{}'::jsonb from members)`;
const sql = (audit) => `with members as (
    select count(*)::int as members from (select from hub.population_span
      where plan_org_id = $1 and covered_from <= $3::date and covered_to >= $2::date group by person_key) x
  ), needs as (
    select distinct on (person_key, category) person_key, category, identified_on, age_band, county,
      identified_on - (extract(day from identified_on)::int - 1) as month
    from hub.population_need where plan_org_id = $1 and identified_on between $2::date and $3::date
    order by person_key, category, identified_on
  ), people as (
    select distinct on (person_key) '' as category, age_band, county, month from needs order by person_key, identified_on
  ), counted as (
    select category, case when grouping(age_band) = 0 then 'AGE_BAND' when grouping(county) = 0 then 'COUNTY' else 'MONTH' end as by,
      coalesce(age_band, county, to_char(month, 'YYYY-MM')) as key, count(*)::int as count
    from (select category, age_band, county, month from needs union all select * from people) x
    group by grouping sets ((category, age_band), (category, county), (category, month))
  )${audit}
  select members, (select json_agg(counted) from counted) as needs from members`;

export async function population(caller, query, audited) {
  if (!caller.roles.includes('PLAN_ANALYST')) return undefined;
  const values = [caller.organizationId, query.get('from'), query.get('to')];
  const { rows } = audited
    ? await pool.query({ name: 'audited', text: sql(trace), values: [...values, caller.userId, caller.roles] })
    : await pool.query({ name: 'population', text: sql(''), values });
  const [members] = chain([rows[0].members]);
  const { needs, needsTotal } = needFigures(rows[0].needs ?? [], 'CATEGORY');
  return JSON.stringify({
    members,
    needsTotal,
    needs: needs.map(({ share, ...row }) => ({ ...row, percent: share.percent })),
  });
}
