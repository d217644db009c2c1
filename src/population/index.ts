import type { Feature } from '../platform/feature.js';
import { countGapsNightly } from './gaps.js';
import { HelpGapsResolver } from './gaps.resolver.js';
import { OwnFunnelResolver } from './own-funnel.js';
import { PopulationResolver } from './population.resolver.js';
import { populationCrons, publishDue } from './population.tasks.js';

export { publishReports } from './publish-reports.js';
export { countGaps } from './gaps.js';

/** Figures over the members of a plan, and over what nobody gave. */
export const population: Feature = {
  name: 'population',
  resolvers: [PopulationResolver, OwnFunnelResolver, HelpGapsResolver],
  tasks: [publishDue, countGapsNightly],
  crons: [...populationCrons, { task: countGapsNightly, match: '50 7 * * *' }],
};
