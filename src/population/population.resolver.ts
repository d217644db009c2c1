import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Can } from '../access/can.js';
import type { HubContext } from '../access/context.js';
import { toDateOrNull } from '../platform/database/rows.js';
import { fail } from '../platform/graphql/errors.js';
import { chain, rateOf, withheldCell } from './cells.js';
import { definitionsIn } from './definitions.js';
import { funnelFigures } from './funnel-figures.js';
import { labelOf, needFigures } from './need-figures.js';
import {
  funnelCounts,
  memberCounts,
  needCounts,
  refreshedAt,
  type Dimension,
  type Scope,
} from './population.queries.js';
import { PopulationInput, PopulationSummary } from './population.types.js';
import { scopeOf } from './scope.js';

async function summaryOf(ctx: HubContext, scope: Scope, by: Dimension): Promise<PopulationSummary> {
  const counts = await memberCounts(ctx, scope);
  const needs = needFigures(await needCounts(ctx, scope), by, scope.category);
  const funnel = funnelFigures(await funnelCounts(ctx, scope), scope.category);
  const [members = withheldCell, screened = withheldCell] = chain([counts.members, counts.screened]);
  return {
    from: scope.from,
    to: scope.to,
    members,
    screened,
    screeningRate: rateOf(screened, members),
    ...needs,
    needs: needs.needs.map((row) => ({ ...row, label: labelOf(by, row.key, ctx.language) })),
    funnel,
    definitions: definitionsIn(ctx.language),
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
