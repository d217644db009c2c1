import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Can } from '../access/can.js';
import type { HubContext } from '../access/context.js';
import { isSdohCategory } from '../access/sensitivity.js';
import { badInput } from '../platform/graphql/errors.js';
import { apartFigures } from './apart.types.js';
import { cellOf, rateOf } from './cells.js';
import { definitionsIn } from './definitions.js';
import { funnelOf } from './funnel-figures.js';
import { labelOf, needFigures } from './need-figures.js';
import { listReports, reportById } from './population.queries.js';
import { PopulationInput, PopulationReport } from './population.types.js';
import { PopulationSummary } from './summary.types.js';

/** The questions of a health plan. It reads what was published, from which small counts were taken out before. */
@Resolver()
export class PopulationResolver {
  @Can('population.read')
  @Query(() => [PopulationReport], {
    description: 'The periods whose figures are published for the viewer’s plan, the latest first.',
  })
  populationReports(@Ctx() ctx: HubContext): Promise<PopulationReport[]> {
    return listReports(ctx);
  }

  @Can('population.read')
  @Query(() => PopulationSummary, {
    nullable: true,
    description:
      'Screening, needs and referrals of the members of the viewer’s plan in a published period; null before the first is published.',
  })
  async populationSummary(
    @Arg('input', () => PopulationInput) { reportId, by, category }: PopulationInput,
    @Ctx() ctx: HubContext,
  ): Promise<PopulationSummary | null> {
    if (category && !isSdohCategory(category)) {
      throw badInput([{ field: 'input.category', message: 'one of the SDOH categories is expected' }]);
    }
    const report = await reportById(ctx, reportId);
    if (!report) return null;
    const { figures, ...period } = report;
    const needs = needFigures(figures.needs, by, category);
    ctx.audit.record({
      action: 'population.read',
      entity: 'population',
      purpose: 'POPULATION',
      detail: { by, from: period.from, to: period.to },
    });
    return {
      report: period,
      members: cellOf(figures.members),
      screened: cellOf(figures.screened),
      screeningRate: rateOf(figures.screened, figures.members),
      ...needs,
      needs: needs.needs.map((row) => ({ ...row, label: labelOf(by, row.key, ctx.language) })),
      funnel: funnelOf(category ? figures.funnels[category] : figures.funnel),
      apart: figures.apart && !category ? apartFigures(figures.apart) : null,
      definitions: definitionsIn(ctx.language),
    };
  }
}
