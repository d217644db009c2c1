import type { Feature } from '../platform/feature.js';
import { PopulationResolver } from './population.resolver.js';
import { populationCrons, publishDue } from './population.tasks.js';

export { publishReports } from './publish-reports.js';

/** Figures over the members of a plan. */
export const population: Feature = {
  name: 'population',
  resolvers: [PopulationResolver],
  tasks: [publishDue],
  crons: populationCrons,
};
