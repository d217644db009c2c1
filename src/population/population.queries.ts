import { sql, type Kysely, type SelectQueryBuilder, type SqlBool } from 'kysely';
import type { HubContext } from '../access/context.js';

/** A period of whole months and what to narrow it to. */
export interface Scope {
  planId: string;
  from: string;
  to: string;
  category?: string | null;
  ageBand?: string | null;
  county?: string | null;
  productLine?: string | null;
}

/** The ways to cut a category's count; a member stands in one part of each. */
export const CUTS = ['AGE_BAND', 'COUNTY', 'MONTH'] as const;
export type Cut = (typeof CUTS)[number];
export type Dimension = Cut | 'CATEGORY';

interface Fact {
  plan_org_id: string;
  person_key: string;
  age_band: string;
  county: string;
  product_line: string;
}
interface PopulationTables {
  'hub.population_span': Fact & { covered_from: string; covered_to: string };
  'hub.population_screening': Fact & { completed_on: string };
  'hub.population_need': Fact & { category: string; identified_on: string };
  'hub.population_referral': Fact & { category: string; stands: boolean; sent_on: string };
  'hub.population_refresh': { plan_org_id: string; refreshed_at: string };
}

async function facts(ctx: HubContext): Promise<Kysely<PopulationTables>> {
  return (await ctx.db.em()).getKysely<PopulationTables>();
}

/** The rows of a plan within the scope. The plan stands first: row-level security asks for the same column. */
function within(scope: Scope, day?: string): ReturnType<typeof sql<SqlBool>> {
  const conditions = [
    sql`plan_org_id = ${scope.planId}`,
    ...(day ? [sql`${sql.ref(day)} between ${scope.from}::date and ${scope.to}::date`] : []),
    ...(scope.ageBand ? [sql`age_band = ${scope.ageBand}`] : []),
    ...(scope.county ? [sql`county = ${scope.county}`] : []),
    ...(scope.productLine ? [sql`product_line = ${scope.productLine}`] : []),
  ];
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** Members covered on any day of the period, and those of them with a completed screening in it. */
export async function memberCounts(ctx: HubContext, scope: Scope): Promise<{ members: number; screened: number }> {
  const db = await facts(ctx);
  // Grouped rather than count(distinct): that sorts all rows, this takes them from an index or hashes them.
  const people = <T extends 'hub.population_span' | 'hub.population_screening'>(
    rows: SelectQueryBuilder<PopulationTables, T, object>,
  ) =>
    db
      .selectFrom(
        rows
          .select(sql`1`.as('one'))
          .groupBy(sql`person_key`)
          .as('person'),
      )
      .select(sql<number>`count(*)::int`.as('n'));
  const row = await db
    .selectNoFrom([
      people(
        db
          .selectFrom('hub.population_span')
          .where(within(scope))
          .where(sql<SqlBool>`covered_from <= ${scope.to}::date and covered_to >= ${scope.from}::date`),
      ).as('members'),
      people(db.selectFrom('hub.population_screening').where(within(scope, 'completed_on'))).as('screened'),
    ])
    .executeTakeFirstOrThrow();
  return { members: row.members ?? 0, screened: row.screened ?? 0 };
}

/** Stands for a category where members with any need are counted. */
export const ANY_NEED = '';

export interface NeedCount {
  category: string;
  by: Cut;
  key: string;
  count: number;
}

/**
 * Members with a need, by category (and with any need) in every cut. A member counts once in each category, in the month
 * the need was first identified within the period and with the age and county of that fact: so the parts of a cut add up
 * to the same total in each, which is what suppression needs. All cuts are read whichever is asked for: what may be shown
 * of one depends on what can be seen in the others.
 */
export async function needCounts(ctx: HubContext, scope: Scope): Promise<NeedCount[]> {
  const { rows } = await sql<NeedCount>`
    with needs as (
      select distinct on (person_key, category) person_key, category, identified_on, age_band, county,
        identified_on - (extract(day from identified_on)::int - 1) as month
      from hub.population_need where ${within(scope, 'identified_on')}
      order by person_key, category, identified_on
    ), people as (
      select distinct on (person_key) ${ANY_NEED}::text as category, age_band, county, month
      from needs order by person_key, identified_on
    )
    select category, case when grouping(age_band) = 0 then 'AGE_BAND' when grouping(county) = 0 then 'COUNTY' else 'MONTH' end as by,
      coalesce(age_band, county, to_char(month, 'YYYY-MM')) as key, count(*)::int as count
    from (select category, age_band, county, month from needs union all select * from people) counted
    group by grouping sets ((category, age_band), (category, county), (category, month))
  `.execute(await facts(ctx));
  return rows;
}

export interface FunnelCount {
  /** null: all referrals, each once. Rows come sorted by category. */
  category: string | null;
  sent: number;
  answered: number;
  accepted: number;
  closed: number;
  helped: number;
  asked: number;
  confirmed: number;
}

const STEPS = ['sent', 'answered', 'accepted', 'closed', 'helped', 'asked', 'confirmed'] as const;

/** Referrals sent in the period and what became of them: one row for all, one for each category. */
export async function funnelCounts(ctx: HubContext, scope: Scope): Promise<FunnelCount[]> {
  const db = await facts(ctx);
  const count = (condition: string) => sql<number>`(count(*) filter (where ${sql.raw(condition)}))::int`;
  const rows = await db
    .selectFrom('hub.population_referral')
    .select([
      'category',
      'stands',
      sql<number>`count(*)::int`.as('sent'),
      count('answered').as('answered'),
      count('accepted').as('accepted'),
      count('closed_by_agency').as('closed'),
      count('help_received').as('helped'),
      count('patient_asked').as('asked'),
      count('confirmed_by_patient').as('confirmed'),
    ])
    .where(within(scope, 'sent_on'))
    .groupBy(['category', 'stands'])
    .execute();
  const total = (category: string | null, some: typeof rows): FunnelCount => {
    const sums = STEPS.map((step) => [step, some.reduce((sum, row) => sum + row[step], 0)]);
    return { category, ...(Object.fromEntries(sums) as Omit<FunnelCount, 'category'>) };
  };
  const categories = [...new Set(rows.map((row) => row.category))].toSorted();
  return [
    total(null, rows.filter((row) => row.stands)), // prettier-ignore
    ...categories.map((category) =>
      total(
        category,
        rows.filter((row) => row.category === category),
      ),
    ),
  ];
}

export async function refreshedAt(ctx: HubContext, planId: string): Promise<string | null> {
  const row = await (
    await facts(ctx)
  )
    .selectFrom('hub.population_refresh')
    .select('refreshed_at')
    .where('plan_org_id', '=', planId)
    .executeTakeFirst();
  return row?.refreshed_at ?? null;
}
