import { identity } from './identity/index.js';
import type { Feature } from './platform/feature.js';

/** Finds out who calls and opens their operation. */
export { openOperation } from './identity/index.js';

/** What the hub is made of, in the order in which one root may use another. */
export const features: Feature[] = [identity];
