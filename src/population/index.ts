import type { Feature } from '../platform/feature.js';
import { PopulationResolver } from './population.resolver.js';
import { populationCrons, populationSubscriptions, rebuildNightly, refreshMember } from './population.tasks.js';

export { rebuildPopulation } from './refresh.js';

/** Figures over the members of a plan. */
export const population: Feature = {
  name: 'population',
  resolvers: [PopulationResolver],
  tasks: [refreshMember, rebuildNightly],
  subscriptions: populationSubscriptions,
  crons: populationCrons,
};
