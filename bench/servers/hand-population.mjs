// Needs by category of a plan's members, by hand: one statement reads the latest report, which has the figures as they are shown.
import { pool } from './listen.mjs';

const trace = `, trace as (insert into hub.audit (id, org_id, actor_id, via, roles, action, entity, purpose, detail)
    select uuidv7(), $1, $2, 'SESSION', $3::text[], 'population.read', 'population', 'POPULATION', '{}'::jsonb from report)`;
const sql = (audit) => `with report as (
    select id, first_day, last_day, figures from hub.population_report where plan_org_id = $1 order by first_day desc limit 1
  )${audit} select figures from report`;

const cell = (value) => ({ value, suppressed: value === null });

export async function population(caller, query, audited) {
  if (!caller.roles.includes('PLAN_ANALYST')) return undefined;
  const { rows } = audited
    ? await pool.query({
        name: 'audited',
        text: sql(trace),
        values: [caller.organizationId, caller.userId, caller.roles],
      })
    : await pool.query({ name: 'population', text: sql(''), values: [caller.organizationId] });
  const { members, needs } = rows[0].figures;
  const percent = (part) => (part === null || !needs.people ? null : Math.round((1000 * part) / needs.people) / 10);
  return JSON.stringify({
    members: cell(members),
    needsTotal: cell(needs.people),
    needs: needs.categories.map((key, i) => ({
      key,
      membersWithNeed: cell(needs.rowTotals[i]),
      percent: percent(needs.rowTotals[i]),
    })),
  });
}
