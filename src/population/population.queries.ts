import { sql, type Kysely, type SqlBool } from 'kysely';
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

export type Dimension = 'CATEGORY' | 'AGE_BAND' | 'COUNTY' | 'MONTH';

interface Fact {
  plan_org_id: string;
  person_key: string;
  age_band: string;
  county: string;
  product_line: string;
}
interface PopulationTables {
  'hub.population_member': Omit<Fact, never> & { covered_from: string; covered_to: string | null };
  'hub.population_screening': Fact & { completed_on: string };
  'hub.population_need': Fact & { category: string; identified_on: string };
  'hub.population_referral': Fact & {
    referral_id: string;
    category: string;
    sent_on: string;
    answered: boolean;
    accepted: boolean;
    closed_by_agency: boolean;
    help_received: boolean;
    patient_asked: boolean;
    confirmed_by_patient: boolean;
  };
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

const ofCategory = (scope: Scope) => (scope.category ? sql<SqlBool>`category = ${scope.category}` : sql<SqlBool>`true`);

/** Members covered on any day of the period, and those of them with a completed screening in it. */
export async function memberCounts(ctx: HubContext, scope: Scope): Promise<{ members: number; screened: number }> {
  const db = await facts(ctx);
  const row = await db
    .selectNoFrom([
      db
        .selectFrom('hub.population_member')
        .select(sql<number>`count(*)::int`.as('n'))
        .where(within(scope))
        .where(
          sql<SqlBool>`covered_from <= ${scope.to}::date and coalesce(covered_to, 'infinity') >= ${scope.from}::date`,
        )
        .as('members'),
      db
        .selectFrom('hub.population_screening')
        .select(sql<number>`count(distinct person_key)::int`.as('n'))
        .where(within(scope, 'completed_on'))
        .as('screened'),
    ])
    .executeTakeFirstOrThrow();
  return { members: row.members ?? 0, screened: row.screened ?? 0 };
}

const KEYS = {
  AGE_BAND: sql<string>`age_band`,
  COUNTY: sql<string>`county`,
  MONTH: sql<string>`to_char(first_on, 'YYYY-MM')`,
  CATEGORY: sql<string>`''`,
} as const;

export interface NeedCount {
  category: string;
  key: string;
  count: number;
}

/**
 * Members with a need, by category and dimension. A member counts once per category, in the month the need was first
 * identified within the period and with the age and county of that fact: so all cells add up to their totals, which is
 * what suppression needs.
 */
export async function needCounts(ctx: HubContext, scope: Scope, by: Dimension): Promise<NeedCount[]> {
  const db = await facts(ctx);
  const firsts = db
    .selectFrom('hub.population_need')
    .distinctOn(['category', 'person_key'])
    .select(['category', 'person_key', 'age_band', 'county', 'identified_on as first_on'])
    .where(within(scope, 'identified_on'))
    .where(ofCategory(scope))
    .orderBy('category')
    .orderBy('person_key')
    .orderBy('identified_on');
  return db
    .selectFrom(firsts.as('f'))
    .select(['category', KEYS[by].as('key'), sql<number>`count(*)::int`.as('count')])
    .groupBy(['category', KEYS[by]])
    .execute();
}

/** Members with at least one need in the period, in all and by dimension (each once, by their first need). */
export async function membersWithNeed(
  ctx: HubContext,
  scope: Scope,
  by: Dimension,
): Promise<{ key: string; count: number }[]> {
  const db = await facts(ctx);
  const firsts = db
    .selectFrom('hub.population_need')
    .distinctOn('person_key')
    .select(['person_key', 'age_band', 'county', 'identified_on as first_on'])
    .where(within(scope, 'identified_on'))
    .where(ofCategory(scope))
    .orderBy('person_key')
    .orderBy('identified_on');
  return db
    .selectFrom(firsts.as('f'))
    .select([KEYS[by].as('key'), sql<number>`count(*)::int`.as('count')])
    .groupBy(KEYS[by])
    .execute();
}

export interface FunnelCount {
  /** null: all referrals, each once. */
  category: string | null;
  sent: number;
  answered: number;
  accepted: number;
  closed: number;
  helped: number;
  asked: number;
  confirmed: number;
}

/** Referrals sent in the period and what became of them: one row for all, one for each category. */
export async function funnelCounts(ctx: HubContext, scope: Scope): Promise<FunnelCount[]> {
  const db = await facts(ctx);
  const count = (condition: string) =>
    sql<number>`(count(distinct referral_id) filter (where ${sql.raw(condition)}))::int`;
  return db
    .selectFrom('hub.population_referral')
    .select([
      sql<string | null>`category`.as('category'),
      sql<number>`count(distinct referral_id)::int`.as('sent'),
      count('answered').as('answered'),
      count('accepted').as('accepted'),
      count('closed_by_agency').as('closed'),
      count('help_received').as('helped'),
      count('patient_asked').as('asked'),
      count('confirmed_by_patient').as('confirmed'),
    ])
    .where(within(scope, 'sent_on'))
    .where(ofCategory(scope))
    .groupBy(sql`grouping sets ((), (category))`)
    .execute();
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
