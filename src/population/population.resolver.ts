import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Can } from '../access/can.js';
import type { HubContext } from '../access/context.js';
import { toDateOrNull } from '../platform/database/rows.js';
import { fail } from '../platform/graphql/errors.js';
import { DEFINITIONS } from './definitions.js';
import {
  funnelCounts,
  memberCounts,
  membersWithNeed,
  needCounts,
  refreshedAt,
  type Dimension,
  type Scope,
} from './population.queries.js';
import {
  PopulationInput,
  PopulationSummary,
  type CountCell,
  type CrossTable,
  type PopulationRow,
} from './population.types.js';
import { scopeOf } from './scope.js';
import { chain, crossTableOf, funnelOf, labelOf, rateOf, shown } from './summary.js';
import { suppressTable } from './suppress.js';

const HIDDEN: CountCell = { value: null, suppressed: true };
const cell = (value: number | null | undefined): CountCell => (value == null ? HIDDEN : shown(value));

/** Categories overlap, so their rows are those of the cross table; other dimensions divide the members among them. */
function rowsOf(
  by: Dimension,
  table: CrossTable,
  members: readonly { key: string; count: number }[],
  total: CountCell,
): PopulationRow[] {
  const sorted = members.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const divided = suppressTable([sorted.map((row) => row.count)]);
  const rows: { key: string; count: CountCell }[] =
    by === 'CATEGORY'
      ? table.rows.map((key, index) => ({ key, count: table.rowTotals[index] ?? HIDDEN }))
      : sorted.map((row, index) => ({ key: row.key, count: cell(divided.cells[0]?.[index]) }));
  return rows.map(({ key, count }) => ({
    key,
    label: labelOf(by, key),
    membersWithNeed: count,
    share: rateOf(count, total),
  }));
}

async function summaryOf(ctx: HubContext, scope: Scope, by: Dimension): Promise<PopulationSummary> {
  const counts = await memberCounts(ctx, scope);
  const table = crossTableOf(await needCounts(ctx, scope, by));
  const withNeed = await membersWithNeed(ctx, scope, by);
  const inAll = withNeed.reduce((sum, row) => sum + row.count, 0);
  const total = cell(suppressTable([withNeed.map((row) => row.count)]).total ?? (inAll === 0 ? 0 : null));
  const [members = HIDDEN, screened = HIDDEN] = chain([counts.members, counts.screened]);
  return {
    from: scope.from,
    to: scope.to,
    members,
    screened,
    screeningRate: rateOf(screened, members),
    needs: rowsOf(by, table, withNeed, total),
    needsTotal: total,
    crossTable: by === 'CATEGORY' ? null : table,
    funnel: funnelOf(await funnelCounts(ctx, scope)),
    definitions: [...DEFINITIONS],
    updatedAt: toDateOrNull(await refreshedAt(ctx, scope.planId)),
  };
}

/** The questions of a health plan. It reads facts without names and gets counts without small cells. */
@Resolver()
export class PopulationResolver {
  @Can('population.read')
  @Query(() => PopulationSummary, {
    description: 'Screening, needs and referrals of the members of the viewer’s plan in a period.',
  })
  async populationSummary(
    @Arg('input', () => PopulationInput) input: PopulationInput,
    @Ctx() ctx: HubContext,
  ): Promise<PopulationSummary> {
    const planId = ctx.caller?.organizationId ?? fail.unauthenticated();
    const scope = scopeOf(input, planId);
    const summary = await summaryOf(ctx, scope, input.by);
    ctx.audit.record({
      action: 'population.read',
      entity: 'population',
      purpose: 'POPULATION',
      detail: { by: input.by, from: input.from, to: input.to },
    });
    return summary;
  }
}
