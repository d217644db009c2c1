import type { HubContext } from '../access/context.js';
import { toDate } from '../platform/database/rows.js';
import { fail } from '../platform/graphql/errors.js';
import type { PopulationReport } from './population.types.js';
import type { Report } from './report.js';

interface Row {
  id: string;
  from: string;
  to: string;
  publishedAt: string;
}

const COLUMNS = `id, first_day as "from", last_day as "to", published_at as "publishedAt"`;
/** More than a plan will have in fifty years. */
const MOST_REPORTS = 100;

const planOf = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.unauthenticated();
const toReport = (row: Row): PopulationReport => ({ ...row, publishedAt: toDate(row.publishedAt) });

/** What was published for the viewer's plan, the latest first. */
export async function listReports(ctx: HubContext): Promise<PopulationReport[]> {
  const rows = await ctx.db.query<Row>(
    `select ${COLUMNS} from hub.population_report where plan_org_id = $1 order by first_day desc limit ${MOST_REPORTS}`,
    [planOf(ctx)],
  );
  return rows.map(toReport);
}

/** One report, or the latest; null when nothing is published yet. */
export async function reportById(
  ctx: HubContext,
  id: string | null | undefined,
): Promise<(PopulationReport & { figures: Report }) | null> {
  const [row] = await ctx.db.query<Row & { figures: Report }>(
    `select ${COLUMNS}, figures from hub.population_report where plan_org_id = $1 ${id ? 'and id = $2' : ''}
     order by first_day desc limit 1`,
    id ? [planOf(ctx), id] : [planOf(ctx)],
  );
  if (!row) return id ? fail.notFound('PopulationReport') : null;
  const { figures, ...report } = row;
  return { ...toReport(report), figures };
}
