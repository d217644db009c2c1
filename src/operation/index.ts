import type { Feature } from '../platform/feature.js';
import { HubStateResolver } from './hub-state.resolver.js';
import { OPERATION_SPANISH } from './spanish.js';

/** How the hub itself does, for those who run it. */
export const operation: Feature = {
  name: 'operation',
  spanish: OPERATION_SPANISH,
  resolvers: [HubStateResolver],
};
