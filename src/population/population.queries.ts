import type { Kysely } from 'kysely';
import type { HubContext } from '../access/context.js';
import { toDate } from '../platform/database/rows.js';
import { fail } from '../platform/graphql/errors.js';
import type { PopulationReport } from './population.types.js';
import type { Report } from './report.js';

interface Tables {
  'hub.population_report': {
    id: string;
    plan_org_id: string;
    first_day: string;
    last_day: string;
    published_at: string;
    figures: Report;
  };
}

const COLUMNS = ['id', 'first_day as from', 'last_day as to', 'published_at'] as const;

/** What was published for the viewer's plan, the latest first. */
async function published(ctx: HubContext) {
  const planId = ctx.caller?.organizationId ?? fail.unauthenticated();
  const db: Kysely<Tables> = (await ctx.db.em()).getKysely<Tables>();
  return db.selectFrom('hub.population_report').where('plan_org_id', '=', planId).orderBy('first_day', 'desc');
}

/** More than a plan will have in fifty years. */
const MOST_REPORTS = 100;

export async function listReports(ctx: HubContext): Promise<PopulationReport[]> {
  const rows = await (await published(ctx)).select(COLUMNS).limit(MOST_REPORTS).execute();
  return rows.map(({ published_at: at, ...row }) => ({ ...row, publishedAt: toDate(at) }));
}

/** One report, or the latest; null when nothing is published yet. */
export async function reportById(
  ctx: HubContext,
  id: string | null | undefined,
): Promise<(PopulationReport & { figures: Report }) | null> {
  const query = (await published(ctx)).select([...COLUMNS, 'figures']);
  const row = await (id ? query.where('id', '=', id) : query.limit(1)).executeTakeFirst();
  if (!row) return id ? fail.notFound('PopulationReport') : null;
  const { published_at: at, ...report } = row;
  return { ...report, publishedAt: toDate(at) };
}
