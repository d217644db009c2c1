import type { EntityManager } from '@mikro-orm/postgresql';
import { APART_COLUMNS, APART_ROWS, apartOf, NOTHING_APART, type ApartCounts, type ApartLine } from './apart.js';
import { FUNNEL_STEPS, type FunnelCount } from './funnel-figures.js';
import { ANY_NEED, type NeedCount } from './suppress-needs.js';

/** What is counted of one plan in one period, before anything is withheld. */
export interface PlanCounts {
  members: number;
  screened: number;
  needs: NeedCount[];
  funnel: FunnelCount[];
  apart: ApartCounts;
}

/** Who pays first where two plans cover somebody on the same day: Medicaid is the payer of last resort. */
const PAYS_FIRST = `array_position(array['COMMERCIAL', 'EXCHANGE', 'MEDICARE', 'MEDICAID'], s.product_line)`;

/**
 * The members of each plan in the period from $1 to $2. Everybody is a member of one plan: of that which covered them last
 * and, of two, pays first. There they have one age band, one county and one product line, those of that last day. So no two
 * plans, and no two parts of a cut, count the same person.
 */
const MEMBERS = `members as materialized (
  select distinct on (m.patient_id) m.plan_org_id, m.person_key, s.age_band, s.county, s.product_line
  from hub.population_span s join hub.population_member m using (plan_org_id, person_key)
  where s.covered_from <= $2 and s.covered_to >= $1
  order by m.patient_id, least(s.covered_to, $2) desc, ${PAYS_FIRST}, s.covered_from desc, m.plan_org_id
)`;

const MEMBER_COUNTS = `with ${MEMBERS}
  select plan_org_id, count(*)::int as members, count(f.person_key)::int as screened
  from members m left join (select distinct plan_org_id, person_key from hub.population_screening
    where completed_on between $1 and $2) f using (plan_org_id, person_key)
  group by plan_org_id`;

/** A member counts once in each category, and once with any need, in the month in which it was first identified. */
const NEED_COUNTS = `with ${MEMBERS}, needs as (
    select m.*, f.category, min(f.identified_on - (extract(day from f.identified_on)::int - 1)) as month
    from members m join hub.population_need f using (plan_org_id, person_key)
    where f.identified_on between $1 and $2
    group by plan_org_id, person_key, m.age_band, m.county, m.product_line, f.category
  ), people as (
    select plan_org_id, person_key, age_band, county, product_line, '${ANY_NEED}' as category, min(month) as month
    from needs group by plan_org_id, person_key, age_band, county, product_line
  )
  select plan_org_id, category,
    case when grouping(age_band) = 0 then 'AGE_BAND' when grouping(county) = 0 then 'COUNTY'
      when grouping(product_line) = 0 then 'PRODUCT_LINE' else 'MONTH' end as by,
    coalesce(age_band, county, product_line, to_char(month, 'YYYY-MM')) as key, count(*)::int as count
  from (select * from needs union all select * from people) counted
  group by grouping sets ((plan_org_id, category, age_band), (plan_org_id, category, county),
    (plan_org_id, category, product_line), (plan_org_id, category, month))`;

const countIf = (column: string): string => `(count(*) filter (where ${column}))::int`;
/** Referrals sent in the period: each in every category it is about, and once in one that stands for it. */
const FUNNEL_COUNTS = `with ${MEMBERS}
  select plan_org_id, category, stands, count(*)::int as sent, ${countIf('answered')} as answered, ${countIf('accepted')} as accepted,
    ${countIf('closed_by_agency')} as closed, ${countIf('help_received')} as helped, ${countIf('patient_asked')} as asked,
    ${countIf('confirmed_by_patient')} as confirmed
  from members join hub.population_referral using (plan_org_id, person_key)
  where sent_on between $1 and $2 group by plan_org_id, category, stands`;

/** What is apart, on days on which the plan covered the person; each once, as the funnel counts. */
const APART_COUNTS = `with ${MEMBERS}
  select p.plan_org_id, ${APART_COLUMNS}
  from members p join hub.population_member m using (plan_org_id, person_key)
  join (${APART_ROWS}) f on f.patient_id = m.patient_id join hub.organization o on o.id = f.org_id
  where (f.at at time zone o.time_zone)::date between $1 and $2 and exists (select from hub.population_span v
    where v.plan_org_id = m.plan_org_id and v.person_key = m.person_key
      and (f.at at time zone o.time_zone)::date between v.covered_from and v.covered_to)
  group by p.plan_org_id, f.kind`;

type OfPlan<Row> = Row & { plan_org_id: string };
export type FunnelLine = FunnelCount & { category: string; stands: boolean };

/** Counts the facts that were collected, for every plan with a member in the period. */
export async function countPeriod(em: EntityManager, from: string, to: string): Promise<Map<string, PlanCounts>> {
  const ask = <Row>(sql: string): Promise<OfPlan<Row>[]> =>
    em.execute<OfPlan<Row>[]>(sql.replaceAll('$1', `'${from}'::date`).replaceAll('$2', `'${to}'::date`));
  const counts = new Map<string, PlanCounts>();
  for (const { plan_org_id: plan, members, screened } of await ask<{ members: number; screened: number }>(
    MEMBER_COUNTS,
  )) {
    counts.set(plan, { members, screened, needs: [], funnel: [], apart: NOTHING_APART });
  }
  for (const { plan_org_id: plan, ...need } of await ask<NeedCount>(NEED_COUNTS)) counts.get(plan)?.needs.push(need);
  const lines = await ask<FunnelLine>(FUNNEL_COUNTS);
  const apart = await ask<ApartLine>(APART_COUNTS);
  for (const [plan, own] of counts) {
    own.funnel = funnelOf(lines.filter((line) => line.plan_org_id === plan));
    own.apart = apartOf(apart.filter((line) => line.plan_org_id === plan));
  }
  return counts;
}

export function funnelOf(lines: readonly FunnelLine[]): FunnelCount[] {
  const total = (category: string | null, some: readonly FunnelLine[]): FunnelCount => {
    const sums = FUNNEL_STEPS.map((step) => [step, some.reduce((sum, line) => sum + line[step], 0)]);
    return { category, ...(Object.fromEntries(sums) as Omit<FunnelCount, 'category'>) };
  };
  const categories = [...new Set(lines.map((line) => line.category))].toSorted();
  return [
    total(
      null,
      lines.filter((line) => line.stands),
    ),
    ...categories.map((category) =>
      total(
        category,
        lines.filter((line) => line.category === category),
      ),
    ),
  ];
}
